package baton.runtime.outside;

import baton.handoff.Outcome;
import baton.handoff.policy.OutsideTool;
import baton.handoff.port.Tool;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A server that has tools. Thread-safe; may block, but not longer than its settings say.
interface Server extends AutoCloseable {
  /// One call of one tool.
  ///
  /// @param arguments as they go out, in the clear
  /// @param answers reads what comes back
  record Asked(OutsideTool tool, Tool.Effect effect, ObjectNode arguments, Answers answers) {}

  Outcome call(Asked asked);

  Outcome lookUp(Asked asked);

  /// What keeps it from carrying a tool out as it is declared, in one line; empty where it can.
  Optional<String> lacks(OutsideTool tool);

  @Override
  void close();

  static String unreachable(String name) {
    return "the server cannot be reached: see that it runs, and check servers." + name;
  }
}
