package baton.persistence.audit;

import java.time.Instant;

/// A row of the claims table.
///
/// @param outcome its JSON, or null where it has none
record StoredClaim(
    String conversation, long n, String permit, String digest, Instant at, String outcome) {}
