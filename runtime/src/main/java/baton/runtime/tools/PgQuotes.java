package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.action.Action.Quote;
import baton.handoff.fact.Money;
import baton.handoff.port.Tool.Effect;
import java.util.Locale;
import java.util.Optional;

/// Quotes in PostgreSQL.
record PgQuotes(Sql sql) implements Quotes {
  @Override
  public Optional<Money> price(String tenant, String product) {
    return sql.row(
        "select currency, minor from price_book where tenant = ? and product = ?",
        row -> new Money(row.getString(1), row.getLong(2)),
        tenant,
        product);
  }

  @Override
  public Optional<Quoted> find(ConversationId conversation, String id) {
    return sql.row(
        "select percent, currency, list, total, until, state from quote"
            + " where tenant = ? and id = ? and conversation = ? for update",
        row ->
            new Quoted(
                id,
                row.getInt(1),
                new Money(row.getString(2), row.getLong(3)),
                new Money(row.getString(2), row.getLong(4)),
                Sql.instant(row, 5),
                State.valueOf(row.getString(6).toUpperCase(Locale.ROOT))),
        conversation.tenant(),
        id,
        conversation.id());
  }

  @Override
  public void add(Effect effect, Quote quote, Quoted made) {
    sql.update(
        """
        insert into quote (tenant, id, conversation, product, seats, percent, currency, list,
          total, until, state, version)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 1)\
        """,
        effect.conversation().tenant(),
        made.id(),
        effect.conversation().id(),
        quote.product(),
        quote.seats(),
        made.percent(),
        made.list().currency(),
        made.list().minor(),
        made.total().minor(),
        made.until());
  }

  @Override
  public void lower(String tenant, Quoted quote) {
    sql.update(
        "update quote set percent = ?, total = ?, version = version + 1"
            + " where tenant = ? and id = ?",
        quote.percent(),
        quote.total().minor(),
        tenant,
        quote.id());
  }

  @Override
  public void order(Effect effect, String id, Quoted quote) {
    sql.update(
        "update quote set state = 'ordered', version = version + 1 where tenant = ? and id = ?",
        effect.conversation().tenant(),
        quote.id());
    sql.update(
        """
        insert into sales_order (tenant, id, quote, conversation, subject, currency, total, at)
        values (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        effect.conversation().tenant(),
        id,
        quote.id(),
        effect.conversation().id(),
        effect.subject(),
        quote.total().currency(),
        quote.total().minor(),
        effect.at());
  }
}
