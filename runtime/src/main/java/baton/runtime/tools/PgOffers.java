package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Offers in PostgreSQL.
record PgOffers(Sql sql) implements Offers {
  @Override
  public void known(
      String tenant, String operator, boolean available, Instant since, Instant until) {
    sql.update(
        """
        insert into operator as known (tenant, name, available, since, until)
        values (?, ?, ?, ?, ?)
        on conflict (tenant, name) do update
          set available = excluded.available, since = excluded.since, until = excluded.until
          where known.since <= excluded.since\
        """,
        tenant,
        operator,
        available,
        since,
        until);
  }

  @Override
  public Optional<Presence> presence(String tenant, String operator) {
    return sql.row(
        "select name, available, until from operator where tenant = ? and name = ?",
        row ->
            new Presence(
                row.getString(1),
                row.getBoolean(2),
                row.getBoolean(2) ? Optional.of(Sql.instant(row, 3)) : Optional.empty()),
        tenant,
        operator);
  }

  @Override
  public int available(String tenant, Instant at) {
    return sql.row(
            "select count(*) from operator where tenant = ? and available and until > ?",
            row -> row.getInt(1),
            tenant,
            at)
        .orElseThrow();
  }

  @Override
  public int available(ConversationId conversation, Instant at) {
    return sql.row(
            """
            select count(*) from operator o where tenant = ? and available and until > ?
              and not exists (select from queue_decline d
                where d.tenant = o.tenant and d.operator = o.name and d.conversation = ?)\
            """,
            row -> row.getInt(1),
            conversation.tenant(),
            at,
            conversation.id())
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
  public void accepted(ConversationId conversation, String operator) {
    sql.update(
        "update human_queue set state = 'accepted', operator = ?"
            + " where tenant = ? and conversation = ? and state = 'offered'",
        operator,
        conversation.tenant(),
        conversation.id());
    sql.update(
        "delete from queue_decline where tenant = ? and conversation = ? and operator = ?",
        conversation.tenant(),
        conversation.id(),
        operator);
  }

  @Override
  public void over(ConversationId conversation, Ending ending) {
    sql.update(
        """
        update human_queue set state = case state when 'offered' then 'lapsed' else ? end
        where tenant = ? and conversation = ? and state in ('offered', 'accepted')\
        """,
        switch (ending) {
          case RETURNED -> "returned";
          case CLOSED -> "closed";
        },
        conversation.tenant(),
        conversation.id());
  }

  @Override
  public void declined(ConversationId conversation, String operator, Instant at) {
    sql.update(
        "insert into queue_decline (tenant, conversation, operator, at) values (?, ?, ?, ?)"
            + " on conflict do nothing",
        conversation.tenant(),
        conversation.id(),
        operator,
        at);
  }

  @Override
  public Set<ConversationId> declined(String operator, List<ConversationId> among) {
    if (among.isEmpty()) return Set.of();
    String tenant = among.getFirst().tenant();
    return Set.copyOf(
        sql.rows(
            "select conversation from queue_decline"
                + " where tenant = ? and operator = ? and conversation = any (?)",
            row -> new ConversationId(tenant, row.getString(1)),
            tenant,
            operator,
            among.stream().map(ConversationId::id).toArray(String[]::new)));
  }
}
