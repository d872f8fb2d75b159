package baton.runtime.interpreter;

import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the numbers in a text count: seats, percent off, money, or nothing yet.
///
/// @param retracted places of numbers that the text takes back: "15, not 50"
record Counts(Utterance text, Set<Integer> retracted) {
  private static final int BETWEEN_MAX = 2;
  private static final int CHOICES_MAX = 3;
  private static final int BUDGET_MIN = 50;

  private static final Set<String> AROUND_A_NUMBER =
      Letters.words(
          "about for around roughly approximately just only please pls probably maybe perhaps i"
              + " think we need want have ill take would be its are there like say said thanks thx"
              + " hi hello so id us all in total the # ~ no yes sorry oops typo actually meant mean"
              + " make it correction my mistake misspoke wait rather instead of not than ok well to"
              + " guess works fine good then lets do");

  /// A number before one of these counts no seats.
  private static final Set<String> MEASURES =
      Letters.words(
          "% percent per am pm oclock minute minutes mins min hour hours hrs day days week weeks"
              + " month months years year options things questions times reasons offices locations"
              + " vendors countries calls leads deals emails minutes o h th st nd rd");

  private static final Set<String> NOT_BETWEEN =
      Letters.words("about for per at in with on a and or under");

  private static final Set<String> DISCOUNT_AFTER =
      Letters.words("off discount less cheaper reduction lower rebate deal sign reduced");

  private static final Set<String> DISCOUNT_BEFORE =
      Letters.words(
          "do give get take discount knock make need want of offer have promised agreed approved"
              + " authorise authorize reduce drop");

  private static final Set<String> ASKING =
      Letters.words("and what how could can would even maybe perhaps or so about");

  private static final Set<String> GROWTH =
      Letters.words(
          "more increase growth higher faster better roi return uptime availability certain sure"
              + " vat tax guarantee guaranteed gain rise up satisfied of in secure safe");

  private static final Set<String> GROUPS =
      Letters.words("teams groups offices departments shifts branches units squads crews");

  private static final Set<String> PER_GROUP = Set.of("of", "with", "x");
  private static final Set<String> BEHIND_A_PRODUCT = Set.of("plan", "with", "for", "x");
  private static final Set<String> BEHIND_A_COUNT = Set.of("please", "pls", "and");
  private static final Set<String> ROUGHLY = Letters.words("about around roughly like only just ~");
  private static final Set<String> ROUGHLY_SAID = Letters.all(ROUGHLY, Letters.words("maybe say"));

  /// The hours of a clock without am and pm.
  private static final BigDecimal CLOCK_MAX = BigDecimal.valueOf(12);

  static Counts of(Utterance text) {
    var retracted = new HashSet<Integer>();
    for (int i = 1; i < text.size(); i++) {
      var before = text.at(i - 1);
      boolean instead = before.equals("of") && text.at(i - 2).equals("instead");
      if (!instead && !before.equals("not") && !before.equals("than")) continue;
      if (before.equals("than") && !text.at(i - 2).equals("rather")) continue;
      var figure = Figures.at(text, i);
      if (figure.isEmpty()) continue;
      for (int k = i; k <= figure.get().last(); k++) retracted.add(k);
    }
    return new Counts(text, Set.copyOf(retracted));
  }

  /// "12 seats", "twelve of us", "a team of twelve", "just me".
  List<Signal> seats(List<Phrases.Match> matches) {
    var signals = new ArrayList<Signal>();
    groups().ifPresent(signals::add);
    range().filter(_ -> signals.isEmpty()).ifPresent(signals::add);
    for (var unit : matches) {
      if (unit.signal().equals(Signal.PRODUCT)) ofProduct(unit).ifPresent(signals::add);
      if (!unit.signal().equals(Signal.SEATS)) continue;
      var value = unit.pattern().value();
      if (value.matches("\\d+")) {
        var count = Value.of(Long.parseLong(value));
        signals.add(signal(Signal.SEATS, count, unit.confidence(), unit.first(), unit.last()));
        continue;
      }
      boolean before = value.equals("before");
      var figure = before ? behind(unit.last()) : figureBefore(unit.first());
      figure
          .filter(found -> counts(found, before))
          .ifPresent(found -> {
            int first = Math.min(found.first(), unit.first());
            int last = Math.max(found.last(), unit.last());
            var count = Value.of(found.number().longValueExact());
            signals.add(signal(Signal.SEATS, count, unit.confidence(), first, last));
          });
    }
    return signals;
  }

