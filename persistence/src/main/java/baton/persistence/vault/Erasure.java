package baton.persistence.vault;

import java.time.Instant;

/// All keys of a subject were destroyed, for good: it has no key ever after.
///
/// @param at when that was, by the database's clock
public record Erasure(String tenant, String subject, Instant at) {
  /// A subject is erased once, however often that is asked for.
  record Who(String tenant, String subject) {}

  Who who() {
    return new Who(tenant, subject);
  }
}
