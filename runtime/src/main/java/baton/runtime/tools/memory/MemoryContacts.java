package baton.runtime.tools.memory;

import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Contacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Contacts in memory.
record MemoryContacts(MemoryRows rows) implements Contacts {
  @Override
  public void ensure(Effect effect, String id) {
    ensure(effect.conversation().tenant(), effect.subject(), id, effect.at());
  }

  private void ensure(String tenant, String subject, String id, Instant at) {
    if (rows.contacts.get(tenant, subject).isPresent()) return;
    var contact = new Row.Contact(id, subject, at.truncatedTo(ChronoUnit.MICROS));
    rows.contacts.put(tenant, subject, contact);
  }

  @Override
  public void write(Effect effect, List<Field> fields) {
    for (var field : fields) {
      var written =
          new Written(
              field,
              effect.role().name(),
              effect.campaign(),
              effect.conversation().id(),
              effect.key(),
              effect.at().truncatedTo(ChronoUnit.MICROS));
      rows.fields.append(
          effect.conversation().tenant(), new Row.Written(effect.subject(), written));
    }
  }

  @Override
  public void bring(String tenant, List<Brought> brought, Instant at) {
    var moment = at.truncatedTo(ChronoUnit.MICROS);
    for (var each : brought) ensure(tenant, each.subject(), each.id(), moment);
    for (var each : brought) {
      for (var field : each.fields()) {
        var written = new Written(field, "", "", "", each.key(), moment);
        rows.fields.append(tenant, new Row.Written(each.subject(), written));
      }
    }
  }

  @Override
  public List<Contact> page(String tenant, String after, int limit) {
    return rows.contacts.of(tenant).stream()
        .filter(contact -> contact.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(Row.Contact::id))
        .limit(limit)
        .map(row ->
            new Contact(
                row.id(),
                row.subject(),
                row.since(),
                List.copyOf(latest(tenant, row.subject()).values())))
        .toList();
  }

  @Override
  public Optional<Contact> find(String tenant, String id) {
    return rows.contacts.of(tenant).stream()
        .filter(row -> row.id().equals(id))
        .findFirst()
        .map(row ->
            new Contact(row.id(), row.subject(), row.since(), history(tenant, row.subject())));
  }

  @Override
  public Map<String, Map<String, Value>> current(String tenant, Collection<String> subjects) {
    var current = new HashMap<String, Map<String, Value>>();
    for (var subject : subjects) {
      if (rows.contacts.get(tenant, subject).isEmpty()) continue;
      var values = new HashMap<String, Value>();
      latest(tenant, subject).forEach((name, written) -> values.put(name, written.field().value()));
      current.put(subject, values);
    }
    return current;
  }

  @Override
  public Map<String, String> subjects(String tenant, Collection<String> ids) {
    return rows.contacts.of(tenant).stream()
        .filter(row -> ids.contains(row.id()))
        .collect(Collectors.toMap(Row.Contact::id, Row.Contact::subject));
  }

  @Override
  public SortedSet<String> names(String tenant) {
    return rows.fields.of(tenant).stream()
        .map(row -> row.written().field().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, Written> latest(String tenant, String subject) {
    var latest = new TreeMap<String, Written>();
    for (var written : history(tenant, subject)) latest.put(written.field().name(), written);
    return latest;
  }

  private List<Written> history(String tenant, String subject) {
    var history = new ArrayList<Written>();
    for (var row : rows.fields.of(tenant)) {
      if (row.subject().equals(subject)) history.add(row.written());
    }
    return history;
  }
}