  /// "2 teams of 8" are 16.
  private Optional<Signal> groups() {
    for (int i = 1; i + 2 < text.size(); i++) {
      if (!GROUPS.contains(text.at(i)) || !PER_GROUP.contains(text.at(i + 1))) continue;
      var groups = figureBefore(i).filter(Figures.Figure::whole);
      var each = Figures.at(text, i + 2).filter(Figures.Figure::whole);
      if (groups.isEmpty() || each.isEmpty()) continue;
      var all = groups.get().number().multiply(each.get().number());
      var count = Value.of(all.longValueExact());
      return Optional.of(signal(Signal.SEATS, count, 85, groups.get().first(), each.get().last()));
    }
    return Optional.empty();
  }

  /// "Between 10 and 20" alone, beyond what a clock of twelve hours shows: the upper one.
  private Optional<Signal> range() {
    if (!ranged()) return Optional.empty();
    var upper = Figures.at(text, text.size() - 1).orElseThrow();
    var count = Value.of(upper.number().longValueExact());
    return Optional.of(signal(Signal.SEATS, count, 80, text.size() - 4, text.size() - 1));
  }

  /// Whether the message ends in a stretch of numbers that no clock shows.
  boolean ranged() {
    int last = text.size() - 1;
    if (last < 3 || !text.at(last - 3).equals("between") || !text.at(last - 1).equals("and")) {
      return false;
    }
    if (last > 3 && !text.sameClause(last, last - 4)) return upper(last);
    return last == 3 && upper(last);
  }

  private boolean upper(int place) {
    return Figures.at(text, place)
        .filter(Figures.Figure::whole)
        .filter(found -> found.first() == place)
        .filter(found -> found.number().compareTo(CLOCK_MAX) > 0)
        .isPresent();
  }

  /// "Team, 10" and "the starter plan for 5".
  private Optional<Signal> ofProduct(Phrases.Match product) {
    return besideProduct(product)
        .map(found -> {
          var count = Value.of(found.number().longValueExact());
          return signal(Signal.SEATS, count, 80, found.first(), found.last());
        });
  }

  /// The places of numbers that count seats because they stand beside a product, and are no hours.
  Set<Integer> besideProducts(List<Phrases.Match> matches) {
    var places = new HashSet<Integer>();
    for (var match : matches) {
      if (!match.signal().equals(Signal.PRODUCT)) continue;
      besideProduct(match)
          .ifPresent(found -> {
            for (int i = found.first(); i <= found.last(); i++) places.add(i);
          });
    }
    return places;
  }

  private Optional<Figures.Figure> besideProduct(Phrases.Match product) {
    int place = product.last() + 1;
    boolean own = !text.at(product.last()).equals("one");
    if (own && Figures.at(text, product.last()).isPresent()) place--;
    else if (BEHIND_A_PRODUCT.contains(text.at(place))) place++;
    if (ROUGHLY_SAID.contains(text.at(place))) place++;
    return Figures.at(text, place)
        .filter(found -> text.sameSentence(found.last(), product.last()))
        .filter(found -> counts(found, true))
        .filter(found -> {
          int next = found.last() + 1;
          return next >= text.size()
              || !text.sameClause(found.last(), next)
              || BEHIND_A_COUNT.contains(text.at(next));
        });
  }

  private boolean counts(Figures.Figure figure, boolean before) {
    return figure.whole()
        && figure.number().signum() > 0
        && !retracted.contains(figure.first())
        && !(before && MEASURES.contains(text.at(figure.last() + 1)))
        && !(before && Days.month(text.at(figure.last() + 1)) > 0)
        && !Figures.percent(text, figure.first()).isPresent()
        && !Amounts.at(text, figure.first()).isPresent()
        && !Amounts.at(text, figure.first() - 1).isPresent();
  }

  /// The number behind "a team of" or "seats:"; the upper one of "12-15".
  private Optional<Figures.Figure> behind(int place) {
    int next = ROUGHLY.contains(text.at(place + 1)) ? 2 : 1;
    boolean told = Set.of(":", "=", "").contains(text.gap(place));
    return Figures.at(text, place + next)
        .filter(found -> told || text.sameClause(found.last(), place))
        .filter(found -> text.sameSentence(found.last(), place))
        .map(found ->
            text.dashed(found.last()) ? Figures.at(text, found.last() + 1).orElse(found) : found);
  }

  /// The longest number that ends at most two words before a place.
  private Optional<Figures.Figure> figureBefore(int place) {
    for (int last = place - 1; last >= Math.max(0, place - 1 - BETWEEN_MAX); last--) {
      if (!text.sameClause(last, place)) return Optional.empty();
      for (int first = Math.max(0, last - 6); first <= last; first++) {
        var figure = Figures.at(text, first);
        if (figure.isPresent() && figure.get().last() == last) return figure;
      }
      var between = text.at(last);
      if (MEASURES.contains(between) || NOT_BETWEEN.contains(between)) return Optional.empty();
    }
    return Optional.empty();
  }

