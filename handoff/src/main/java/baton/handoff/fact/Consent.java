package baton.handoff.fact;

import java.time.Instant;

/// What the buyer allowed for one purpose (contact, AI voice, recording, data use, follow-up).
///
/// @param evidence number of the event that shows it
public record Consent(State state, Instant at, long evidence) {
  /// Anything but `GRANTED` counts as no.
  public enum State {
    GRANTED,
    UNCLEAR,
    REFUSED,
    WITHDRAWN
  }
}
