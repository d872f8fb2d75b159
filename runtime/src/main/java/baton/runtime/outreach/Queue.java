package baton.runtime.outreach;

import baton.runtime.tools.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Who of a campaign's leads is next, for all nodes together. Thread-safe; blocks.
final class Queue {
  private final Statements database;

  Queue(Statements database) {
    this.database = database;
  }

  /// Whether a campaign writes to its leads.
  ///
  /// @param openedAt when it last opened a conversation
  record Run(
      String tenant,
      String campaign,
      boolean running,
      String reason,
      String operator,
      Instant since,
      Optional<Instant> openedAt) {}

  Optional<Run> run(String tenant, String campaign) {
    return database.on(sql ->
        sql.row(RUNS + " where tenant = ? and campaign = ?", Queue::readRun, tenant, campaign));
  }

  /// All that write.
  List<Run> running() {
    return database.on(
        sql -> sql.rows(RUNS + " where running order by tenant, campaign", Queue::readRun));
  }

  private static final String RUNS =
      "select tenant, campaign, running, reason, operator, since, opened_at from outreach";

  Run set(
      String tenant,
      String campaign,
      boolean running,
      String reason,
      String operator,
      Instant now) {
    return database.on(sql ->
        sql.row(
                """
                insert into outreach as o (tenant, campaign, running, reason, operator, since)
                values (?, ?, ?, ?, ?, ?)
                on conflict (tenant, campaign) do update
                  set running = excluded.running, reason = excluded.reason,
                    operator = excluded.operator, since = excluded.since
                returning tenant, campaign, running, reason, operator, since, opened_at\
                """,
                Queue::readRun,
                tenant,
                campaign,
                running,
                reason,
                operator,
                now)
            .orElseThrow());
  }

  private static Run readRun(ResultSet row) throws SQLException {
    return new Run(
        row.getString(1),
        row.getString(2),
        row.getBoolean(3),
        row.getString(4),
        row.getString(5),
        Sql.instant(row, 6),
        row.getObject(7) == null ? Optional.empty() : Optional.of(Sql.instant(row, 7)));
  }

  /// The clocks of those who wait, each once. Hops from one to the next, however many wait.
  List<String> waitingZones(String tenant, String campaign) {
    return database.on(sql ->
        sql.rows(
            """
            with recursive zones as (
              (select zone from lead
                where tenant = ? and campaign = ? and state = 'waiting' order by zone limit 1)
              union all
              select (
                select l.zone from lead l
                where l.tenant = ? and l.campaign = ? and l.state = 'waiting' and l.zone > z.zone
                order by l.zone limit 1)
              from zones z where z.zone is not null)
            select zone from zones where zone is not null\
            """,
            row -> row.getString(1),
            tenant,
            campaign,
            tenant,
            campaign));
  }

  /// What is found out about a lead when it would be its turn.
  sealed interface Turn {
    record Open() implements Turn {}

    /// It will never be written to.
    record Skip(Lead.State state, String reason) implements Turn {}
  }

  /// Takes the next lead whose turn it is, in the order in which they were added, and marks it as
  /// being opened. Nobody else takes one of the campaign before `before` has come round again: the
  /// campaign's row is held until this is durable, and whoever finds it held takes none.
  ///
  /// @param zones clocks on which it is the time for it
  /// @param before the last opening must not be after this
  /// @param most how many leads are looked at
  Optional<Lead> take(
      String tenant,
      String campaign,
      List<String> zones,
      Instant now,
      Instant before,
      int most,
      Function<Lead, Turn> judge) {
    return database.atOnce(sql -> {
      boolean mine =
          sql.row(
                  """
                  select 1 from outreach
                  where tenant = ? and campaign = ? and running
                    and (opened_at is null or opened_at <= ?)
                  for update skip locked\
                  """,
                  row -> row.getInt(1),
                  tenant,
                  campaign,
                  before)
              .isPresent();
      if (!mine) return Optional.empty();
      for (var lead : next(sql, tenant, campaign, zones, most)) {
        switch (judge.apply(lead)) {
          case Turn.Skip(var state, var reason) -> move(sql, lead, state, reason, now);
          case Turn.Open _ -> {
            move(sql, lead, Lead.State.OPENING, "", now);
            sql.update(
                "update outreach set opened_at = ? where tenant = ? and campaign = ?",
                now,
                tenant,
                campaign);
            return Optional.of(lead.in(Lead.State.OPENING));
          }
        }
      }
      return Optional.empty();
    });
  }

  private static List<Lead> next(
      Sql sql, String tenant, String campaign, List<String> zones, int most) {
    return sql.rows(
        """
        select l.* from unnest(?) as z (zone)
        cross join lateral (%s
          where tenant = ? and campaign = ? and state = 'waiting' and zone = z.zone
          order by n limit ?) l
        order by l.n limit ?\
        """
            .formatted(Lead.SELECT),
        Lead::read,
        Statements.texts(sql, zones),
        tenant,
        campaign,
        most,
        most);
  }

  /// Those of whom nobody knows whether their conversation was opened, oldest first.
  List<Lead> opening(Instant before, int most) {
    return database.on(sql ->
        sql.rows(
            Lead.SELECT
                + " where state = 'opening' and changed_at <= ? order by changed_at limit ?",
            Lead::read,
            before,
            most));
  }

  /// One whose conversation has gone on.
  ///
  /// @param row number of its journal's last row, as far as the wake table knows
  record Ahead(Lead lead, long row) {}

  /// Those whose conversations went on since their state was read.
  List<Ahead> ahead(int most) {
    return database.on(sql ->
        sql.rows(
            """
            select l.*, c.seq from (%s
              where state in ('opened', 'invited', 'arrived')) l
            join lead own using (tenant, campaign, subject)
            join conversation c on c.tenant = l.tenant and c.id = l.conversation
            where c.seq > own.seen order by l.changed_at limit ?\
            """
                .formatted(Lead.SELECT),
            row -> new Ahead(Lead.read(row), row.getLong(16)),
            most));
  }

  void progressed(Ahead ahead, Progress progress, Instant now) {
    var lead = ahead.lead();
    database.on(sql ->
        sql.update(
            """
            update lead set seen = ?, invitations = ?, state = ?, reason = ?,
              changed_at = case when state = ? then changed_at else ? end
            where tenant = ? and campaign = ? and subject = ? and seen < ?\
            """,
            ahead.row(),
            progress.invitations(),
            progress.state().shown(),
            progress.reason(),
            progress.state().shown(),
            now,
            lead.tenant(),
            lead.campaign(),
            lead.subject(),
            ahead.row()));
  }

  /// Moves it on, unless it has moved since it was read.
  void move(Lead lead, Lead.State state, String reason, Instant now) {
    database.on(sql -> {
      move(sql, lead, state, reason, now);
      return true;
    });
  }

  private static void move(Sql sql, Lead lead, Lead.State state, String reason, Instant now) {
    sql.update(
        """
        update lead set state = ?, reason = ?, changed_at = ?
        where tenant = ? and campaign = ? and subject = ? and state = ?\
        """,
        state.shown(),
        reason,
        now,
        lead.tenant(),
        lead.campaign(),
        lead.subject(),
        lead.state().shown());
  }
}
