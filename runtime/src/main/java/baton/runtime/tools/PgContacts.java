package baton.runtime.tools;

import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Contacts in PostgreSQL.
record PgContacts(Sql sql, Values values) implements Contacts {
  /// How values are kept.
  ///
  /// @param write JSON of a value, a sealed one still sealed
  /// @param read the inverse of `write`
  record Values(Function<Value, String> write, Function<String, Value> read) {}

  private static final String FIELD =
      "name, value, source, evidence, operator, role, campaign, conversation, key, at, subject";

  /// Looked up by each subject alone: a plan that was made while the tables were empty has no other
  /// way to choose.
  private static final String CURRENT =
      "select f.* from unnest(?) as s (subject) cross join lateral (select distinct on (name) "
          + FIELD
          + " from crm_field where tenant = ? and subject = s.subject order by name, n desc"
          + " limit 10000) f";

  @Override
  public void ensure(Effect effect, String id) {
    String tenant = effect.conversation().tenant();
    sql.update(
        "insert into crm_contact (tenant, subject, id, since) values (?, ?, ?, ?)"
            + " on conflict do nothing",
        tenant,
        effect.subject(),
        id,
        effect.at());
    sql.rows(
        "select id from crm_contact where tenant = ? and subject = ? for no key update",
        row -> row.getString(1),
        tenant,
        effect.subject());
  }

  @Override
  public void write(Effect effect, List<Field> fields) {
    sql.batch(
        """
        insert into crm_field (tenant, subject, name, value, role, campaign, conversation, key,
          at, source, evidence)
        values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)\
        """,
        fields.stream().map(field -> row(effect, field)).toList());
  }

  private List<Object> row(Effect effect, Field field) {
    var row =
        new ArrayList<Object>(
            List.of(
                effect.conversation().tenant(),
                effect.subject(),
                field.name(),
                values.write.apply(field.value()),
                effect.role().name(),
                effect.campaign(),
                effect.conversation().id(),
                effect.key(),
                effect.at()));
    row.addAll(
        switch (field.provenance()) {
          case Provenance.Observed(var source, var evidence) ->
              List.of(source.name().toLowerCase(Locale.ROOT), evidence);
          case Provenance.Claimed _ -> Arrays.asList("agent", null);
          case Provenance.Imported _ ->
              throw new IllegalArgumentException("an effect imports nothing");
        });
    return row;
  }

  /// One statement, so that it is all or nothing.
  @Override
  public void bring(String tenant, List<Brought> brought, Instant at) {
    var rows = new ArrayList<One>();
    for (var each : brought) each.fields().forEach(field -> rows.add(new One(each, field)));
    sql.update(
        """
        with contact as (
          insert into crm_contact (tenant, subject, id, since)
          select distinct ?, c.subject, c.id, ?::timestamptz
          from unnest(?, ?) as c (subject, id)
          on conflict do nothing)
        insert into crm_field (tenant, subject, name, value, role, campaign, conversation, key, at,
          source, evidence, operator)
        select ?, f.subject, f.name, f.value::jsonb, '', '', '', f.key, ?, 'import', f.line,
          f.operator
        from unnest(?, ?, ?, ?, ?, ?) with ordinality
          as f (subject, name, value, key, line, operator, i)
        order by f.i\
        """,
        tenant,
        at,
        texts(brought.stream().map(Brought::subject).toList()),
        texts(brought.stream().map(Brought::id).toList()),
        tenant,
        at,
        texts(rows.stream().map(one -> one.of.subject()).toList()),
        texts(rows.stream().map(one -> one.field.name()).toList()),
        texts(rows.stream().map(one -> values.write.apply(one.field.value())).toList()),
        texts(rows.stream().map(one -> one.of.key()).toList()),
        sql.array("int8", rows.stream().map(one -> imported(one.field).line()).toList()),
        texts(rows.stream().map(one -> imported(one.field).operator()).toList()));
  }

  private record One(Brought of, Field field) {}

