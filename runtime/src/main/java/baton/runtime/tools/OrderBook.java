package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.TakeCommitment;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import java.util.Map;
import java.util.Set;

/// Turns a quote into an order, at the very total that the buyer said yes to.
public final class OrderBook implements Tool {
  private static final Map<String, Capability> CAN =
      Map.of(
          "take-commitment",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["quote","total"],
               "properties":{
                "quote":{"type":"string"},
                "total":{"type":"object","additionalProperties":false,
                 "required":["currency","minor"],
                 "properties":{
                  "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
                  "minor":{"type":"integer","description":"in the smallest unit"}}}}}\
              """));

  private final Ledger<Quotes> effects;

  public OrderBook(Effects effects) {
    this(effects.on(PgQuotes::new));
  }

  public OrderBook(Ledger<Quotes> effects) {
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

  /// Facts: `order`, `order.total`. Reasons: `no-such-quote`, `quote-expired`, `quote-ordered`,
  /// `total-differs`.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case TakeCommitment order -> effects.call(effect, quotes -> order(quotes, effect, order));
      case Action other -> throw new IllegalArgumentException("no order book has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  private static Outcome order(Quotes quotes, Effect effect, TakeCommitment order) {
    return quotes.whenOpen(
        effect,
        order.quote(),
        quote -> {
          if (!quote.total().equals(order.total())) return new Failed("total-differs");
          String id = Ledger.id("o", effect);
          quotes.order(effect, id, quote);
          return Outcome.confirmed(
              Map.of("order", Value.of(id), "order.total", Value.of(quote.total())));
        });
  }
}
