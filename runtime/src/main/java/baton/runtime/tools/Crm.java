package baton.runtime.tools;

import static baton.runtime.tools.Effects.stamp;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.WriteCrm;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A contact per subject, with every value its fields ever had. Sealed values are stored as they
/// are: nothing here can open them.
public final class Crm implements Tool {
  static final int FIELDS_MAX = 64;
  static final int TEXT_MAX = 4000;

  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

  private static final Map<String, Capability> CAN =
      Map.of(
          "write-crm",
          new Capability(
              true,
              """
              {"type":"object","additionalProperties":false,"required":["fields"],
               "properties":{
                "fields":{"type":"object","minProperties":1,"maxProperties":64,
                 "propertyNames":{"pattern":"^[a-z][a-z0-9.-]{0,63}$"}}}}\
              """));

  private final Effects effects;
  private final Function<Value, String> write;

  /// @param write JSON of a value, a sealed one still sealed
  public Crm(Effects effects, Function<Value, String> write) {
    this.effects = effects;
    this.write = write;
  }

  @Override
  public Set<String> kinds() {
    return CAN.keySet();
  }

  @Override
  public String schema(String kind) {
    return Capability.of(CAN, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(CAN, kind).undoable();
  }

  /// Fact: `crm.contact`. Reasons: `fields-out-of-range`, `bad-field-name`, `text-too-long`.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case WriteCrm crm -> effects.once(effect, sql -> write(sql, effect, crm.fields()));
      case Action other -> throw new IllegalArgumentException("no CRM has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  private Outcome write(Connection sql, Effect effect, Map<String, Value> fields)
      throws SQLException {
    if (fields.isEmpty() || fields.size() > FIELDS_MAX) return new Failed("fields-out-of-range");
    for (var field : fields.entrySet()) {
      if (!FIELD.matcher(field.getKey()).matches()) return new Failed("bad-field-name");
      if (field.getValue() instanceof Value.Text(var text) && text.length() > TEXT_MAX) {
        return new Failed("text-too-long");
      }
    }
    String contact = contact(sql, effect);
    try (var insert =
        sql.prepareStatement(
            """
            insert into crm_field (tenant, subject, name, value, role, campaign, conversation, key,
              source, evidence, at)
            values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)\
            """)) {
      for (var field : fields.entrySet()) {
        insert.setString(1, effect.conversation().tenant());
        insert.setString(2, effect.subject());
        insert.setString(3, field.getKey());
        insert.setString(4, write.apply(field.getValue()));
        insert.setString(5, effect.role().name());
        insert.setString(6, effect.campaign());
        insert.setString(7, effect.conversation().id());
        insert.setString(8, effect.key());
        switch (provenance(effect, field.getKey(), field.getValue())) {
          case Provenance.Observed(var source, var evidence) -> {
            insert.setString(9, source.name().toLowerCase(Locale.ROOT));
            insert.setLong(10, evidence);
          }
          case Provenance.Claimed _ -> {
            insert.setString(9, "agent");
            insert.setNull(10, Types.BIGINT);
          }
        }
        insert.setObject(11, stamp(effect.at()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return Outcome.confirmed(Map.of("crm.contact", Value.of(contact)));
  }

  /// Where a value comes from.
  private sealed interface Provenance {
    /// The conversation's fact of that name says the same.
    record Observed(Fact.Source source, long evidence) implements Provenance {}

    /// No fact says so: the agent's own words.
    record Claimed() implements Provenance {}
  }

  private static Provenance provenance(Effect effect, String field, Value value) {
    var fact = effect.facts().get(field);
    return fact != null && fact.value().equals(value)
        ? new Provenance.Observed(fact.source(), fact.evidence())
        : new Provenance.Claimed();
  }

  /// Makes sure of the contact and locks it, so that one subject's history is written in turn.
  private static String contact(Connection sql, Effect effect) throws SQLException {
    String tenant = effect.conversation().tenant();
    String id = Effects.id("c", tenant, effect.subject());
    try (var insert =
            sql.prepareStatement(
                "insert into crm_contact (tenant, subject, id, since) values (?, ?, ?, ?)"
                    + " on conflict do nothing");
        var select =
            sql.prepareStatement(
                "select id from crm_contact where tenant = ? and subject = ?"
                    + " for no key update")) {
      insert.setString(1, tenant);
      insert.setString(2, effect.subject());
      insert.setString(3, id);
      insert.setObject(4, stamp(effect.at()));
      insert.executeUpdate();
      select.setString(1, tenant);
      select.setString(2, effect.subject());
      select.executeQuery().close();
    }
    return id;
  }
}