  private static Provenance.Imported imported(Field field) {
    return switch (field.provenance()) {
      case Provenance.Imported imported -> imported;
      case Provenance.Observed _, Provenance.Claimed _ ->
          throw new IllegalArgumentException("a file has no conversation");
    };
  }

  @Override
  public List<Contact> page(String tenant, String after, int limit) {
    var heads =
        sql.rows(
            "select id, subject, since from crm_contact"
                + " where tenant = ? and id > ? order by id limit ?",
            row -> new Contact(row.getString(1), row.getString(2), Sql.instant(row, 3), List.of()),
            tenant,
            after,
            limit);
    var fields = new HashMap<String, List<Written>>();
    sql.rows(
            CURRENT,
            row -> Map.entry(row.getString(11), written(row)),
            texts(heads.stream().map(Contact::subject).toList()),
            tenant)
        .forEach(field ->
            fields.computeIfAbsent(field.getKey(), _ -> new ArrayList<>()).add(field.getValue()));
    return heads.stream()
        .map(head ->
            new Contact(
                head.id(),
                head.subject(),
                head.since(),
                fields.getOrDefault(head.subject(), List.of())))
        .toList();
  }

  @Override
  public Optional<Contact> find(String tenant, String id) {
    return sql.row(
        "select id, subject, since from crm_contact where tenant = ? and id = ?",
        row ->
            new Contact(
                row.getString(1),
                row.getString(2),
                Sql.instant(row, 3),
                history(tenant, row.getString(2))),
        tenant,
        id);
  }

  private List<Written> history(String tenant, String subject) {
    return sql.rows(
        "select " + FIELD + " from crm_field where tenant = ? and subject = ? order by n",
        this::written,
        tenant,
        subject);
  }

  @Override
  public Map<String, Map<String, Value>> current(String tenant, Collection<String> subjects) {
    var current = new HashMap<String, Map<String, Value>>();
    sql.rows(
            """
            select c.subject from unnest(?) as s (subject) cross join lateral (
              select subject from crm_contact where tenant = ? and subject = s.subject limit 1) c\
            """,
            row -> row.getString(1),
            texts(subjects),
            tenant)
        .forEach(subject -> current.put(subject, new HashMap<>()));
    sql.rows(
            CURRENT,
            row -> Map.entry(row.getString(11), written(row).field()),
            texts(subjects),
            tenant)
        .forEach(field ->
            current.get(field.getKey()).put(field.getValue().name(), field.getValue().value()));
    return current;
  }

  @Override
  public Map<String, String> subjects(String tenant, Collection<String> ids) {
    var subjects = new HashMap<String, String>();
    sql.rows(
            """
            select c.id, c.subject from unnest(?) as i (id) cross join lateral (
              select id, subject from crm_contact where tenant = ? and id = i.id limit 1) c\
            """,
            row -> Map.entry(row.getString(1), row.getString(2)),
            texts(ids),
            tenant)
        .forEach(contact -> subjects.put(contact.getKey(), contact.getValue()));
    return subjects;
  }

  @Override
  public SortedSet<String> names(String tenant) {
    return new TreeSet<>(
        sql.rows(
            "select distinct name from crm_field where tenant = ?",
            row -> row.getString(1),
            tenant));
  }

  private Written written(ResultSet row) throws SQLException {
    String source = row.getString(3);
    long evidence = row.getLong(4);
    var provenance =
        switch (source) {
          case "agent" ->
              row.wasNull()
                  ? new Provenance.Claimed()
                  : new Provenance.Observed(Fact.Source.AGENT, evidence);
          case "import" -> new Provenance.Imported(row.getString(5), evidence);
          case String observed ->
              new Provenance.Observed(
                  Fact.Source.valueOf(observed.toUpperCase(Locale.ROOT)), evidence);
        };
    return new Written(
        new Field(row.getString(1), values.read.apply(row.getString(2)), provenance),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        Sql.instant(row, 10));
  }

  private Object texts(Collection<String> texts) {
    return sql.array("text", texts);
  }
}
