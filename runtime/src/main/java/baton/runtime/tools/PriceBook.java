package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Concede;
import baton.handoff.action.Action.Quote;
import baton.handoff.fact.Money;
import baton.handoff.port.Tool;
import baton.runtime.tools.Quotes.Quoted;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/// Quotes per month from list prices, and what is taken off them.
public final class PriceBook implements Tool {
  /// How long a quote stands.
  static final Duration VALID = Duration.ofDays(14);

  static final long SEATS_MAX = 100_000;

  private static final Map<String, Capability> CAN =
      Map.of(
          "quote",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["product","seats"],
               "properties":{
                "product":{"type":"string","description":"a name in the price book"},
                "seats":{"type":"integer","minimum":1,"maximum":100000}}}\
              """),
          "concede",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["quote","percent"],
               "properties":{
                "quote":{"type":"string"},
                "percent":{"type":"integer","minimum":1,"maximum":100,
                 "description":"off the list price in all"}}}\
              """));

  private final Ledger<Quotes> effects;

  public PriceBook(Effects effects) {
    this(effects.on(PgQuotes::new));
  }

  public PriceBook(Ledger<Quotes> effects) {
    this.effects = effects;
  }

  @Override
  public Set<String> kinds() {
    return CAN.keySet();
  }

  @Override
  public String schema(String kind) {
    return Capability.of(CAN, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(CAN, kind).undoable();
  }

  /// Facts: `quote`, `quote.list`, `quote.total`, `quote.percent`, `quote.until`. Reasons:
  /// `no-such-product`, `seats-out-of-range`, `percent-out-of-range`, `no-such-quote`,
  /// `quote-expired`, `quote-ordered`, and `conceded-more` where that would take back what was
  /// given.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case Quote quote -> effects.call(effect, quotes -> quote(quotes, effect, quote));
      case Concede concede -> effects.call(effect, quotes -> concede(quotes, effect, concede));
      case Action other -> throw new IllegalArgumentException("no price book has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  /// What is left of a list price after `percent` off. What is taken off is rounded to the smallest
  /// unit, a half to the even neighbour.
  ///
  /// @throws ArithmeticException beyond 64 bits
  static long less(long list, int percent) {
    long hundredths = Math.multiplyExact(list, percent);
    long off = hundredths / 100;
    long rest = hundredths % 100;
    boolean up = rest > 50 || (rest == 50 && off % 2 == 1);
    return Math.subtractExact(list, up ? off + 1 : off);
  }

  private static Outcome quote(Quotes quotes, Effect effect, Quote quote) {
    if (quote.seats() < 1 || quote.seats() > SEATS_MAX) return new Failed("seats-out-of-range");
    var price = quotes.price(effect.conversation().tenant(), quote.product());
    if (price.isEmpty()) return new Failed("no-such-product");
    long list = Math.multiplyExact(price.get().minor(), quote.seats());
    var total = new Money(price.get().currency(), list);
    var until = effect.at().truncatedTo(ChronoUnit.MILLIS).plus(VALID);
    var made = new Quoted(Ledger.id("q", effect), 0, total, total, until, Quotes.State.OPEN);
    quotes.add(effect, quote, made);
    return made.confirmed();
  }

  private static Outcome concede(Quotes quotes, Effect effect, Concede concede) {
    if (concede.percent() < 1 || concede.percent() > 100) return new Failed("percent-out-of-range");
    return quotes.whenOpen(
        effect,
        concede.quote(),
        quote -> {
          if (quote.percent() > concede.percent()) return new Failed("conceded-more");
          var lowered = quote.lowered(concede.percent());
          quotes.lower(effect.conversation().tenant(), lowered);
          return lowered.confirmed();
        });
  }
}
