package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// From the phrases found to what was said: longer phrases win over those within them, a negation
/// takes back what follows it, and a hesitant yes is none.
final class Sayings {
  /// Kept where they stand within a longer phrase; better one too many.
  private static final Set<String> NEVER_SWALLOWED = Set.of(Signal.OPT_OUT, Signal.CLAIM);

  private static final Set<String> BUILDING_BLOCKS = Set.of(Signal.SEATS, Signal.NAME);

  private static final Set<String> COUNTS =
      Set.of(Signal.CHOICE, Signal.ASK_DISCOUNT, Signal.DISCOUNT);

  /// Below this weight, a yes within a question is none: "OK so what will you store?"
  private static final int PLAIN_YES = 90;

  private Sayings() {}

  static List<Signal> of(Utterance text, List<Phrases.Match> found) {
    var matches = found.stream().filter(match -> !swallowed(match, found)).toList();
    var spent = new HashSet<Integer>();
    var standing = new ArrayList<Phrases.Match>();
    var signals = new ArrayList<Signal>();
    for (var match : matches) {
      if (BUILDING_BLOCKS.contains(match.signal())) continue;
      int negator = Negation.before(text, match.first());
      if (negator < 0) {
        standing.add(match);
      } else if (match.signal().equals(Signal.YES)) {
        signals.add(signal(text, match, Signal.NO, negator));
      } else {
        spent.add(negator);
      }
    }
    for (var match : standing) {
      if (match.signal().equals(Signal.NO) && spent.stream().anyMatch(match.covered()::get))
        continue;
      if (match.signal().equals(Signal.YES) && hesitant(text, match, standing)) continue;
      signals.add(signal(text, match, match.signal(), match.first()));
    }
    return signals;
  }

  private static boolean swallowed(Phrases.Match match, List<Phrases.Match> all) {
    return !NEVER_SWALLOWED.contains(match.signal()) && all.stream().anyMatch(match::within);
  }

  private static boolean hesitant(Utterance text, Phrases.Match yes, List<Phrases.Match> standing) {
    boolean vague =
        standing.stream()
            .filter(match -> match.signal().equals(Signal.VAGUE))
            .anyMatch(match -> text.sameSentence(match.first(), yes.first()));
    if (!text.inQuestion(yes.first())) return vague;
    return vague || yes.confidence() < PLAIN_YES || !alone(text, yes, standing);
  }

  /// "Yes, what does it cost?" says yes, "can you book it for Tuesday?" does not.
  private static boolean alone(Utterance text, Phrases.Match yes, List<Phrases.Match> standing) {
    for (int i = 0; i < text.size(); i++) {
      int place = i;
      boolean answer =
          standing.stream()
              .filter(match -> match.signal().equals(Signal.YES))
              .anyMatch(match -> match.covered().get(place));
      if (text.sameClause(i, yes.first()) && !answer) return false;
    }
    return true;
  }

  private static Signal signal(Utterance text, Phrases.Match match, String name, int first) {
    int from = text.words().get(first).from();
    int to = text.words().get(match.last()).to();
    return new Signal(name, value(match, name), match.confidence(), from, to);
  }

  private static Value value(Phrases.Match match, String name) {
    var value = match.pattern().value();
    if (COUNTS.contains(name)) return Value.of(value.isEmpty() ? 0 : Long.parseLong(value));
    return Value.of(value.isEmpty() ? String.join(" ", match.pattern().words()) : value);
  }
}
