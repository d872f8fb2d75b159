package baton.runtime.tools;

import static java.time.temporal.ChronoUnit.MILLIS;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.TakeCommitment;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.tools.Orders.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a quote into an order, at the very total that the buyer said yes to. From then on
/// operators move it.
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
  private final Ledger<Orders> orders;

  public OrderBook(Effects effects) {
    this(effects.on(PgQuotes::new), effects.on(PgOrders::new));
  }

  public OrderBook(Ledger<Quotes> effects, Ledger<Orders> orders) {
    this.effects = effects;
    this.orders = orders;
  }

  /// What came of an operator's wish to move an order.
  public sealed interface Moved {
    /// It stands there now, or stood there already.
    record There(Order order) implements Moved {}

    record NotFrom(OrderState state) implements Moved {}

    record NoSuchOrder() implements Moved {}
  }

  /// After the order `after` in the order of their ids, at most `limit`.
  public List<Order> page(String tenant, String after, Optional<OrderState> state, int limit) {
    return orders.direct(tables -> tables.page(tenant, after, state, limit));
  }

  public Moved move(
      String tenant, String id, OrderState to, String operator, String reason, Instant at) {
    return orders.direct(tables -> {
      var order = tables.find(tenant, id);
      if (order.isEmpty()) return new Moved.NoSuchOrder();
      var state = order.get().state();
      if (state == to) return new Moved.There(order.get());
      if (!state.next().contains(to)) return new Moved.NotFrom(state);
      var change = new Orders.Change(state, to, operator, reason, at.truncatedTo(MILLIS));
      boolean moved = tables.move(tenant, id, change);
      var now = tables.find(tenant, id).orElseThrow();
      return moved ? new Moved.There(now) : new Moved.NotFrom(now.state());
    });
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
