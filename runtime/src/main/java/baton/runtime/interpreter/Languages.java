package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Lexicon;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Whether a text is in another language than the lexicon's: by its script, or by the common words
/// that the lexicon lists for each language.
final class Languages {
  /// A word that two languages share says half as much for either.
  private static final int WORD = 60;

  /// Less says nothing.
  private static final int ENOUGH = 60;

  /// Two words: an agent is taken to speak our language, with a word like "per" in it.
  private static final int ENOUGH_OF_AGENTS = 120;

  private static final int[] NONE = {};
  private static final Set<String> UKRAINIAN = Set.of("і", "ї", "є", "ґ");
  private static final String PERSIAN = "پچژگ";

  /// In order.
  private final List<String> names;

  /// Places of the languages that have a word.
  private final Map<String, int[]> languages = new HashMap<>();

  private final int own;

  Languages(Lexicon lexicon) {
    var languages = new HashMap<String, TreeSet<String>>();
    var names = new TreeSet<>(Set.of(lexicon.language()));
    for (var entry : lexicon.entries()) {
      if (!entry.signal().equals(Signal.LANGUAGE)) continue;
      names.add(entry.value());
      for (var phrase : entry.phrases()) {
        for (var word : Utterance.of(phrase).words()) {
          languages.computeIfAbsent(word.text(), _ -> new TreeSet<>()).add(entry.value());
        }
      }
    }
    this.names = List.copyOf(names);
    this.own = this.names.indexOf(lexicon.language());
    languages.forEach((word, all) ->
        this.languages.put(word, all.stream().mapToInt(this.names::indexOf).toArray()));
  }

  /// The language, where it is another one; the evidence is the whole text.
  Optional<Signal> in(Utterance text) {
    return in(text, ENOUGH);
  }

  /// The same of an agent's words.
  Optional<Signal> inAgents(Utterance text) {
    return in(text, ENOUGH_OF_AGENTS);
  }

  private Optional<Signal> in(Utterance text, int enough) {
    if (text.size() == 0) return Optional.empty();
    return byScript(text)
        .or(() -> byWords(text, enough))
        .map(language -> {
          int from = text.words().getFirst().from();
          int to = text.words().getLast().to();
          return new Signal(Signal.LANGUAGE, Value.of(language), 90, from, to);
        });
  }

  /// Whether a word is one of the lexicon's own language.
  boolean own(String word) {
    for (int language : languages.getOrDefault(word, NONE)) if (language == own) return true;
    return false;
  }

  private static Optional<String> byScript(Utterance text) {
    if (latin(text)) return Optional.empty();
    var letters = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
    int all = 0;
    for (var word : text.words()) {
      int c = word.text().codePointAt(0);
      if (!Character.isLetter(c)) continue;
      if (c < 128) {
        all += word.text().length();
        continue;
      }
      int count = word.text().codePointCount(0, word.text().length());
      letters.merge(UnicodeScript.of(c), count, Integer::sum);
      all += count;
    }
    var most = letters.entrySet().stream().max(Map.Entry.comparingByValue());
    if (most.isEmpty() || most.get().getValue() * 2 < all) return Optional.empty();
    boolean kana =
        letters.containsKey(UnicodeScript.HIRAGANA) || letters.containsKey(UnicodeScript.KATAKANA);
    return Optional.ofNullable(
        switch (most.get().getKey()) {
          case CYRILLIC -> ukrainian(text) ? "uk" : "ru";
          case GREEK -> "el";
          case ARABIC -> persian(text) ? "fa" : "ar";
          case HEBREW -> "he";
          case HAN -> kana ? "ja" : "zh";
          case HIRAGANA, KATAKANA -> "ja";
          case HANGUL -> "ko";
          case DEVANAGARI -> "hi";
          case THAI -> "th";
          default -> null;
        });
  }

  /// Most texts, which no script gives away.
  private static boolean latin(Utterance text) {
    for (var word : text.words()) if (word.text().charAt(0) >= 128) return false;
    return true;
  }

  private static boolean ukrainian(Utterance text) {
    return text.words().stream()
        .flatMap(word -> word.text().codePoints().mapToObj(Character::toString))
        .anyMatch(UKRAINIAN::contains);
  }

  private static boolean persian(Utterance text) {
    return text.words().stream()
        .anyMatch(word -> word.text().chars().anyMatch(c -> PERSIAN.indexOf(c) >= 0));
  }

  private Optional<String> byWords(Utterance text, int enough) {
    var scores = new int[names.size()];
    var seen = new HashSet<String>();
    for (var word : text.words()) {
      var named = word.text().length() < 2 ? NONE : languages.getOrDefault(word.text(), NONE);
      if (named.length == 0 || !seen.add(word.text())) continue;
      for (int language : named) scores[language] += WORD / named.length;
    }
    int ours = scores[own];
    scores[own] = 0;
    int most = 0;
    for (int i = 1; i < scores.length; i++) if (scores[i] > scores[most]) most = i;
    boolean other = scores[most] >= ours + WORD / 2 || (ours == 0 && scores[most] > 0);
    return other && scores[most] >= enough ? Optional.of(names.get(most)) : Optional.empty();
  }
}
