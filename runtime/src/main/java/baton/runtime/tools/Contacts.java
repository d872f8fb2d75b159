package baton.runtime.tools;

import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.util.List;

/// The tables of the CRM: a contact per subject, and every value that its fields ever had.
public interface Contacts {
  /// Makes sure of the subject's contact, whose history nobody else writes until the effect ends.
  void ensure(Effect effect, String id);

  /// Adds to the history of the effect's subject.
  void write(Effect effect, List<Field> fields);

  record Field(String name, Value value, Provenance provenance) {}

  /// Where a value comes from.
  sealed interface Provenance {
    /// The conversation's fact of that name says the same.
    record Observed(Fact.Source source, long evidence) implements Provenance {}

    /// No fact says so: the agent's own words.
    record Claimed() implements Provenance {}
  }
}
