package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.persistence.db.PgNodes.Found;
import baton.persistence.db.PgNodes.Member;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who may come in, by what is there.
class AdmissionTest {
  private static final Found NOBODY = new Found.Nobody();
  private static final Found ONE = others("10.0.0.1:7355");
  private static final Map<String, Set<String>> DNS =
      Map.of(
          "10.0.0.1", Set.of("10.0.0.1"),
          "10.0.0.2", Set.of("10.0.0.2"),
          "baton-1", Set.of("10.0.0.1"),
          "baton-2", Set.of("10.0.0.2"),
          "baton-nodes", Set.of("10.0.0.1", "10.0.0.2"));

  @Test
  void whoeverJoinsNobody_isTheFirst_orIsToldWhomToJoin() {
    assertEquals(Optional.empty(), refusal(NOBODY));
    assertEquals(
        Optional.of(
            "another engine runs on this database: join it with --join 10.0.0.1:7355, or stop it"
                + " first"),
        refusal(ONE));
  }

  @Test
  void whoeverJoins_findsOneOfThoseItWasToldOf_byAddressOrByName() {
    assertEquals(Optional.empty(), refusal(ONE, "10.0.0.1:7355"));
    assertEquals(Optional.empty(), refusal(ONE, "10.9.9.9:7355", "baton-1:7355"));
    assertEquals(Optional.empty(), refusal(others("baton-1:7355"), "baton-nodes:7355"));
    assertEquals(
        Optional.of(
            "no node of this database is at 10.0.0.1:7356: join one that is there (10.0.0.1:7355),"
                + " or name the database of the others"),
        refusal(ONE, "10.0.0.1:7356"));
    assertEquals(
        Optional.of(
            "no node runs on this database: start one that joins nobody first, or name the database"
                + " of the nodes at 10.0.0.1:7355"),
        refusal(NOBODY, "10.0.0.1:7355"));
  }

  @Test
  void whoeverIsOneOfThoseItWasToldOf_mayBeTheFirst() {
    assertEquals(Optional.empty(), refusal(NOBODY, "baton-1:7355", "baton-2:7355"));
    assertEquals(Optional.empty(), refusal(NOBODY, "baton-nodes:7355"));
  }

  @Test
  void whoeverHasOtherKeys_isToldSo() {
    var found = new Found.Others(List.of(member("10.0.0.1:7355", "others'")));
    assertEquals(
        Optional.of(
            "these keys are not those of the nodes at 10.0.0.1:7355: name the folder that has theirs"
                + " with --keys"),
        refusal(found, "10.0.0.1:7355"));
  }

  @Test
  void whoeverHasTheAddressOfOneThatLives_isToldSo() {
    assertEquals(
        Optional.of(
            "the node that was at 10.0.0.2:7355 has not ended: end it, or set another cluster.port"),
        refusal(others("10.0.0.1:7355", "10.0.0.2:7355"), "10.0.0.1:7355"));
  }

  @Test
  void whoeverWasLeftOut_comesBackToWhoeverIsThere() {
    assertEquals(Optional.empty(), admission(true).refusal(NOBODY));
    assertEquals(Optional.empty(), admission(true).refusal(ONE));
    assertEquals(Optional.empty(), admission(true, "10.0.0.9:7355").refusal(ONE));
  }

  private static Optional<String> refusal(Found found, String... join) {
    return admission(false, join).refusal(found);
  }

  private static Admission admission(boolean returning, String... join) {
    return new Admission(
        "10.0.0.2:7355",
        "ours",
        List.of(join),
        returning,
        host -> DNS.getOrDefault(host, Set.of()));
  }

  private static Found others(String... addresses) {
    return new Found.Others(
        List.of(addresses).stream().map(address -> member(address, "ours")).toList());
  }

  private static Member member(String address, String secrets) {
    return new Member(address, "http://x", "1", 1, secrets, Instant.EPOCH);
  }
}
