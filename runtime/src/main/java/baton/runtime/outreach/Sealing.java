package baton.runtime.outreach;

import baton.handoff.fact.Sealed;
import baton.persistence.vault.Personal;
import java.util.List;
import java.util.Optional;

/// What an import asks of the vault, for many at a time.
public interface Sealing {
  /// The vault's subjects of buyers, in the same order.
  List<String> subjects(String tenant, List<String> buyers);

  /// In the same order; empty where the subject's data was erased.
  List<Optional<Sealed>> seal(String tenant, String purpose, List<Personal> texts);
}
