package baton.runtime.outreach;

import baton.handoff.ConversationId;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Sealed;
import baton.runtime.tools.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/// The tables of leads and of the campaigns that write to them, in PostgreSQL. Thread-safe; blocks.
final class Leads {
  /// The vault's purpose for what identifies a buyer.
  static final String IDENTITY = "identity";

  private final Statements database;

  Leads(Statements database) {
    this.database = database;
  }

  /// The conversation of a lead: the same whenever it is asked for.
  static ConversationId conversation(String tenant, String campaign, String subject) {
    String name = Canonical.sha256("outreach\n" + tenant + "\n" + campaign + "\n" + subject);
    return new ConversationId(tenant, "o-" + name.substring(0, 32));
  }

  /// One to be added.
  ///
  /// @param person sealed under the subject's key
  record Fresh(LeadRow row, String subject, String address, Sealed person) {}

  /// What is known of a lead before a row is read.
  record Known(String campaign, String subject, String address, UUID file, long line, Instant at) {}

  /// All of the tenant with one of these addresses, and those of the campaign that are one of these
  /// subjects.
  List<Known> known(
      String tenant, String campaign, Collection<String> addresses, Collection<String> subjects) {
    return database.on(sql ->
        sql.rows(
            """
            select l.* from unnest(?) as a (address)
            cross join lateral (
              select campaign, subject, address, import, line, added_at from lead
              where tenant = ? and address = a.address limit 1000) l
            union
            select l.* from unnest(?) as s (subject)
            cross join lateral (
              select campaign, subject, address, import, line, added_at from lead
              where tenant = ? and campaign = ? and subject = s.subject limit 1) l\
            """,
            row ->
                new Known(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, UUID.class),
                    row.getLong(5),
                    Sql.instant(row, 6)),
            Statements.texts(sql, addresses),
            tenant,
            Statements.texts(sql, subjects),
            tenant,
            campaign));
  }

  /// Those that have opted out, in whatever conversation.
  Set<String> optedOut(String tenant, Collection<String> subjects) {
    return new HashSet<>(
        database.on(sql ->
            sql.rows(
                """
                select s.subject from unnest(?) as wanted (subject)
                cross join lateral (
                  select subject from standing
                  where tenant = ? and subject = wanted.subject and opted_out limit 1) s\
                """,
                row -> row.getString(1),
                Statements.texts(sql, subjects),
                tenant)));
  }

  /// Adds them in one statement. Whom somebody else added meanwhile is left as it is.
  ///
  /// @return the subjects that were added
  Set<String> add(String tenant, String campaign, UUID file, List<Fresh> fresh, Instant now) {
    return new HashSet<>(
        database.on(sql ->
            sql.rows(
                """
                insert into lead (tenant, campaign, subject, address, conversation, digest, person,
                  zone, region, segment, import, line, added_at, changed_at)
                select ?, ?, f.subject, f.address, f.conversation, f.digest, f.person, f.zone,
                  f.region, f.segment, ?, f.line, ?, ?
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality as f (
                  subject, address, conversation, digest, person, zone, region, segment, line, i)
                order by i
                on conflict do nothing
                returning subject\
                """,
                row -> row.getString(1),
                tenant,
                campaign,
                file,
                now,
                now,
                column(sql, fresh, Fresh::subject),
                column(sql, fresh, Fresh::address),
                column(sql, fresh, f -> conversation(tenant, campaign, f.subject()).id()),
                column(sql, fresh, f -> f.person().digest()),
                column(sql, fresh, f -> f.person().ciphertext()),
                column(sql, fresh, f -> f.row().zone()),
                column(sql, fresh, f -> f.row().region()),
                column(sql, fresh, f -> f.row().segment()),
                Statements.array(
                    sql, "int8", fresh.stream().map(f -> (Object) f.row().line()).toList()))));
  }

  Optional<Lead> of(ConversationId conversation) {
    return database.on(sql ->
        sql.row(
            Lead.SELECT + " where tenant = ? and conversation = ?",
            Lead::read,
            conversation.tenant(),
            conversation.id()));
  }

  /// In the order in which they were added.
  ///
  /// @param after [Lead#n] of the last one that was seen
  List<Lead> page(
      String tenant, String campaign, long after, Optional<Lead.State> state, int most) {
    return database.on(sql ->
        sql.rows(
            Lead.SELECT
                + " where campaign || '' = ? and tenant = ? and n > ? and (? = '' or state = ?)"
                + " order by n limit ?",
            Lead::read,
            campaign,
            tenant,
            after,
            state.map(Lead.State::shown).orElse(""),
            state.map(Lead.State::shown).orElse(""),
            most));
  }

  /// How many there are, by state and then by reason.
  Map<Lead.State, Map<String, Long>> count(String tenant, String campaign) {
    var counts = new TreeMap<Lead.State, Map<String, Long>>();
    database
        .on(sql ->
            sql.rows(
                """
                select state, reason, count(*) from lead
                where tenant = ? and campaign = ? group by state, reason\
                """,
                row -> Map.entry(List.of(row.getString(1), row.getString(2)), row.getLong(3)),
                tenant,
                campaign))
        .forEach(row ->
            counts
                .computeIfAbsent(Lead.State.of(row.getKey().getFirst()), _ -> new TreeMap<>())
                .put(row.getKey().getLast(), row.getValue()));
    return counts;
  }

  private static Object column(Sql sql, List<Fresh> fresh, Function<Fresh, String> of) {
    return Statements.texts(sql, fresh.stream().map(of).toList());
  }
}
