package baton.handoff.port;

import baton.handoff.fact.Sealed;
import java.util.Optional;

/// Seals personal text under a key per subject and purpose, and opens it while the key lives.
/// Thread-safe; may block.
public interface Vault {
  /// The opaque id under which a buyer's data is kept, made at first use and the same ever after.
  String subject(String tenant, String buyer);

  Sealed seal(String tenant, String subject, String purpose, String clear);

  /// The clear text, or empty where its key has been destroyed.
  Optional<String> open(String tenant, Sealed sealed);

  /// Destroys all keys of a subject. What was sealed under them can never be read again.
  ///
  /// @return how many keys were destroyed
  int erase(String tenant, String subject);
}
