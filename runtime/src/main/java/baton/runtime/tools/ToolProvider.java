package baton.runtime.tools;

import baton.handoff.port.Tool;
import com.typesafe.config.Config;

/// Another implementation of a tool, found through [java.util.ServiceLoader] on the class path.
/// What the tool may do stays the policy's to say: it is called only under a claim.
public interface ToolProvider {
  /// What `tools.use` in `baton.conf` calls it: lower-case letters, digits and `-`.
  String name();

  /// Called once, when the engine starts. The tool lives as long as the engine.
  ///
  /// @param settings the block `tools.settings.NAME`, empty where there is none
  /// @throws IllegalArgumentException where it cannot be used, in one line that an operator is
  ///   shown
  Tool open(Config settings);
}
