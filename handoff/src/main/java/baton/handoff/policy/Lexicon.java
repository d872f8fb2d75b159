package baton.handoff.policy;

import java.util.List;

/// What the interpreter looks for, as data. Part of the policy's hash.
///
/// @param version the lexicon's name and number, recorded in every decision
/// @param language ISO 639 code of the language it reads
public record Lexicon(String version, String language, List<Entry> entries) {
  public Lexicon {
    entries = List.copyOf(entries);
  }

  /// Phrases that give a signal.
  ///
  /// @param signal the signal's name, see [baton.handoff.fact.Signal]
  /// @param value the signal's value, or the empty string for the phrase that matched
  /// @param weight confidence in percent
  /// @param phrases words as they are typed, lower case; `*` stands for up to three words
  public record Entry(String signal, String value, int weight, List<String> phrases) {
    public Entry {
      phrases = List.copyOf(phrases);
    }
  }
}
