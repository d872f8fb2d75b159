package baton.simulation.check;

import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.port.Claims;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A short history made by hand, one second after the other.
final class Played {
  static final ConversationId C1 = new ConversationId("default", "c1");

  private final List<Occurrence> occurrences = new ArrayList<>();

  Played asks(long number, Operation operation) {
    occurrences.add(new Occurrence.Invoked(now(), number, operation));
    return this;
  }

  Played answers(long number, Result result, long claims) {
    occurrences.add(new Occurrence.Returned(now(), number, result, claims));
    return this;
  }

  /// By booking in C1, under epoch 1 and policy `p1`.
  Played claims(long n) {
    return claims(n, "p1");
  }

  Played claims(long n, String policy) {
    occurrences.add(claim(n, C1, Role.BOOKING, 1, policy));
    return this;
  }

  private Instant now() {
    return Instant.parse("2026-11-20T18:00:00Z").plusSeconds(occurrences.size());
  }

  static Occurrence claim(
      long n, ConversationId conversation, Role role, long epoch, String policy) {
    var claim =
        new Claims.Claim(
            n,
            conversation.numbered(n),
            conversation,
            "inbound-trial",
            role,
            epoch,
            "speak",
            "key-" + n,
            "digest",
            Claims.ClaimState.CLAIMED,
            Instant.parse("2026-11-20T18:00:00Z"),
            Optional.empty(),
            "{}",
            Optional.empty());
    return new Occurrence.Claimed(claim, policy, 1);
  }

  void passes(Checker checker) {
    run(checker, occurrences);
  }

  String fails(Checker checker) {
    return violation(checker, occurrences);
  }

  static void run(Checker checker, List<Occurrence> history) {
    history.forEach(checker::see);
    checker.end();
  }

  static String violation(Checker checker, List<Occurrence> history) {
    return assertThrows(Violation.class, () -> run(checker, history)).getMessage();
  }
}
