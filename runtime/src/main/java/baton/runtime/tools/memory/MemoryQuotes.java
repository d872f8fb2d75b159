package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.fact.Money;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.OrderState;
import baton.runtime.tools.Paper;
import baton.runtime.tools.Quotes;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
  public void add(Effect effect, Quoted made, Paper.Line line) {
    var paper =
        new Paper(
            made,
            line,
            effect.conversation(),
            effect.subject(),
            effect.campaign(),
            1,
            1,
            effect.at().truncatedTo(ChronoUnit.MICROS));
    put(new Row.Quote(made, 1, List.of(paper)));
  }

  @Override
  public void lower(Effect effect, Quoted quote) {
    var row = rows.quotes.get(effect.conversation().tenant(), quote.id()).orElseThrow();
    var first = row.papers().getFirst();
    var papers = new ArrayList<>(row.papers());
    papers.add(
        new Paper(
            quote,
            first.line(),
            first.conversation(),
            first.subject(),
            first.campaign(),
            row.version() + 1,
            row.version() + 1,
            effect.at().truncatedTo(ChronoUnit.MICROS)));
    put(new Row.Quote(quote, row.version() + 1, papers));
  }

  @Override
  public Optional<Paper> paper(String tenant, String id, Optional<Integer> version) {
    return rows.quotes
        .get(tenant, id)
        .flatMap(row ->
            row.papers().stream()
                .filter(paper -> version.filter(v -> v != paper.version()).isEmpty())
                .reduce((_, later) -> later)
                .map(paper -> paper.among(row.papers().getLast().version(), row.quoted().state())));
  }

  @Override
  public void order(Effect effect, String id, Quoted quote) {
    String tenant = effect.conversation().tenant();
    change(tenant, quote.ordered());
    var order =
        new Row.Order(
            id,
            quote.id(),
            effect.conversation(),
            effect.subject(),
            quote.total(),
            effect.at().truncatedTo(ChronoUnit.MICROS),
            OrderState.OPEN,
            List.of());
    rows.orders.put(tenant, id, order);
  }

  private void change(String tenant, Quoted quote) {
    var row = rows.quotes.get(tenant, quote.id()).orElseThrow();
    put(new Row.Quote(quote, row.version() + 1, row.papers()));
  }

  private void put(Row.Quote row) {
    rows.quotes.put(row.conversation().tenant(), row.quoted().id(), row);
  }
}
