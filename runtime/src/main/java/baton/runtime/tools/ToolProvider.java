package baton.runtime.tools;

import baton.handoff.port.Tool;
import com.typesafe.config.Config;

/// Another implementation of a tool, found on the class path by `java.util.ServiceLoader`.
public interface ToolProvider {
  /// What `baton.conf` calls it by: small letters, digits and hyphens.
  String name();

  /// Called once when the engine starts. A tool that is `AutoCloseable` is closed when it stops.
  ///
  /// @param settings what stands under `tools.settings.NAME`; empty where nothing does
  /// @throws IllegalArgumentException where the settings are of no use, in one line that says what
  ///   to do and holds no secret
  Tool open(Config settings);
}
