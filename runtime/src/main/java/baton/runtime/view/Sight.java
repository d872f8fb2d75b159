package baton.runtime.view;

import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import java.util.Optional;
import java.util.function.Function;

/// What a reader may see, and what it takes to show it.
///
/// @param open the clear text, or empty where its key has been destroyed
/// @param lines the policy's own sentences
public record Sight(Reader reader, Function<Sealed, Optional<String>> open, Lines lines) {
  /// For whom a view is made. A buyer sees neither policy words nor findings nor permits.
  public enum Reader {
    OPERATOR,
    BUYER
  }

  /// Finds a policy's sentence.
  @FunctionalInterface
  public interface Lines {
    Optional<String> text(String policy, String name);
  }

  /// The words as they were said; null where they have been erased.
  String said(String policy, Words words) {
    return switch (words) {
      case Words.Own(var text, _) -> open.apply(text).orElse(null);
      case Words.Line(var name) -> lines.text(policy, name).orElse(null);
    };
  }
}
