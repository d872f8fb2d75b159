package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The calendar's tables: sellers, and bookings of which a seller's live ones never overlap, what
/// he needs before and after them included.
public interface Appointments {
  /// Those who take appointments now, by name.
  List<Seller> sellers(String tenant);

  /// Of those named, the ones who take appointments now; nobody else changes bookings of theirs
  /// until the effect ends.
  List<Seller> locked(String tenant, Set<String> names);

  /// From now on these are the tenant's sellers, and nobody else.
  void staff(String tenant, List<Seller> sellers);

  /// Of all live bookings, with what they take before and after them, those that reach into the
  /// time between.
  List<Busy> busy(String tenant, Instant from, Instant until);

  /// A live booking of this very conversation, which nobody else changes until the effect ends. The
  /// subject does not do: whoever writes to us under somebody's name must not be able to move that
  /// person's appointments.
  Optional<Booking> live(ConversationId conversation, String id);

  /// A booking of this very conversation, live or cancelled.
  Optional<Kept> kept(ConversationId conversation, String id);

  /// Who the conversation's live bookings from then on are with.
  Set<String> sellersOf(ConversationId conversation, Instant from);

  /// False, and nothing written, where what it takes overlaps what a live booking of its seller
  /// takes.
  boolean add(Effect effect, Booking booking, Busy reserved);

  /// Puts the booking of that name where this one says. False, and nothing written, where it
  /// overlaps as in [#add] with another.
  boolean move(String tenant, Booking booking, Busy reserved);

  void cancel(String tenant, String id);

  /// A time that a seller has given away.
  record Busy(String seller, Instant from, Instant until) {
    public boolean overlaps(Busy other) {
      return seller.equals(other.seller)
          && from.isBefore(other.until)
          && other.from.isBefore(until);
    }
  }

  /// A slot that was given to a conversation.
  ///
  /// @param zone whose clock the buyer was told it on
  record Booking(String id, Slot slot, ZoneId zone) {
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

  /// A booking and what became of it.
  ///
  /// @param version how often it was written, 1 for a new one
  record Kept(Booking booking, State state, int version) {
    /// Whether it still takes its seller's time.
    public enum State {
      LIVE,
      CANCELLED
    }
  }
}
