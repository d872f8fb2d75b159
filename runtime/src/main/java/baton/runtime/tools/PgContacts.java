package baton.runtime.tools;

import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Contacts in PostgreSQL.
///
/// @param write JSON of a value, a sealed one still sealed
record PgContacts(Sql sql, Function<Value, String> write) implements Contacts {
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
                write.apply(field.value()),
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
        });
    return row;
  }
}
