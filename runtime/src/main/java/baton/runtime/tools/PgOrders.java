package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.fact.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Orders in PostgreSQL.
record PgOrders(Sql sql) implements Orders {
  private static final String SELECT =
      "select id, quote, conversation, subject, currency, total, at, state from sales_order";

  @Override
  public List<Order> page(String tenant, String after, Optional<OrderState> state, int limit) {
    return sql.rows(
        SELECT + " where tenant = ? and id > ? and (? = '' or state = ?) order by id limit ?",
        row -> read(tenant, row),
        tenant,
        after,
        state.map(OrderState::shown).orElse(""),
        state.map(OrderState::shown).orElse(""),
        limit);
  }

  @Override
  public Optional<Order> find(String tenant, String id) {
    return sql.row(SELECT + " where tenant = ? and id = ?", row -> read(tenant, row), tenant, id);
  }

  @Override
  public boolean move(String tenant, String id, Change change) {
    return sql.update(
            """
            with moved as (
              update sales_order set state = ? where tenant = ? and id = ? and state = ?
              returning tenant, id)
            insert into order_change (tenant, sales_order, from_state, to_state, operator, reason,
              at)
            select tenant, id, ?, ?, ?, ?, ? from moved\
            """,
            change.to().shown(),
            tenant,
            id,
            change.from().shown(),
            change.from().shown(),
            change.to().shown(),
            change.operator(),
            change.reason(),
            change.at())
        > 0;
  }

  private Order read(String tenant, ResultSet row) throws SQLException {
    String id = row.getString(1);
    return new Order(
        id,
        row.getString(2),
        new ConversationId(tenant, row.getString(3)),
        row.getString(4),
        new Money(row.getString(5), row.getLong(6)),
        Sql.instant(row, 7),
        OrderState.of(row.getString(8)).orElseThrow(),
        changes(tenant, id));
  }

  private List<Change> changes(String tenant, String id) {
    return sql.rows(
        """
        select from_state, to_state, operator, reason, at from order_change
        where tenant = ? and sales_order = ? order by n\
        """,
        row ->
            new Change(
                OrderState.of(row.getString(1)).orElseThrow(),
                OrderState.of(row.getString(2)).orElseThrow(),
                row.getString(3),
                row.getString(4),
                Sql.instant(row, 5)),
        tenant,
        id);
  }
}
