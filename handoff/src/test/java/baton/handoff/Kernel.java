package baton.handoff;

import baton.handoff.policy.Policy;
import java.time.Instant;

/// The kernel under proof. Those that were broken on purpose stand in [Broken].
class Kernel {
  Decision decide(State state, Command command, Circumstances now, Policy policy) {
    return Conversation.decide(state, command, now, policy);
  }

  State evolve(State state, Event event, Instant at) {
    return Conversation.evolve(state, event, at);
  }

  final State evolve(State state, Entry entry) {
    for (var event : entry.events()) state = evolve(state, event, entry.now().at());
    return state;
  }
}
