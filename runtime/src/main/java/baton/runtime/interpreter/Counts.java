package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the numbers in a text count: seats, percent off, money, or nothing yet.
final class Counts {
  private static final int BETWEEN_MAX = 2;
  private static final int CHOICES_MAX = 3;

  private static final Set<String> AROUND_A_NUMBER =
      Set.of(
          "about",
          "for",
          "around",
          "roughly",
          "approximately",
          "just",
          "only",
          "please",
          "probably",
          "i",
          "think",
          "we",
          "need",
          "want",
          "have",
          "ill",
          "take",
          "would",
          "be",
          "its",
          "are",
          "there",
          "like",
          "say",
          "thanks",
          "hi",
          "hello",
          "so",
          "id",
          "us",
          "all",
          "in",
          "total",
          "the",
          "#");

  /// A number before one of these counts no seats.
  private static final Set<String> MEASURES =
      Set.of(
          "%",
          "percent",
          "per",
          "am",
          "pm",
          "oclock",
          "minutes",
          "mins",
          "hours",
          "days",
          "weeks",
          "months",
          "years",
          "year",
          "options",
          "things",
          "questions",
          "times",
          "reasons");

  private static final Set<String> DISCOUNT_AFTER =
      Set.of("off", "discount", "less", "cheaper", "reduction", "lower", "rebate");

  private static final Set<String> DISCOUNT_BEFORE =
      Set.of("do", "give", "get", "take", "discount", "knock", "make", "need", "want", "of");

  private Counts() {}

  /// "12 seats", "twelve of us", "a team of twelve".
  static List<Signal> seats(Utterance text, List<Phrases.Match> matches) {
    var signals = new ArrayList<Signal>();
    for (var unit : matches) {
      if (!unit.signal().equals(Signal.SEATS)) continue;
      boolean before = unit.pattern().value().equals("before");
      var figure = before ? Figures.at(text, unit.last() + 1) : figureBefore(text, unit.first());
      figure
          .filter(Figures.Figure::whole)
          .filter(found -> !before || !MEASURES.contains(text.at(found.last() + 1)))
          .filter(found -> found.number().signum() > 0)
          .filter(found -> text.sameClause(found.last(), unit.first()))
          .ifPresent(found -> {
            int first = Math.min(found.first(), unit.first());
            int last = Math.max(found.last(), unit.last());
            var value = Value.of(found.number().longValueExact());
            signals.add(signal(text, Signal.SEATS, value, unit.confidence(), first, last));
          });
    }
    return signals;
  }

  /// The longest number that ends at most two words before a place.
  private static Optional<Figures.Figure> figureBefore(Utterance text, int place) {
    for (int last = place - 1; last >= Math.max(0, place - 1 - BETWEEN_MAX); last--) {
      for (int first = Math.max(0, last - 6); first <= last; first++) {
        var figure = Figures.at(text, first);
        if (figure.isPresent() && figure.get().last() == last) return figure;
      }
    }
    return Optional.empty();
  }

  /// "10% off", "could you do ten percent".
  static List<Signal> askedDiscounts(Utterance text) {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < text.size(); i++) {
      var percent = Figures.percent(text, i).filter(found -> asked(text, found));
      if (percent.isEmpty() || !percent.get().whole()) continue;
      var value = Value.of(percent.get().number().longValueExact());
      signals.add(signal(text, Signal.ASK_DISCOUNT, value, 92, i, percent.get().last()));
      i = percent.get().last();
    }
    return signals;
  }

  private static boolean asked(Utterance text, Figures.Figure percent) {
    for (int i = percent.last() + 1; i <= percent.last() + 2; i++) {
      if (DISCOUNT_AFTER.contains(text.at(i))) return true;
    }
    for (int i = percent.first() - 4; i < percent.first(); i++) {
      if (DISCOUNT_BEFORE.contains(text.at(i))) return true;
    }
    return false;
  }

  /// A bare number: up to three it is more likely a choice, above a count of seats.
  static List<Signal> bare(Utterance text) {
    Figures.Figure only = null;
    for (int i = 0; i < text.size(); i++) {
      var figure = Figures.at(text, i);
      if (figure.isPresent() && only == null && figure.get().whole()) {
        only = figure.get();
        i = only.last();
      } else if (figure.isPresent() || !AROUND_A_NUMBER.contains(text.at(i))) {
        return List.of();
      }
    }
    if (only == null || only.number().signum() == 0) return List.of();
    long number = only.number().longValueExact();
    var signals = new ArrayList<Signal>();
    signals.add(signal(text, Signal.NUMBER, Value.of(number), 90, only.first(), only.last()));
    if (number <= CHOICES_MAX) {
      signals.add(signal(text, Signal.CHOICE, Value.of(number), 80, only.first(), only.last()));
    } else {
      signals.add(signal(text, Signal.SEATS, Value.of(number), 70, only.first(), only.last()));
    }
    return signals;
  }

  static List<Signal> prices(Utterance text) {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < text.size(); i++) {
      var amount = Figures.money(text, i);
      if (amount.isEmpty()) continue;
      var found = amount.get();
      signals.add(
          signal(text, Signal.PRICE, Value.of(found.money()), 95, found.first(), found.last()));
      i = found.last();
    }
    return signals;
  }

  static List<Signal> discounts(Utterance text) {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < text.size(); i++) {
      var percent = Figures.percent(text, i);
      if (percent.isEmpty()) continue;
      long rounded = percent.get().number().setScale(0, RoundingMode.CEILING).longValueExact();
      signals.add(signal(text, Signal.DISCOUNT, Value.of(rounded), 92, i, percent.get().last()));
      i = percent.get().last();
    }
    return signals;
  }

  private static Signal signal(
      Utterance text, String name, Value value, int confidence, int first, int last) {
    int from = text.words().get(first).from();
    int to = text.words().get(last).to();
    return new Signal(name, value, confidence, from, to);
  }
}
