package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Appointments;
import baton.runtime.tools.Seller;
import baton.runtime.tools.Slot;
import baton.runtime.tools.memory.Row.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Appointments in memory.
record MemoryAppointments(MemoryRows rows) implements Appointments {
  @Override
  public List<Seller> sellers(String tenant) {
    return rows.sellers.of(tenant);
  }

  @Override
  public Optional<Seller> seller(String tenant, String name) {
    return rows.sellers.get(tenant, name);
  }

  @Override
  public List<Busy> busy(String tenant, Instant from, Instant until) {
    return live(tenant)
        .map(Booked::busy)
        .filter(busy -> busy.from().isBefore(until) && from.isBefore(busy.until()))
        .toList();
  }

  @Override
  public Optional<Booking> live(ConversationId conversation, String id) {
    return live(conversation.tenant())
        .filter(row -> row.conversation().equals(conversation))
        .map(Booked::booking)
        .filter(booking -> booking.id().equals(id))
        .findFirst();
  }

  @Override
  public boolean add(Effect effect, Booking booking) {
    if (taken(effect.conversation().tenant(), booking)) return false;
    put(new Booked(booking, effect.conversation(), effect.subject(), Booked.State.LIVE, 1));
    return true;
  }

  @Override
  public boolean move(String tenant, Booking booking) {
    if (taken(tenant, booking)) return false;
    change(tenant, booking.id(), booking.slot(), Booked.State.LIVE);
    return true;
  }

  @Override
  public void cancel(String tenant, String id) {
    var slot = rows.bookings.get(tenant, id).orElseThrow().booking().slot();
    change(tenant, id, slot, Booked.State.CANCELLED);
  }

  private void change(String tenant, String id, Slot slot, Booked.State state) {
    var row = rows.bookings.get(tenant, id).orElseThrow();
    var booking = new Booking(id, slot);
    put(new Booked(booking, row.conversation(), row.subject(), state, row.version() + 1));
  }

  private void put(Booked row) {
    rows.bookings.put(row.conversation().tenant(), row.booking().id(), row);
  }

  private Stream<Booked> live(String tenant) {
    return rows.bookings.of(tenant).stream().filter(row -> row.state() == Booked.State.LIVE);
  }

  /// Whether another live booking is in its way.
  private boolean taken(String tenant, Booking booking) {
    return live(tenant)
        .filter(row -> !row.booking().id().equals(booking.id()))
        .anyMatch(row -> row.busy().overlaps(booking.slot()));
  }
}
