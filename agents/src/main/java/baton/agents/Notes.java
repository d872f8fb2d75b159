package baton.agents;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a playbook agent remembers of a conversation. Never more than names of rules and values
/// that are facts already; a secret is remembered as one.
///
/// @param taken rules taken since something new came from outside
/// @param said rules ever taken
/// @param question the topic of the question that was put last, or empty
/// @param times how often in a row it was put, with nothing else said
/// @param asked facts that were ever asked for
/// @param values by `confirm.GOAL` and `made.GOAL`: what the needs were when it was repeated back,
///   and when it was done; by `before.GOAL`: which answer was known when it was repeated back;
///   `looked`: from when free times were looked for last; `day`: the time that was named last with
///   its day; `again`: the question that was put in its other words last
record Notes(
    Set<String> taken,
    Set<String> said,
    String question,
    int times,
    Set<String> asked,
    SortedMap<String, String> values) {
  private static final String TAKEN = "taken";
  private static final String SAID = "said";
  private static final String QUESTION = "question";
  private static final String TIMES = "times";
  private static final String ASKED = "asked";

  Notes {
    taken = Collections.unmodifiableSet(new TreeSet<>(taken));
    said = Collections.unmodifiableSet(new TreeSet<>(said));
    asked = Collections.unmodifiableSet(new TreeSet<>(asked));
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  static Notes of(Map<String, String> stored) {
    var values = new TreeMap<>(stored);
    for (var own : Set.of(TAKEN, SAID, QUESTION, TIMES, ASKED)) values.remove(own);
    return new Notes(
        words(stored, TAKEN),
        words(stored, SAID),
        stored.getOrDefault(QUESTION, ""),
        Integer.parseInt(stored.getOrDefault(TIMES, "0")),
        words(stored, ASKED),
        values);
  }

  SortedMap<String, String> stored() {
    var stored = new TreeMap<>(values);
    stored.put(TAKEN, String.join(" ", taken));
    stored.put(SAID, String.join(" ", said));
    stored.put(QUESTION, question);
    stored.put(TIMES, Integer.toString(times));
    stored.put(ASKED, String.join(" ", asked));
    return stored;
  }

  /// For what comes next from outside.
  Notes anew() {
    return new Notes(Set.of(), said, question, times, asked, values);
  }

  Notes take(String rule) {
    return new Notes(with(taken, rule), with(said, rule), question, times, asked, values);
  }

  /// @param alone nothing else is said with it; what is said beside it was understood
  Notes ask(String fact, String topic, boolean alone) {
    int now = alone && topic.equals(question) ? times + 1 : 1;
    return new Notes(taken, said, topic, now, with(asked, fact), values);
  }

  Notes keep(String name, String value) {
    var next = new TreeMap<>(values);
    next.put(name, value);
    return new Notes(taken, said, question, times, asked, next);
  }

  /// The time that was named last together with its day.
  Optional<Instant> day() {
    return Optional.ofNullable(values.get("day")).map(Instant::parse);
  }

  /// From when free times were looked for last.
  Optional<Instant> looked() {
    return Optional.ofNullable(values.get("looked")).map(Instant::parse);
  }

  private static Set<String> with(Set<String> names, String name) {
    var next = new TreeSet<>(names);
    next.add(name);
    return next;
  }

  private static Set<String> words(Map<String, String> stored, String name) {
    var text = stored.getOrDefault(name, "");
    return text.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(text.split(" ")));
  }
}
