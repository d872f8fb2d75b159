package baton.runtime.tools;

import static baton.runtime.tools.Effects.stamp;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.TakeCommitment;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import java.sql.Connection;
import java.sql.SQLException;
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

  private final Effects effects;

  public OrderBook(Effects effects) {
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
      case TakeCommitment order -> effects.once(effect, sql -> order(sql, effect, order));
      case Action other -> throw new IllegalArgumentException("no order book has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  private static Outcome order(Connection sql, Effect effect, TakeCommitment order)
      throws SQLException {
    return switch (QuoteRow.locked(sql, effect, order.quote())) {
      case QuoteRow.Closed(var reason) -> new Failed(reason);
      case QuoteRow.Open quote when !quote.total().equals(order.total()) ->
          new Failed("total-differs");
      case QuoteRow.Open quote -> place(sql, effect, quote);
    };
  }

  private static Outcome place(Connection sql, Effect effect, QuoteRow.Open quote)
      throws SQLException {
    String id = Effects.id("o", effect);
    try (var update =
            sql.prepareStatement(
                "update quote set state = 'ordered', version = version + 1"
                    + " where tenant = ? and id = ?");
        var insert =
            sql.prepareStatement(
                """
                insert into sales_order (tenant, id, quote, conversation, subject, currency, total,
                  at)
                values (?, ?, ?, ?, ?, ?, ?, ?)\
                """)) {
      update.setString(1, effect.conversation().tenant());
      update.setString(2, quote.id());
      update.executeUpdate();
      insert.setString(1, effect.conversation().tenant());
      insert.setString(2, id);
      insert.setString(3, quote.id());
      insert.setString(4, effect.conversation().id());
      insert.setString(5, effect.subject());
      insert.setString(6, quote.total().currency());
      insert.setLong(7, quote.total().minor());
      insert.setObject(8, stamp(effect.at()));
      insert.executeUpdate();
    }
    return Outcome.confirmed(Map.of("order", Value.of(id), "order.total", Value.of(quote.total())));
  }
}
