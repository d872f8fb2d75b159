package baton.runtime.view;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.action.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Joins what was proposed with what was settled, so that words show once they were really voiced.
final class Spoken {
  /// @param by the role that spoke
  /// @param text null where it has been erased
  /// @param asks topic of the question that it puts, or empty
  record Said(String by, String kind, String text, String asks) {}

  private final Sight sight;
  private final Map<Long, Event.Proposed> proposals = new HashMap<>();
  private final Map<String, String> policies = new HashMap<>();

  Spoken(Sight sight) {
    this.sight = sight;
  }

  /// What the event voiced, if it voiced something. Events must come in order.
  Optional<Said> next(Happened happened) {
    return switch (happened.event()) {
      case Event.Proposed proposed -> {
        proposals.put(happened.seq(), proposed);
        yield Optional.empty();
      }
      case Event.Decided decided -> {
        decided.permit().ifPresent(permit -> policies.put(permit.id(), permit.policy()));
        yield Optional.empty();
      }
      case Event.Settled settled -> said(happened, settled);
      case Event _ -> Optional.empty();
    };
  }

  private Optional<Said> said(Happened happened, Event.Settled settled) {
    var proposed = proposals.get(settled.proposal());
    boolean voiced =
        proposed != null
            && proposed.action() instanceof Action.Spoken
            && settled.outcome() instanceof Outcome.Confirmed;
    if (!voiced) return Optional.empty();
    String policy = policies.getOrDefault(settled.permit(), happened.entry().now().policy());
    var spoken = (Action.Spoken) proposed.action();
    return Optional.of(
        new Said(
            proposed.role().name(),
            spoken.kind(),
            sight.said(policy, spoken.words()),
            spoken.asks()));
  }
}
