package baton.persistence.vault;

import baton.persistence.db.Columns;
import baton.persistence.db.Mirror;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// The erasures of a database: its view `erasure`.
public final class Erasures {
  private static final String SELECT = "select tenant, subject, at from erasure";
  private static final String LOCK =
      "select count(pg_advisory_xact_lock(k)::text) from unnest(?::bigint[]) as k";
  private static final String DESTROY =
      """
      update subject_key k
      set wrapped = '', destroyed_at = e.at, destroyed_in = pg_current_xact_id()
      from unnest(?::text[], ?::text[], ?::timestamptz[]) as e (tenant, subject, at)
      where k.tenant = e.tenant and k.subject = e.subject and k.destroyed_at is null
      """;
  private static final String MARK =
      """
      insert into subject_key (tenant, subject, purpose, wrapped, destroyed_at, destroyed_in)
      select e.tenant, e.subject, 'digest', '', e.at, pg_current_xact_id()
      from unnest(?::text[], ?::text[], ?::timestamptz[]) as e (tenant, subject, at)
      on conflict do nothing
      """;

  /// A lock each, of which a server has some thousands.
  private static final int AT_ONCE = 500;

  private Erasures() {}

  /// From now on the list has whatever was erased on this database, by whichever node, as soon as
  /// the mirror looks.
  public static void note(Mirror mirror, ErasureFile list) {
    mirror.table(
        SELECT,
        rows -> {
          var erasures = read(rows);
          if (!erasures.isEmpty()) list.keep(erasures);
        });
  }

  /// The oldest first.
  public static List<Erasure> in(DataSource database) {
    return KeyTable.within(
        database,
        connection -> {
          try (var select = connection.prepareStatement(SELECT + " order by at, tenant, subject");
              var rows = select.executeQuery()) {
            return read(rows);
          }
        });
  }

  /// What was missing in a database and is not any more.
  public record Applied(int erasures, int keys) {}

  /// Erases whom a list has and the database has not, as after a backup was put back. Keys that
  /// were made after the erasure go too: but for the backup there would be none.
  public static Applied apply(DataSource database, Collection<Erasure> list) {
    var missing = new LinkedHashMap<Erasure.Who, Erasure>();
    for (var erasure : list) missing.putIfAbsent(erasure.who(), erasure);
    missing.keySet().removeAll(in(database).stream().map(Erasure::who).collect(Collectors.toSet()));
    var all = List.copyOf(missing.values());
    int keys = 0;
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      var some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      keys += KeyTable.atOnce(database, connection -> destroy(connection, some));
    }
    return new Applied(all.size(), keys);
  }

  private static int destroy(Connection connection, List<Erasure> erasures) throws SQLException {
    try (var lock = connection.prepareStatement(LOCK);
        var destroy = connection.prepareStatement(DESTROY);
        var mark = connection.prepareStatement(MARK)) {
      var keys =
          erasures.stream()
              .map(erasure -> KeyTable.lockOf(erasure.tenant(), erasure.subject()))
              .sorted()
              .toList();
      lock.setArray(1, Columns.of(connection, "int8", keys, key -> key));
      lock.execute();
      for (var statement : List.of(destroy, mark)) {
        statement.setArray(1, Columns.of(connection, "text", erasures, Erasure::tenant));
        statement.setArray(2, Columns.of(connection, "text", erasures, Erasure::subject));
        statement.setArray(
            3, Columns.of(connection, "text", erasures, erasure -> erasure.at().toString()));
      }
      int destroyed = destroy.executeUpdate();
      mark.executeUpdate();
      return destroyed;
    }
  }

  private static List<Erasure> read(ResultSet rows) throws SQLException {
    var erasures = new ArrayList<Erasure>();
    while (rows.next()) {
      var at = rows.getObject(3, OffsetDateTime.class).toInstant();
      erasures.add(new Erasure(rows.getString(1), rows.getString(2), at));
    }
    return erasures;
  }
}
