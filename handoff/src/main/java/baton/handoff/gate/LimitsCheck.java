package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.policy.Policy.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How often and how long? Limits bind machines; a hand-off is also bound by its edge's ceiling.
final class LimitsCheck {
  private static final String NAME = "limits";

  private LimitsCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var role = inquiry.proposal().role();
    if (role.equals(Role.ENGINE) || role.equals(Role.HUMAN)) return List.of(Finding.permit(NAME));
    var found = new ArrayList<Finding>(2);
    for (var limit : inquiry.policy().limits().getOrDefault(inquiry.kind(), List.of())) {
      long would = wouldBe(inquiry, limit);
      if (would <= limit.atMost()) continue;
      found.add(
          Finding.of(
              NAME,
              limit.then(),
              limit.clause(),
              "limit-reached",
              Map.of("measure", limit.measure(), "limit", Long.toString(limit.atMost()))));
    }
    if (inquiry.proposal().action() instanceof Action.RequestHandOff(var to, _)) {
      bounces(found, inquiry, to);
    }
    if (inquiry.proposal().action() instanceof Action.TransferToHuman) {
      bounces(found, inquiry, Role.HUMAN);
    }
    return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
  }

  /// The count with this action in it, where it is one of those that are counted.
  private static long wouldBe(Inquiry inquiry, Limit limit) {
    String measure = limit.measure();
    var action = inquiry.proposal().action();
    long count = inquiry.state().counted().of(measure);
    if (measure.startsWith("kind:")) {
      return measure.substring("kind:".length()).equals(inquiry.kind()) ? count + 1 : count;
    }
    return switch (measure) {
      case "minutes" ->
          Duration.between(inquiry.state().opening().at(), inquiry.now().at()).toMinutes();
      case "turns", "rounds", "silences", "retries", "tokens" -> count;
      case "speech" -> action instanceof Action.Spoken ? count + 1 : count;
      case "concessions" -> action instanceof Action.Concede ? count + 1 : count;
      case "hand-offs" -> {
        boolean passes =
            action instanceof Action.RequestHandOff || action instanceof Action.TransferToHuman;
        yield passes ? count + 1 : count;
      }
      default -> Long.MAX_VALUE; // a measure this kernel does not know permits nothing
    };
  }

  private static void bounces(List<Finding> found, Inquiry inquiry, Role to) {
    var from = inquiry.proposal().role();
    inquiry
        .policy()
        .transition(from, to)
        .filter(edge ->
            inquiry.state().counted().of("hand-offs." + from + ">" + to) >= edge.bounceMax())
        .ifPresent(edge ->
            found.add(
                Finding.of(
                    NAME,
                    Verdict.DENY,
                    edge.clause(),
                    "bounce-ceiling",
                    Map.of(
                        "from", from.name(),
                        "to", to.name(),
                        "limit", Integer.toString(edge.bounceMax())))));
  }
}
