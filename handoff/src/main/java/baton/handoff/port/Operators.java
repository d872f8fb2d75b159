package baton.handoff.port;

import java.time.Instant;

/// Which operators may be offered live transfers. Thread-safe; may block.
public interface Operators {
  void available(String tenant, String operator, boolean available, Instant at);

  /// How many may be offered one now.
  int count(String tenant);
}
