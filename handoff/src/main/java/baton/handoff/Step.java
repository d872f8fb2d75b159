package baton.handoff;

import baton.handoff.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/// The shell's contract with the kernel, without any actor: decide, journal the entry, fold, then
/// carry out what is newly owed. Whoever runs conversations runs this, in this order:
///
/// 1. [#take] a command;
/// 2. make the entry durable;
/// 3. where authority moved, write the authority row before anybody is told;
/// 4. make the calls.
public sealed interface Step {
  /// @param movesAuthority whether an event in it is on the closed list of [Event.MovesAuthority]
  /// @param calls what is owed now and was not before
  record Taken(Entry entry, State next, boolean movesAuthority, List<Call> calls) implements Step {}

  record Unchanged() implements Step {}

  record Rejected(Decision.Refusal refusal, String detail) implements Step {}

  static Step take(State state, Command command, Circumstances now, Policy policy) {
    var draft = new Draft(state, now, policy);
    return switch (Conversation.decide(state, command, draft)) {
      case Decision.Rejected(var refusal, var detail) -> new Rejected(refusal, detail);
      case Decision.Nothing _ -> new Unchanged();
      case Decision.Accepted(var events) -> {
        var entry = new Entry(state.seq() + 1, command, now, events);
        var next = draft.state(); // folded as the events were added
        yield new Taken(entry, next, movesAuthority(events), newlyOwed(state, next));
      }
    };
  }

  /// After a restart everything unfinished is owed; a permit that may have been claimed is
  /// concluded before it may be claimed again.
  static List<Call> owedAfterRestart(State state) {
    return Conversation.outbox(state).stream()
        .map(call ->
            call instanceof Call.Perform(var permit, var action)
                ? new Call.Conclude(permit, action)
                : call)
        .toList();
  }

  private static boolean movesAuthority(List<Event> events) {
    for (var event : events) if (event instanceof Event.MovesAuthority) return true;
    return false;
  }

  private static List<Call> newlyOwed(State before, State next) {
    // A handful each: to compare them is cheaper than to hash them.
    var owed = Conversation.outbox(before);
    var calls = new ArrayList<>(Conversation.outbox(next));
    calls.removeIf(owed::contains);
    return calls;
  }
}
