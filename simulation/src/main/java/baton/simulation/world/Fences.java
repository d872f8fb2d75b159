package baton.simulation.world;

import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.policy.Policy;
import baton.handoff.port.Claims;
import baton.handoff.port.Tool;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryStore;
import java.util.function.Consumer;

/// What keeps authority where it belongs, as the engine has it. A test takes one away at a time, to
/// show that somebody notices.
interface Fences {
  Fences ALL = new Fences() {};

  default Step take(State state, Command command, Circumstances now, Policy policy) {
    return Step.take(state, command, now, policy);
  }

  /// What a claim is checked against.
  default MemoryClaims claims(MemoryStore store) {
    return new MemoryClaims(store);
  }

  /// One transaction, or more.
  ///
  /// @param later does something a moment later
  default void claim(
      Disk disk, Claims.Request request, Consumer<Runnable> later, Consumer<Claims.Answer> answer) {
    answer.accept(disk.claim(request));
  }

  /// The authority row is written before anybody is told.
  ///
  /// @param write writes it, and then does what it is given
  default void advance(Consumer<Runnable> write, Runnable then) {
    write.accept(then);
  }

  default Tool tools(Tool tools) {
    return tools;
  }
}
