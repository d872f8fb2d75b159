package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.action.Action.Quote;
import baton.handoff.fact.Money;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Quotes;
import java.util.Optional;

/// Quotes in memory.
record MemoryQuotes(MemoryRows rows) implements Quotes {
  @Override
  public Optional<Money> price(String tenant, String product) {
    return rows.prices.get(tenant, product).map(Row.Price::perSeat);
  }

  @Override
  public Optional<Quoted> find(ConversationId conversation, String id) {
    return rows.quotes
        .get(conversation.tenant(), id)
        .filter(row -> row.conversation().equals(conversation))
        .map(Row.Quote::quoted);
  }

  @Override
  public void add(Effect effect, Quote quote, Quoted made) {
    put(new Row.Quote(made, effect.conversation(), quote.product(), quote.seats(), 1));
  }

  @Override
  public void lower(String tenant, Quoted quote) {
    change(tenant, quote);
  }

  @Override
  public void order(Effect effect, String id, Quoted quote) {
    String tenant = effect.conversation().tenant();
    change(tenant, quote.ordered());
    var order =
        new Row.Order(
            id, quote.id(), effect.conversation(), effect.subject(), quote.total(), effect.at());
    rows.orders.put(tenant, id, order);
  }

  private void change(String tenant, Quoted quote) {
    var row = rows.quotes.get(tenant, quote.id()).orElseThrow();
    put(new Row.Quote(quote, row.conversation(), row.product(), row.seats(), row.version() + 1));
  }

  private void put(Row.Quote row) {
    rows.quotes.put(row.conversation().tenant(), row.quoted().id(), row);
  }
}
