package baton.persistence.vault;

import baton.persistence.db.Columns;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// The vault's tables for many subjects at a time: as many statements for a thousand as for one.
/// Its look-ups are laterals with a limit, which can only be served by the index, whatever the
/// planner thinks of a table that was empty a moment ago.
final class KeyRows {
  private static final String ADD_SUBJECTS =
      """
      insert into subject (tenant, lookup, subject)
      select ?, * from unnest(?::bytea[], ?::text[]) on conflict do nothing
      """;
  private static final String FIND_SUBJECTS =
      """
      select s.lookup, s.subject from unnest(?::bytea[]) as wanted (lookup)
      cross join lateral (
        select lookup, subject from subject
        where tenant = ? and lookup = wanted.lookup limit 1) s
      """;
  private static final String FIND =
      """
      select k.subject, k.wrapped, k.destroyed_at is not null
      from unnest(?::text[]) as wanted (subject)
      cross join lateral (
        select subject, wrapped, destroyed_at from subject_key
        where tenant = ? and subject = wanted.subject and purpose = ? limit 1) k
      """;
  private static final String LOCK =
      "select count(pg_advisory_xact_lock_shared(k)::text) from unnest(?::bigint[]) as k";
  private static final String ADD =
      """
      insert into subject_key (tenant, subject, purpose, wrapped)
      select ?, fresh.subject, ?, fresh.wrapped
      from unnest(?::text[], ?::bytea[]) as fresh (subject, wrapped)
      left join lateral (
        select true as erased from subject_key
        where tenant = ? and subject = fresh.subject and destroyed_at is not null limit 1) k on true
      where k.erased is null
      on conflict do nothing
      """;

  private final DataSource database;

  KeyRows(DataSource database) {
    this.database = database;
  }

  /// Sees to it that there are these subjects.
  ///
  /// @param firsts the subject that each look-up hash has at first use
  /// @return the subjects that count, in the same order
  List<String> subjects(String tenant, List<byte[]> lookups, List<String> firsts) {
    return KeyTable.within(
        database,
        connection -> {
          var hashes = Columns.of(connection, "bytea", lookups, hash -> hash);
          try (var add = connection.prepareStatement(ADD_SUBJECTS);
              var find = connection.prepareStatement(FIND_SUBJECTS)) {
            add.setString(1, tenant);
            add.setArray(2, hashes);
            add.setArray(3, Columns.of(connection, "text", firsts, text -> text));
            if (add.executeUpdate() == lookups.size()) return firsts;
            find.setArray(1, hashes);
            find.setString(2, tenant);
            var found = new HashMap<ByteBuffer, String>();
            try (var rows = find.executeQuery()) {
              while (rows.next()) found.put(ByteBuffer.wrap(rows.getBytes(1)), rows.getString(2));
            }
            return lookups.stream().map(hash -> found.get(ByteBuffer.wrap(hash))).toList();
          }
        });
  }

  /// The keys of one purpose that there are, by subject.
  Map<String, KeyTable.Found> find(String tenant, String purpose, List<String> subjects) {
    return KeyTable.within(
        database, connection -> find(connection, tenant, purpose, List.copyOf(subjects)));
  }

  private static Map<String, KeyTable.Found> find(
      Connection connection, String tenant, String purpose, List<String> subjects)
      throws SQLException {
    try (var find = connection.prepareStatement(FIND)) {
      find.setArray(1, Columns.of(connection, "text", subjects, text -> text));
      find.setString(2, tenant);
      find.setString(3, purpose);
      var found = new HashMap<String, KeyTable.Found>();
      try (var rows = find.executeQuery()) {
        while (rows.next()) {
          found.put(
              rows.getString(1),
              rows.getBoolean(3)
                  ? new KeyTable.Found.Destroyed()
                  : new KeyTable.Found.Wrapped(rows.getBytes(2)));
        }
      }
      return found;
    }
  }

  /// Adds keys, but for subjects that have one of that purpose or were erased. As with one key, the
  /// locks are taken in a statement before, so that what they waited for is seen.
  ///
  /// @return the keys that count, by subject; none where it was erased before it had one
  Map<String, KeyTable.Found> add(String tenant, String purpose, Map<String, byte[]> fresh) {
    return KeyTable.atOnce(
        database,
        connection -> {
          var subjects = List.copyOf(fresh.keySet());
          try (var lock = connection.prepareStatement(LOCK);
              var add = connection.prepareStatement(ADD)) {
            lock.setArray(
                1,
                Columns.of(
                    connection,
                    "int8",
                    subjects.stream()
                        .map(subject -> KeyTable.lockOf(tenant, subject))
                        .sorted()
                        .toList(),
                    key -> key));
            lock.execute();
            add.setString(1, tenant);
            add.setString(2, purpose);
            add.setArray(3, Columns.of(connection, "text", subjects, text -> text));
            add.setArray(4, Columns.of(connection, "bytea", subjects, fresh::get));
            add.setString(5, tenant);
            add.executeUpdate();
          }
          return find(connection, tenant, purpose, subjects);
        });
  }
}
