package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether the buyer takes something back: "no, Thursday", "15 not 50", "I meant the team plan". Of
/// two values of which one is denied, the other stays.
final class Corrections {
  /// Counts only where a value is named in the same sentence or right behind it.
  private static final String IF_NAMED = "if-named";

  private static final Set<String> VALUES =
      Set.of(
          Signal.TIME,
          Signal.DAY_PART,
          Signal.SEATS,
          Signal.NUMBER,
          Signal.PRODUCT,
          Signal.EMAIL,
          Signal.PHONE,
          Signal.NAME,
          Signal.BUDGET,
          Signal.TIME_ZONE);

  /// So many words may lie between "no" and the value that is meant instead.
  private static final int NO_BEFORE_MAX = 5;

  /// "No later than" and "no need" deny nothing that was said before.
  private static final Set<String> AFTER_NO = Set.of("later", "earlier", "more", "less", "need");

  private static final Set<String> LINKS = Set.of("but", "and", "if");
  private static final Set<String> NOES = Set.of("no", "nope", "nah", "nono");

  private final Utterance text;
  private final List<Signal> signals;

  private Corrections(Utterance text, List<Signal> signals) {
    this.text = text;
    this.signals = signals;
  }

  /// The signals without what was taken back, and with a correction where there is one.
  ///
  /// @param denied names of signals of which something was ruled out
  static List<Signal> applied(
      Utterance text, List<Phrases.Match> matches, List<Signal> signals, Set<String> denied) {
    return new Corrections(text, signals).apply(matches, denied);
  }

  private List<Signal> apply(List<Phrases.Match> matches, Set<String> denied) {
    var ruledOut = new HashSet<>(denied);
    var kept = new ArrayList<Signal>();
    for (var signal : signals) {
      if (retracted(signal)) ruledOut.add(signal.name());
      else kept.add(signal);
    }
    var values = new ArrayList<Signal>();
    for (var signal : kept) if (VALUES.contains(signal.name())) values.add(signal);
    var corrections = new ArrayList<Signal>();
    for (var match : matches) {
      if (!match.signal().equals(Signal.CORRECTION)) continue;
      boolean ifNamed = match.pattern().value().equals(IF_NAMED);
      if (match.pattern().value().equals("never")) continue;
      if (!ifNamed || values.stream().anyMatch(value -> near(match, value))) {
        corrections.add(signal(match.confidence(), match.first(), match.last()));
      }
    }
    for (var value : values) {
      boolean instead = ruledOut.contains(value.name());
      int place = text.placeOf(value.from());
      int no = instead ? place : noBefore(place);
      if (no >= 0) corrections.add(signal(80, no, Math.max(no, place)));
    }
    corrections.stream().findFirst().ifPresent(kept::add);
    return kept;
  }

  private boolean near(Phrases.Match match, Signal value) {
    int place = text.placeOf(value.from());
    if (place >= text.size()) return false;
    return text.sameSentence(match.first(), place) || Math.abs(place - match.last()) <= 2;
  }

  /// A value behind "not" or "instead of", where the message has another of its kind.
  private boolean retracted(Signal signal) {
    if (!VALUES.contains(signal.name())) return false;
    int place = text.placeOf(signal.from());
    var before = text.at(place - 1);
    boolean article = before.equals("the") || before.equals("a");
    int negator = article ? place - 2 : place - 1;
    boolean not =
        text.at(negator).equals("not")
            || (text.at(negator).equals("of") && text.at(negator - 1).equals("instead"))
            || (text.at(negator).equals("than") && text.at(negator - 1).equals("rather"));
    return not
        && signals.stream()
            .anyMatch(other ->
                other.name().equals(signal.name()) && !other.value().equals(signal.value()));
  }

  private int noBefore(int place) {
    for (int i = place - 1; i >= Math.max(0, place - NO_BEFORE_MAX); i--) {
      if (NOES.contains(text.at(i)) && !AFTER_NO.contains(text.at(i + 1))) {
        return i;
      }
      if (LINKS.contains(text.at(i))) return -1;
    }
    return -1;
  }

  private Signal signal(int confidence, int first, int last) {
    int to = text.words().get(Math.min(last, text.size() - 1)).to();
    int from = text.words().get(Math.min(first, text.size() - 1)).from();
    return new Signal(Signal.CORRECTION, Value.of("correction"), confidence, from, to);
  }
}
