package baton.agents.model;

import java.time.Duration;
import java.util.Optional;

/// Looks at what a model wants to say before it is proposed. It can only hold it back: what it lets
/// through is decided like all words. Thread-safe; may block.
@FunctionalInterface
public interface Guard {
  /// @param objection a short word for the record, such as `judge`; empty where there is none
  /// @param tokensIn that were read for it
  /// @param tokensOut that were written
  record Opinion(Optional<String> objection, long tokensIn, long tokensOut) {
    static Opinion none() {
      return new Opinion(Optional.empty(), 0, 0);
    }

    public static Opinion of(Optional<String> objection) {
      return new Opinion(objection, 0, 0);
    }
  }

  /// @param within how long it may take
  Opinion of(String text, Duration within);
}
