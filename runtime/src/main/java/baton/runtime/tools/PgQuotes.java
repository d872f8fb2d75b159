package baton.runtime.tools;

import baton.handoff.ConversationId;
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
  public void add(Effect effect, Quoted made, Paper.Line line) {
    String tenant = effect.conversation().tenant();
    sql.update(
        """
        insert into quote (tenant, id, conversation, product, seats, percent, currency, list,
          total, until, state, version, subject, campaign, title, term, tier, per_seat, made_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 1, ?, ?, ?, ?, ?, ?, ?)\
        """,
        tenant,
        made.id(),
        effect.conversation().id(),
        line.product(),
        line.seats(),
        made.percent(),
        made.list().currency(),
        made.list().minor(),
        made.total().minor(),
        made.until(),
        effect.subject(),
        effect.campaign(),
        line.price().title(),
        line.price().term().stored(),
        line.price().tier().fromSeats(),
        line.price().tier().perSeat().minor(),
        effect.at());
    version(effect, made);
  }

  @Override
  public void lower(Effect effect, Quoted quote) {
    sql.update(
        "update quote set percent = ?, total = ?, version = version + 1"
            + " where tenant = ? and id = ?",
        quote.percent(),
        quote.total().minor(),
        effect.conversation().tenant(),
        quote.id());
    version(effect, quote);
  }

  private void version(Effect effect, Quoted quote) {
    sql.update(
        """
        insert into quote_version (tenant, quote, version, percent, total, made_at)
        select tenant, id, version, ?, ?, ? from quote where tenant = ? and id = ?\
        """,
        quote.percent(),
        quote.total().minor(),
        effect.at(),
        effect.conversation().tenant(),
        quote.id());
  }

  @Override
  public Optional<Paper> paper(String tenant, String id, Optional<Integer> version) {
    return sql.row(
        """
        select q.conversation, q.subject, q.campaign, q.product, q.seats, q.title, q.term, q.tier,
          q.per_seat, q.currency, q.list, v.total, v.percent, q.until, q.state, v.version,
          (select max(version) from quote_version w where w.tenant = q.tenant and w.quote = q.id),
          v.made_at
        from quote q join quote_version v on v.tenant = q.tenant and v.quote = q.id
        where q.tenant = ? and q.id = ? and (? = 0 or v.version = ?)
        order by v.version desc limit 1\
        """,
        row -> {
          String currency = row.getString(10);
          var price =
              new PriceList.Found.Price(
                  row.getString(6),
                  Term.of(row.getString(7)),
                  new PriceList.Tier(row.getLong(8), new Money(currency, row.getLong(9))));
          return new Paper(
              new Quoted(
                  id,
                  row.getInt(13),
                  new Money(currency, row.getLong(11)),
                  new Money(currency, row.getLong(12)),
                  Sql.instant(row, 14),
                  State.valueOf(row.getString(15).toUpperCase(Locale.ROOT))),
              new Paper.Line(row.getString(4), row.getLong(5), price),
              new ConversationId(tenant, row.getString(1)),
              row.getString(2),
              row.getString(3),
              row.getInt(16),
              row.getInt(17),
              Sql.instant(row, 18));
        },
        tenant,
        id,
        version.orElse(0),
        version.orElse(0));
  }

  @Override
  public void order(Effect effect, String id, Quoted quote) {
    sql.update(
        "update quote set state = 'ordered', version = version + 1 where tenant = ? and id = ?",
        effect.conversation().tenant(),
        quote.id());
    sql.update(
        """
        insert into sales_order (tenant, id, quote, conversation, subject, currency, total, at,
          state)
        values (?, ?, ?, ?, ?, ?, ?, ?, 'open')\
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
