package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;

/// Offers in PostgreSQL.
record PgOffers(Sql sql) implements Offers {
  @Override
  public void known(String tenant, String operator, boolean available, Instant at) {
    sql.update(
        """
        insert into operator as known (tenant, name, available, since)
        values (?, ?, ?, ?)
        on conflict (tenant, name) do update
          set available = excluded.available, since = excluded.since
          where known.since <= excluded.since\
        """,
        tenant,
        operator,
        available,
        at);
  }

  @Override
  public int available(String tenant) {
    return sql.row(
            "select count(*) from operator where tenant = ? and available",
            row -> row.getInt(1),
            tenant)
        .orElseThrow();
  }

  @Override
  public void offer(Effect effect, String id, String reason, int offeredTo) {
    sql.update(
        """
        insert into human_queue (tenant, id, conversation, subject, role, reason, offered_to,
          state, at)
        values (?, ?, ?, ?, ?, ?, ?, 'offered', ?)
        on conflict (tenant, conversation) where state = 'offered' do nothing\
        """,
        effect.conversation().tenant(),
        id,
        effect.conversation().id(),
        effect.subject(),
        effect.role().name(),
        reason,
        offeredTo,
        effect.at());
  }

  @Override
  public boolean accept(ConversationId conversation, String operator) {
    return change(
        "update human_queue set state = 'accepted', operator = ?"
            + " where tenant = ? and conversation = ? and state = 'offered'",
        operator,
        conversation);
  }

  @Override
  public boolean giveBack(ConversationId conversation, String operator) {
    return change(
        "update human_queue set state = 'returned'"
            + " where operator = ? and tenant = ? and conversation = ? and state = 'accepted'",
        operator,
        conversation);
  }

  private boolean change(String statement, String operator, ConversationId conversation) {
    return sql.update(statement, operator, conversation.tenant(), conversation.id()) > 0;
  }
}
