package baton.runtime.tools;

import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// The tables of the CRM: a contact per subject, and every value that its fields ever had.
public interface Contacts {
  /// Makes sure of the subject's contact, whose history nobody else writes until the effect ends.
  void ensure(Effect effect, String id);

  /// Adds to the history of the effect's subject.
  void write(Effect effect, List<Field> fields);

  /// Adds contacts and values that come from a file; all of them or none.
  void bring(String tenant, List<Brought> brought, Instant at);

  /// After the contact `after` in the order of their ids, with the value that counts of each field.
  List<Contact> page(String tenant, String after, int limit);

  /// With every value that its fields ever had, oldest first.
  Optional<Contact> find(String tenant, String id);

  /// The values that count, by subject and name. Whoever has no contact is not there.
  Map<String, Map<String, Value>> current(String tenant, Collection<String> subjects);

  /// The subjects of contacts, by the contacts' ids.
  Map<String, String> subjects(String tenant, Collection<String> ids);

  /// Of all fields that any contact has.
  SortedSet<String> names(String tenant);

  record Field(String name, Value value, Provenance provenance) {}

  record Contact(String id, String subject, Instant since, List<Written> fields) {
    public Contact {
      fields = List.copyOf(fields);
    }
  }

  /// A value that a field had, and where it comes from.
  ///
  /// @param role empty where no role wrote it; so are campaign and conversation
  /// @param key of the effect that wrote it, or the name of the import
  record Written(
      Field field, String role, String campaign, String conversation, String key, Instant at) {}

  /// A contact's part of an import.
  ///
  /// @param id of the contact, where there is none yet
  record Brought(String subject, String id, String key, List<Field> fields) {
    public Brought {
      fields = List.copyOf(fields);
    }
  }

  /// Where a value comes from.
  sealed interface Provenance {
    /// The conversation's fact of that name says the same.
    record Observed(Fact.Source source, long evidence) implements Provenance {}

    /// No fact says so: the agent's own words.
    record Claimed() implements Provenance {}

    /// An operator brought it in a file.
    record Imported(String operator, long line) implements Provenance {}
  }
}
