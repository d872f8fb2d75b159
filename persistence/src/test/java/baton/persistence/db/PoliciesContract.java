package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Overtaken;
import baton.handoff.port.Policies.Active;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What every implementation of [baton.handoff.port.Policies] owes.
abstract class PoliciesContract {
  private final Ports ports;
  private final Setting s;

  PoliciesContract(Ports ports) {
    this.ports = ports;
    this.s = Setting.in(ports);
  }

  private static Optional<String> hash(Optional<PolicyDocument> document) {
    return document.map(d -> d.policy().hash());
  }

  @Test
  void givenAnActivationThenTheDocumentIsItsCampaignsPolicy() {
    var active = ports.policies().activate(s.tenant(), Documents.of("d", "p7"), "olga");
    assertEquals(
        new Active("d", "p7", "Title of d", active.since(), "olga", active.version()), active);
    assertEquals(Optional.of("p7"), hash(ports.policies().active(s.tenant(), "d")));
    assertEquals(Optional.of("p1"), hash(ports.policies().active(s.tenant(), "c")));
    assertEquals(
        List.of("c", "d"),
        ports.policies().active(s.tenant()).stream().map(Active::campaign).toList());
  }

  @Test
  void givenASecondActivationThenBothDocumentsStayAndTheSecondHolds() {
    s.activate("c", "p2");
    assertEquals(Optional.of("p2"), hash(ports.policies().active(s.tenant(), "c")));
    assertEquals(Optional.of("p1"), hash(ports.policies().byHash(s.tenant(), "p1")));
    s.activate("c", "p1");
    assertEquals(Optional.of("p1"), hash(ports.policies().active(s.tenant(), "c")));
    assertEquals(1, ports.policies().active(s.tenant()).size());
  }

  @Test
  void givenAnotherActivationSinceItWasLookedAtThenThatOneHolds() {
    var policies = ports.policies();
    var first = policies.activate(s.tenant(), Documents.of("e", "p1"), "olga", OptionalLong.of(0));
    long seen = first.version();
    s.activate("e", "p2");
    s.activate("e", "p1");
    for (long other : new long[] {0, seen}) {
      assertThrows(
          Overtaken.class,
          () ->
              policies.activate(
                  s.tenant(), Documents.of("e", "p2"), "olga", OptionalLong.of(other)));
    }
    assertEquals(Optional.of("p1"), hash(policies.active(s.tenant(), "e")));
    long now =
        policies.active(s.tenant()).stream()
            .filter(active -> active.campaign().equals("e"))
            .findFirst()
            .orElseThrow()
            .version();
    policies.activate(s.tenant(), Documents.of("e", "p2"), "olga", OptionalLong.of(now));
    assertEquals(Optional.of("p2"), hash(policies.active(s.tenant(), "e")));
  }

  @Test
  void givenAnotherTenantThenItSeesNothingOfIt() {
    var other = Setting.in(ports);
    s.activate("c", "p2");
    assertEquals(Optional.of("p1"), hash(ports.policies().active(other.tenant(), "c")));
    assertEquals(Optional.empty(), ports.policies().byHash(other.tenant(), "p2"));
    assertFalse(ports.policies().active(s.tenant(), "none").isPresent());
  }
}
