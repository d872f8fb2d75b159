package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Concede;
import baton.handoff.action.Action.Quote;
import baton.handoff.port.Tool;
import baton.runtime.tools.Quotes.Quoted;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Quotes from list prices, and what is taken off them.
public final class PriceBook implements Tool {
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

  /// In which currency an effect's campaign wants its prices; empty where it does not say.
  @FunctionalInterface
  public interface Wanted {
    Optional<String> currency(Effect effect);
  }

  private final Ledger<Quotes> effects;
  private final Optional<PriceList> list;
  private final Wanted wanted;

  /// With the prices of the table `price_book`.
  public PriceBook(Effects effects) {
    this(effects.on(PgQuotes::new));
  }

  public PriceBook(Ledger<Quotes> effects) {
    this(effects, Optional.empty(), _ -> Optional.empty());
  }

  /// @param list empty for the prices of the table
  public PriceBook(Effects effects, Optional<PriceList> list, Wanted wanted) {
    this(effects.on(PgQuotes::new), list, wanted);
  }

  public PriceBook(Ledger<Quotes> effects, Optional<PriceList> list, Wanted wanted) {
    this.effects = effects;
    this.list = list;
    this.wanted = wanted;
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
  /// `no-such-product`, `no-price-in-currency`, `price-book-expired`, `too-few-seats`,
  /// `seats-out-of-range`, `percent-out-of-range`, `no-such-quote`, `quote-expired`,
  /// `quote-ordered`, and `conceded-more` where that would take back what was given.
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

  /// Who sells, and on what terms.
  public PriceList.House house() {
    return list.map(PriceList::house).orElse(PriceList.House.PLAIN);
  }

  /// A quote as it stands on paper, in its latest version or in an earlier one.
  public Optional<Paper> paper(String tenant, String quote, Optional<Integer> version) {
    return effects.direct(quotes -> quotes.paper(tenant, quote, version));
  }

  private Outcome quote(Quotes quotes, Effect effect, Quote quote) {
    if (quote.seats() < 1 || quote.seats() > SEATS_MAX) return new Failed("seats-out-of-range");
    var at = effect.at().truncatedTo(ChronoUnit.MILLIS);
    var prices = list.orElseGet(() -> table(quotes, effect, quote.product()));
    return switch (prices.price(quote.product(), quote.seats(), wanted.currency(effect), at)) {
      case PriceList.Found.None(var reason) -> new Failed(reason);
      case PriceList.Found.Price price -> {
        var total = Amounts.times(price.tier().perSeat(), quote.seats());
        var made =
            new Quoted(
                Ledger.id("q", effect), 0, total, total, prices.quoteUntil(at), Quotes.State.OPEN);
        quotes.add(effect, made, new Paper.Line(quote.product(), quote.seats(), price));
        yield made.confirmed();
      }
    };
  }

  private static PriceList table(Quotes quotes, Effect effect, String product) {
    return PriceList.plain(
        quotes
            .price(effect.conversation().tenant(), product)
            .map(price -> Map.of(product, price))
            .orElse(Map.of()));
  }

  private static Outcome concede(Quotes quotes, Effect effect, Concede concede) {
    if (concede.percent() < 1 || concede.percent() > 100) return new Failed("percent-out-of-range");
    return quotes.whenOpen(
        effect,
        concede.quote(),
        quote -> {
          if (quote.percent() > concede.percent()) return new Failed("conceded-more");
          var lowered = quote.lowered(concede.percent());
          quotes.lower(effect, lowered);
          return lowered.confirmed();
        });
  }
}
