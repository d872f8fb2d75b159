package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Hours.DaysOff;
import baton.runtime.tools.Hours.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Appointments in PostgreSQL. That live bookings never overlap is a constraint of the table, so it
/// holds under any race.
record PgAppointments(Sql sql) implements Appointments {
  private static final String EXCLUSION_VIOLATION = "23P01";

  private static final String SELLERS =
      """
      select name, zone, hours, days_off,
        extract(epoch from appointment)::bigint, extract(epoch from before)::bigint,
        extract(epoch from after)::bigint, extract(epoch from notice)::bigint,
        extract(epoch from ahead)::bigint
      from seller where tenant = ? and active\
      """;

  @Override
  public List<Seller> sellers(String tenant) {
    return sql.rows(SELLERS + " order by name collate \"C\"", PgAppointments::seller, tenant);
  }

  /// It locks the sellers' rows, in order: writers of overlapping ranges would otherwise wait for
  /// each other and one of them would end as a deadlock instead of `slot-taken`.
  @Override
  public List<Seller> locked(String tenant, Set<String> names) {
    return sql.rows(
        SELLERS
            + " and name = any(string_to_array(?, ','))"
            + " order by name collate \"C\" for no key update",
        PgAppointments::seller,
        tenant,
        String.join(",", names));
  }

  @Override
  public void staff(String tenant, List<Seller> sellers) {
    sql.update("update seller set active = false where tenant = ?", tenant);
    for (var seller : sellers) {
      sql.update(
          """
          insert into seller (tenant, name, zone, hours, days_off, appointment, before, after,
            notice, ahead)
          values (?, ?, ?, string_to_array(?, ';'), string_to_array(?, ';'), ?::interval,
            ?::interval, ?::interval, ?::interval, ?::interval)
          on conflict (tenant, name) do update set active = true, zone = excluded.zone,
            hours = excluded.hours, days_off = excluded.days_off,
            appointment = excluded.appointment, before = excluded.before, after = excluded.after,
            notice = excluded.notice, ahead = excluded.ahead\
          """,
          tenant,
          seller.name(),
          seller.zone().getId(),
          hours(seller.hours()),
          joined(seller.hours().off(), ";"),
          seller.appointment().toString(),
          seller.before().toString(),
          seller.after().toString(),
          seller.notice().toString(),
          seller.ahead().toString());
    }
  }

  @Override
  public List<Busy> busy(String tenant, Instant from, Instant until) {
    return sql.rows(
        "select seller, lower(reserved), upper(reserved) from booking"
            + " where tenant = ? and state = 'live' and reserved && tstzrange(?, ?)",
        row -> new Busy(row.getString(1), Sql.instant(row, 2), Sql.instant(row, 3)),
        tenant,
        from,
        until);
  }

  @Override
  public Optional<Booking> live(ConversationId conversation, String id) {
    return sql.row(
        "select id, seller, lower(during), upper(during), zone from booking where tenant = ? and id"
            + " = ? and conversation = ? and state = 'live' for update",
        PgAppointments::booking,
        conversation.tenant(),
        id,
        conversation.id());
  }

  @Override
  public Optional<Kept> kept(ConversationId conversation, String id) {
    return sql.row(
        "select id, seller, lower(during), upper(during), zone, state, version from booking"
            + " where tenant = ? and id = ? and conversation = ?",
        row ->
            new Kept(
                booking(row),
                Kept.State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                row.getInt(7)),
        conversation.tenant(),
        id,
        conversation.id());
  }

  @Override
  public Set<String> sellersOf(ConversationId conversation, Instant from) {
    return Set.copyOf(
        sql.rows(
            "select distinct seller from booking where tenant = ? and conversation = ?"
                + " and state = 'live' and lower(during) >= ?",
            row -> row.getString(1),
            conversation.tenant(),
            conversation.id(),
            from));
  }

  @Override
  public boolean add(Effect effect, Booking booking, Busy reserved) {
    return taking(
        """
        insert into booking (seller, during, reserved, zone, tenant, id, subject, conversation, state,
          version)
        values (?, tstzrange(?, ?), tstzrange(?, ?), ?, ?, ?, ?, ?, 'live', 1)\
        """,
        booking.slot().seller(),
        booking.slot().start(),
        booking.slot().end(),
        reserved.from(),
        reserved.until(),
        booking.zone().getId(),
        effect.conversation().tenant(),
        booking.id(),
        effect.subject(),
        effect.conversation().id());
  }

  @Override
  public boolean move(String tenant, Booking booking, Busy reserved) {
    return taking(
        """
        update booking set seller = ?, during = tstzrange(?, ?), reserved = tstzrange(?, ?),
          zone = ?, version = version + 1
        where tenant = ? and id = ?\
        """,
        booking.slot().seller(),
        booking.slot().start(),
        booking.slot().end(),
        reserved.from(),
        reserved.until(),
        booking.zone().getId(),
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

  private static Booking booking(ResultSet row) throws SQLException {
    return new Booking(
        row.getString(1),
        new Slot(row.getString(2), Sql.instant(row, 3), Sql.instant(row, 4)),
        ZoneId.of(row.getString(5)));
  }

  private static Seller seller(ResultSet row) throws SQLException {
    var week = (String[]) row.getArray(3).getArray();
    var spans = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      spans.put(
          day,
          Stream.of(week[day.ordinal()].split(" "))
              .filter(text -> !text.isEmpty())
              .map(text -> Span.parsed(text).orElseThrow())
              .toList());
    }
    var off =
        Stream.of((String[]) row.getArray(4).getArray())
            .map(text -> DaysOff.parsed(text).orElseThrow())
            .toList();
    return new Seller(
        row.getString(1),
        ZoneId.of(row.getString(2)),
        new Hours(spans, off),
        Duration.ofSeconds(row.getLong(5)),
        Duration.ofSeconds(row.getLong(6)),
        Duration.ofSeconds(row.getLong(7)),
        Duration.ofSeconds(row.getLong(8)),
        Duration.ofSeconds(row.getLong(9)));
  }

  private static String hours(Hours hours) {
    Map<DayOfWeek, List<Span>> spans = hours.spans();
    return Stream.of(DayOfWeek.values())
        .map(day -> joined(spans.getOrDefault(day, List.of()), " "))
        .collect(Collectors.joining(";"));
  }

  private static String joined(List<?> parts, String by) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(by));
  }
}
