package baton.handoff.fact;

import java.time.Instant;

/// Something known about the conversation, with its provenance.
///
/// @param evidence number of the event that shows it
/// @param confidence percent, 0 to 100
/// @param freshUntil when it must be confirmed again
public record Fact(
    Value value, Source source, long evidence, int confidence, Instant at, Instant freshUntil) {
  /// Who observed it. A fact whose only source is an agent's own words never satisfies a guard.
  public enum Source {
    BUYER,
    TOOL,
    OPERATOR,
    AGENT
  }

  /// The same, to be confirmed again from then on.
  public Fact until(Instant end) {
    return new Fact(value, source, evidence, confidence, at, end);
  }

  public boolean freshAt(Instant now) {
    return now.isBefore(freshUntil);
  }
}
