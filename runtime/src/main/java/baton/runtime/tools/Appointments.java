package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calendar's tables: sellers, and bookings of which a seller's live ones never overlap.
public interface Appointments {
  List<Seller> sellers(String tenant);

  /// That seller, whose bookings nobody else changes until the effect ends.
  Optional<Seller> seller(String tenant, String name);

  /// Of all live bookings those that reach into the time between.
  List<Busy> busy(String tenant, Instant from, Instant until);

  /// A live booking of this very conversation, which nobody else changes until the effect ends. The
  /// subject does not do: whoever writes to us under somebody's name must not be able to move that
  /// person's appointments.
  Optional<Booking> live(ConversationId conversation, String id);

  /// False, and nothing written, where it overlaps a live booking of its seller.
  boolean add(Effect effect, Booking booking);

  /// Puts the booking of that name where this one says. False, and nothing written, where it
  /// overlaps another live booking of its seller.
  boolean move(String tenant, Booking booking);

  void cancel(String tenant, String id);

  /// A time that a seller has given away.
  record Busy(String seller, Instant from, Instant until) {
    public boolean overlaps(Slot slot) {
      return seller.equals(slot.seller())
          && from.isBefore(slot.end())
          && slot.start().isBefore(until);
    }
  }

  /// A slot that was given to a conversation.
  record Booking(String id, Slot slot) {
    boolean past(Instant now) {
      return !slot.start().isAfter(now);
    }

    Outcome confirmed(String state) {
      return Outcome.confirmed(
          Map.of(
              "booking", Value.of(id),
              "booking.start", Value.of(slot.start()),
              "booking.seller", Value.of(slot.seller()),
              "booking.state", Value.of(state)));
    }
  }
}
