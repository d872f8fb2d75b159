package baton.handoff;

import java.util.List;

/// What a conversation answers to a command.
public sealed interface Decision {
  record Accepted(List<Event> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /// It was done before, or there is nothing to do: nothing changes.
  record Nothing() implements Decision {}

  /// @param detail one sentence for the caller, without personal text
  record Rejected(Refusal refusal, String detail) implements Decision {}

  enum Refusal {
    /// There is no such conversation or approval.
    UNKNOWN,
    /// The same id came with another body, or another state is needed.
    CONFLICT,
    CLOSED,
    NOT_ALLOWED,
    INVALID
  }
}
