package baton.handoff;

import baton.handoff.fact.Value;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came of an effect.
public sealed interface Outcome {
  /// It took place.
  ///
  /// @param facts what the tool observed; these become shared facts
  record Confirmed(SortedMap<String, Value> facts) implements Outcome {
    public Confirmed {
      facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
  }

  /// It did not take place, and will not.
  ///
  /// @param reason a short code such as `slot-taken`, never personal text
  record Failed(String reason) implements Outcome {
    /// The tool is certain that it was never called: the proposal is decided again.
    public static final String NEVER_DONE = "never-done";

    /// By the word of a person who has found out.
    public static final Failed NOT_DONE = new Failed("not-done");
  }

  /// Nobody knows whether it took place. It is looked up, never tried again in silence.
  record Unknown(String reason) implements Outcome {}

  static Outcome confirmed() {
    return new Confirmed(new TreeMap<>());
  }

  static Outcome confirmed(Map<String, Value> facts) {
    return new Confirmed(new TreeMap<>(facts));
  }
}
