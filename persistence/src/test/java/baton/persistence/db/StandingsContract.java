package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Circumstances.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every implementation of [baton.handoff.port.Standings] owes.
abstract class StandingsContract {
  private final Ports ports;
  private final Setting s;

  StandingsContract(Ports ports) {
    this.ports = ports;
    this.s = Setting.in(ports);
  }

  private Standing standing(String subject) {
    ports.refresh().run();
    return ports.standings().of(s.tenant(), subject);
  }

  @Test
  void givenABuyerOfWhomNothingIsKnownThenTheStandingIsClear() {
    assertEquals(Standing.CLEAR, standing("nobody"));
  }

  @Test
  void givenAttemptsAndAnOptOutThenBothAreKept() {
    s.at("a", 1);
    var attempts =
        List.of(
            s.draft("a", 1, 1).countedAsAttempt().request(),
            s.draft("a", 2, 1).countedAsAttempt().request());
    ports.claims().claim(attempts);
    assertEquals(new Standing(false, 2), standing("buyer-a"));
    s.advance("a", 2, true);
    assertEquals(new Standing(true, 2), standing("buyer-a"));
    var last = s.draft("a", 3, 2).countedAsAttempt().allowedDespiteOptOut();
    ports.claims().claim(List.of(last.request()));
    s.advance("a", 3, false);
    assertEquals(new Standing(true, 3), standing("buyer-a"));
  }

  @Test
  void givenAnOptOutThenItIsOfThatTenantAndBuyerAlone() {
    var other = Setting.in(ports);
    other.at("a", 1);
    s.at("b", 1);
    s.advance("a", 1, true);
    assertEquals(Standing.CLEAR, standing("buyer-b"));
    assertEquals(Standing.CLEAR, ports.standings().of(other.tenant(), "buyer-a"));
  }
}
