package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.WriteCrm;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.tools.Contacts.Contact;
import baton.runtime.tools.Contacts.Field;
import baton.runtime.tools.Contacts.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A contact per subject, with every value its fields ever had. Sealed values are stored as they
/// are: nothing here can open them.
public final class Crm implements Tool {
  public static final int FIELDS_MAX = 64;
  public static final int TEXT_MAX = 4000;

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

  private final Ledger<Contacts> effects;

  /// @param write JSON of a value, a sealed one still sealed
  /// @param read the inverse of `write`
  public Crm(Effects effects, Function<Value, String> write, Function<String, Value> read) {
    var values = new PgContacts.Values(write, read);
    this(effects.on(sql -> new PgContacts(sql, values)));
  }

  public Crm(Ledger<Contacts> effects) {
    this.effects = effects;
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
      case WriteCrm crm -> effects.call(effect, contacts -> write(contacts, effect, crm.fields()));
      case Action other -> throw new IllegalArgumentException("no CRM has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  /// After the contact `after` in the order of their ids, with the value that counts of each field.
  public List<Contact> page(String tenant, String after, int limit) {
    return effects.direct(contacts -> contacts.page(tenant, after, limit));
  }

  /// With every value that its fields ever had, oldest first.
  public Optional<Contact> find(String tenant, String id) {
    return effects.direct(contacts -> contacts.find(tenant, id));
  }

  /// Reads, or adds what a file brings.
  public <R> R direct(Function<Contacts, R> work) {
    return effects.direct(work);
  }

  /// The name of a subject's contact.
  public static String contact(String tenant, String subject) {
    return Ledger.id("c", tenant, subject);
  }

  /// Whether a field may have this name.
  public static boolean isField(String name) {
    return FIELD.matcher(name).matches();
  }

  private static Outcome write(Contacts contacts, Effect effect, Map<String, Value> fields) {
    if (fields.isEmpty() || fields.size() > FIELDS_MAX) return new Failed("fields-out-of-range");
    for (var field : fields.entrySet()) {
      if (!FIELD.matcher(field.getKey()).matches()) return new Failed("bad-field-name");
      if (field.getValue() instanceof Value.Text(var text) && text.length() > TEXT_MAX) {
        return new Failed("text-too-long");
      }
    }
    String contact = contact(effect.conversation().tenant(), effect.subject());
    contacts.ensure(effect, contact);
    contacts.write(
        effect,
        fields.entrySet().stream()
            .map(field -> field(effect, field.getKey(), field.getValue()))
            .toList());
    return Outcome.confirmed(Map.of("crm.contact", Value.of(contact)));
  }

  private static Field field(Effect effect, String name, Value value) {
    var fact = effect.facts().get(name);
    boolean observed = fact != null && fact.value().equals(value);
    return new Field(
        name,
        value,
        observed
            ? new Provenance.Observed(fact.source(), fact.evidence())
            : new Provenance.Claimed());
  }
}