  /// "10% off", "could you do ten percent", "and 15 percent?".
  List<Signal> askedDiscounts() {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < text.size(); i++) {
      var percent = Figures.percent(text, i).filter(this::asked);
      if (percent.isEmpty() || !percent.get().whole()) continue;
      var value = Value.of(percent.get().number().longValueExact());
      signals.add(signal(Signal.ASK_DISCOUNT, value, 92, i, percent.get().last()));
      i = percent.get().last();
    }
    return signals;
  }

  private boolean asked(Figures.Figure percent) {
    if (text.at(percent.first()).equals("half")) return true;
    for (int i = percent.last() + 1; i <= percent.last() + 5; i++) {
      boolean near =
          i <= percent.last() + 2 || text.at(i).equals("deal") || text.at(i).equals("sign");
      if (near && DISCOUNT_AFTER.contains(text.at(i))) return true;
    }
    for (int i = percent.first() - 4; i < percent.first(); i++) {
      if (DISCOUNT_BEFORE.contains(text.at(i))) return true;
    }
    boolean brief = text.size() <= 6;
    boolean whole = percent.number().compareTo(BigDecimal.valueOf(100)) >= 0;
    if (!whole && brief && percent.first() == 0 && percent.last() == text.size() - 1) return true;
    boolean ends = !whole && percent.last() == text.size() - 1;
    return brief && text.inQuestion(percent.first()) && (ends || ASKING.contains(text.at(0)));
  }

  /// Amounts that the buyer names as what they have or would pay.
  List<Signal> budgets(List<Phrases.Match> matches, ZoneId zone) {
    var signals = new ArrayList<Signal>();
    var words = new ArrayList<Phrases.Match>();
    for (var match : matches) if (match.signal().equals(Signal.BUDGET)) words.add(match);
    if (words.isEmpty()) return signals;
    for (int i = 0; i < text.size(); i++) {
      int place = i;
      var word =
          words.stream().filter(match -> text.sameSentence(match.first(), place)).findFirst();
      if (word.isEmpty()) continue;
      boolean named = word.get().pattern().value().equals("named");
      var amount = Amounts.at(text, i).or(() -> named ? unnamed(place, zone) : Optional.empty());
      if (amount.isEmpty()) continue;
      var found = amount.get();
      int sure = word.get().confidence();
      signals.add(
          signal(Signal.BUDGET, Value.of(found.money()), sure, found.first(), found.last()));
      i = found.last();
    }
    return signals;
  }

  /// "Our budget is 2k": the currency is that of the zone.
  private Optional<Amounts.Amount> unnamed(int place, ZoneId zone) {
    return Figures.at(text, place)
        .filter(figure -> figure.number().compareTo(BigDecimal.valueOf(BUDGET_MIN)) >= 0)
        .filter(figure -> !Figures.percent(text, place).isPresent())
        .flatMap(figure -> Amounts.local(figure, zone));
  }

  /// A bare number: up to three it is more likely a choice, above a count of seats.
  List<Signal> bare() {
    Figures.Figure only = null;
    for (int i = 0; i < text.size(); i++) {
      if (retracted.contains(i)) continue;
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
    signals.add(signal(Signal.NUMBER, Value.of(number), 90, only.first(), only.last()));
    if (number <= CHOICES_MAX) {
      signals.add(signal(Signal.CHOICE, Value.of(number), 80, only.first(), only.last()));
    } else {
      signals.add(signal(Signal.SEATS, Value.of(number), 70, only.first(), only.last()));
    }
    return signals;
  }

  List<Signal> prices() {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < text.size(); i++) {
      var amount = Amounts.at(text, i);
      if (amount.isEmpty()) continue;
      var found = amount.get();
      signals.add(signal(Signal.PRICE, Value.of(found.money()), 95, found.first(), found.last()));
      i = found.last();
      if (DISCOUNT_AFTER.contains(text.at(i + 1))) {
        signals.add(signal(Signal.DISCOUNT, Value.of(0), 92, found.first(), i + 1));
      }
    }
    return signals;
  }

  /// Every percentage but one that says how much something grows or how sure it is.
  List<Signal> discounts() {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < text.size(); i++) {
      var percent = Figures.percent(text, i);
      if (percent.isEmpty()) continue;
      int last = percent.get().last();
      if (!growth(last)) {
        long rounded = percent.get().number().setScale(0, RoundingMode.CEILING).longValueExact();
        signals.add(signal(Signal.DISCOUNT, Value.of(rounded), 92, i, last));
      }
      i = last;
    }
    return signals;
  }

  private boolean growth(int last) {

    return GROWTH.contains(text.at(last + 1)) || text.at(last - 2).equals("by");
  }

  private Signal signal(String name, Value value, int confidence, int first, int last) {
    int from = text.words().get(first).from();
    int to = text.words().get(last).to();
    return new Signal(name, value, confidence, from, to);
  }
}
