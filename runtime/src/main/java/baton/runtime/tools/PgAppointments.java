package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Appointments in PostgreSQL. That live bookings never overlap is a constraint of the table, so it
/// holds under any race.
record PgAppointments(Sql sql) implements Appointments {
  private static final String EXCLUSION_VIOLATION = "23P01";

  private static final String SELLERS =
      "select name, zone, opens, closes, days from seller where tenant = ?";

  @Override
  public List<Seller> sellers(String tenant) {
    return sql.rows(SELLERS, PgAppointments::seller, tenant);
  }

  /// It locks the seller's row: writers of overlapping ranges would otherwise wait for each other
  /// and one of them would end as a deadlock instead of `slot-taken`.
  @Override
  public Optional<Seller> seller(String tenant, String name) {
    return sql.row(
        SELLERS + " and name = ? for no key update", PgAppointments::seller, tenant, name);
  }

  @Override
  public List<Busy> busy(String tenant, Instant from, Instant until) {
    return sql.rows(
        "select seller, lower(during), upper(during) from booking"
            + " where tenant = ? and state = 'live' and during && tstzrange(?, ?)",
        row -> new Busy(row.getString(1), Sql.instant(row, 2), Sql.instant(row, 3)),
        tenant,
        from,
        until);
  }

  @Override
  public Optional<Booking> live(ConversationId conversation, String id) {
    return sql.row(
        "select seller, lower(during) from booking where tenant = ? and id = ?"
            + " and conversation = ? and state = 'live' for update",
        row -> new Booking(id, new Slot(row.getString(1), Sql.instant(row, 2))),
        conversation.tenant(),
        id,
        conversation.id());
  }

  @Override
  public boolean add(Effect effect, Booking booking) {
    return taking(
        """
        insert into booking (seller, during, tenant, id, subject, conversation, state, version)
        values (?, tstzrange(?, ?), ?, ?, ?, ?, 'live', 1)\
        """,
        booking.slot().seller(),
        booking.slot().start(),
        booking.slot().end(),
        effect.conversation().tenant(),
        booking.id(),
        effect.subject(),
        effect.conversation().id());
  }

  @Override
  public boolean move(String tenant, Booking booking) {
    return taking(
        """
        update booking set seller = ?, during = tstzrange(?, ?), version = version + 1
        where tenant = ? and id = ?\
        """,
        booking.slot().seller(),
        booking.slot().start(),
        booking.slot().end(),
        tenant,
        booking.id());
  }

  @Override
  public void cancel(String tenant, String id) {
    sql.update(
        "update booking set state = 'cancelled', version = version + 1"
            + " where tenant = ? and id = ?",
        tenant,
        id);
  }

  /// After a refusal the transaction is good for nothing but its savepoint.
  private boolean taking(String statement, Object... values) {
    try {
      sql.update(statement, values);
      return true;
    } catch (Sql.Refused refused) {
      if (!refused.state().equals(EXCLUSION_VIOLATION)) throw refused;
      return false;
    }
  }

  private static Seller seller(ResultSet row) throws SQLException {
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var day : (Integer[]) row.getArray(5).getArray()) days.add(DayOfWeek.of(day));
    return new Seller(
        row.getString(1),
        ZoneId.of(row.getString(2)),
        row.getObject(3, LocalTime.class),
        row.getObject(4, LocalTime.class),
        days);
  }
}
