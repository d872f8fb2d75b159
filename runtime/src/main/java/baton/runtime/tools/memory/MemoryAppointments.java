package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Appointments;
import baton.runtime.tools.Seller;
import baton.runtime.tools.memory.Row.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Appointments in memory.
record MemoryAppointments(MemoryRows rows) implements Appointments {
  @Override
  public List<Seller> sellers(String tenant) {
    return rows.sellers.of(tenant);
  }

  @Override
  public List<Seller> locked(String tenant, Set<String> names) {
    return sellers(tenant).stream().filter(seller -> names.contains(seller.name())).toList();
  }

  @Override
  public void staff(String tenant, List<Seller> sellers) {
    for (var gone : sellers(tenant)) rows.sellers.remove(tenant, gone.name());
    for (var seller : sellers) rows.sellers.put(tenant, seller.name(), seller);
  }

  @Override
  public List<Busy> busy(String tenant, Instant from, Instant until) {
    return live(tenant)
        .map(Booked::reserved)
        .filter(busy -> busy.from().isBefore(until) && from.isBefore(busy.until()))
        .toList();
  }

  @Override
  public Optional<Booking> live(ConversationId conversation, String id) {
    return kept(conversation, id)
        .filter(kept -> kept.state() == Kept.State.LIVE)
        .map(Kept::booking);
  }

  @Override
  public Optional<Kept> kept(ConversationId conversation, String id) {
    return rows.bookings
        .get(conversation.tenant(), id)
        .filter(row -> row.conversation().equals(conversation))
        .map(Booked::kept);
  }

  @Override
  public Set<String> sellersOf(ConversationId conversation, Instant from) {
    return live(conversation.tenant())
        .filter(row -> row.conversation().equals(conversation))
        .map(row -> row.kept().booking().slot())
        .filter(slot -> !slot.start().isBefore(from))
        .map(slot -> slot.seller())
        .collect(Collectors.toSet());
  }

  @Override
  public boolean add(Effect effect, Booking booking, Busy reserved) {
    if (taken(effect.conversation().tenant(), booking, reserved)) return false;
    var kept = new Kept(booking, Kept.State.LIVE, 1);
    put(new Booked(kept, reserved, effect.conversation(), effect.subject()));
    return true;
  }

  @Override
  public boolean move(String tenant, Booking booking, Busy reserved) {
    if (taken(tenant, booking, reserved)) return false;
    var row = rows.bookings.get(tenant, booking.id()).orElseThrow();
    var kept = new Kept(booking, Kept.State.LIVE, row.kept().version() + 1);
    put(new Booked(kept, reserved, row.conversation(), row.subject()));
    return true;
  }

  @Override
  public void cancel(String tenant, String id) {
    var row = rows.bookings.get(tenant, id).orElseThrow();
    var kept = new Kept(row.kept().booking(), Kept.State.CANCELLED, row.kept().version() + 1);
    put(new Booked(kept, row.reserved(), row.conversation(), row.subject()));
  }

  private void put(Booked row) {
    rows.bookings.put(row.conversation().tenant(), row.kept().booking().id(), row);
  }

  private Stream<Booked> live(String tenant) {
    return rows.bookings.of(tenant).stream().filter(row -> row.kept().state() == Kept.State.LIVE);
  }

  /// Whether another live booking is in its way.
  private boolean taken(String tenant, Booking booking, Busy reserved) {
    return live(tenant)
        .filter(row -> !row.kept().booking().id().equals(booking.id()))
        .anyMatch(row -> row.reserved().overlaps(reserved));
  }
}
