package baton.persistence.vault;

import baton.persistence.db.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import javax.sql.DataSource;

/// The tables `subject` and `subject_key`. A destroyed key leaves its row, emptied: it says that
/// there was one.
final class KeyTable {
  /// What the table says of a key.
  sealed interface Found {
    record Wrapped(byte[] bytes) implements Found {}

    record Destroyed() implements Found {}

    record None() implements Found {}
  }

  private static final String FIND = "select wrapped, destroyed from find_subject_key(?, ?, ?)";
  private static final String ADD = "select wrapped, destroyed from add_subject_key(?, ?, ?, ?, ?)";
  private static final String DESTROY =
      """
      update subject_key
      set wrapped = '', destroyed_at = now(), destroyed_in = pg_current_xact_id()
      where tenant = ? and subject = ? and destroyed_at is null
      """;
  // Also where the subject had no key yet: erased is erased.
  private static final String MARK =
      """
      insert into subject_key (tenant, subject, purpose, wrapped, destroyed_at, destroyed_in)
      values (?, ?, ?, '', now(), pg_current_xact_id()) on conflict do nothing
      """;
  private static final String ERASED = "select at from erasure where tenant = ? and subject = ?";
  private static final String MEET = "select subject, keyed from meet_subject(?, ?, ?, ?, ?, ?)";

  private final DataSource database;

  KeyTable(DataSource database) {
    this.database = database;
  }

  Found find(KeyName name) {
    return within(connection -> {
      try (var find = connection.prepareStatement(FIND)) {
        bind(find, name.tenant(), name.subject(), name.purpose());
        return found(find);
      }
    });
  }

  /// Adds a key unless there is one or the subject was erased.
  ///
  /// @return the key that counts
  Found add(KeyName name, byte[] wrapped) {
    return within(connection -> {
      try (var add = connection.prepareStatement(ADD)) {
        add.setLong(1, lockOf(name.tenant(), name.subject()));
        add.setString(2, name.tenant());
        add.setString(3, name.subject());
        add.setString(4, name.purpose());
        add.setBytes(5, wrapped);
        // Kept from adding: the subject was erased before it had a key of this purpose.
        return found(add) instanceof Found.Wrapped counts ? counts : new Found.Destroyed();
      }
    });
  }

  /// What came of an erasure: it may be older, where there was nothing left to destroy.
  record Outcome(int destroyed, Erasure erasure) {}

  Outcome destroy(String tenant, String subject) {
    return atOnce(connection -> {
      lock(connection, "select pg_advisory_xact_lock(?)", tenant, subject);
      int destroyed;
      try (var destroy = connection.prepareStatement(DESTROY)) {
        bind(destroy, tenant, subject);
        destroyed = destroy.executeUpdate();
      }
      try (var mark = connection.prepareStatement(MARK)) {
        bind(mark, tenant, subject, KeyName.DIGEST);
        mark.executeUpdate();
      }
      return new Outcome(
          destroyed, new Erasure(tenant, subject, erasedAt(connection, tenant, subject)));
    });
  }

  private static Instant erasedAt(Connection connection, String tenant, String subject)
      throws SQLException {
    try (var select = connection.prepareStatement(ERASED)) {
      bind(select, tenant, subject);
      try (var row = select.executeQuery()) {
        row.next();
        return row.getObject(1, OffsetDateTime.class).toInstant();
      }
    }
  }

  /// @param keyed whether the keys that were given are its keys
  record Met(String subject, boolean keyed) {}

  /// The subject that has this look-up hash.
  ///
  /// @param first that subject where there is none so far
  /// @param keys what such a one is to have, wrapped, by purpose
  Met meet(String tenant, byte[] lookup, String first, SortedMap<String, byte[]> keys) {
    return within(connection -> {
      try (var meet = connection.prepareStatement(MEET)) {
        meet.setLong(1, lockOf(tenant, first));
        meet.setString(2, tenant);
        meet.setBytes(3, lookup);
        meet.setString(4, first);
        meet.setArray(5, Columns.of(connection, "text", keys.keySet(), purpose -> purpose));
        meet.setArray(6, Columns.of(connection, "bytea", keys.values(), wrapped -> wrapped));
        try (var met = meet.executeQuery()) {
          met.next();
          return new Met(met.getString(1), met.getBoolean(2));
        }
      }
    });
  }

  private static Found found(PreparedStatement statement) throws SQLException {
    try (var found = statement.executeQuery()) {
      if (!found.next()) return new Found.None();
      return found.getBoolean(2) ? new Found.Destroyed() : new Found.Wrapped(found.getBytes(1));
    }
  }

  private static void bind(PreparedStatement statement, String... texts) throws SQLException {
    for (int i = 0; i < texts.length; i++) statement.setString(i + 1, texts[i]);
  }

  /// The vault's locks are the negative numbers, those of the claims the positive ones. Where two
  /// subjects meet in one number, one waits for the other.
  private static void lock(Connection connection, String sql, String tenant, String subject)
      throws SQLException {
    try (var lock = connection.prepareStatement(sql)) {
      lock.setLong(1, lockOf(tenant, subject));
      lock.execute();
    }
  }

  static long lockOf(String tenant, String subject) {
    long hash = 0;
    for (byte b : KeyName.bytes(tenant, subject)) hash = hash * 1_099_511_628_211L ^ b;
    return Long.MIN_VALUE | hash;
  }

  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T atOnce(Work<T> work) {
    return atOnce(database, work);
  }

  private <T> T within(Work<T> work) {
    return within(database, work);
  }

  static <T> T atOnce(DataSource database, Work<T> work) {
    return within(
        database,
        connection -> {
          connection.setAutoCommit(false);
          try {
            T done = work.on(connection);
            connection.commit();
            return done;
          } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            throw failure;
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  static <T> T within(DataSource database, Work<T> work) {
    try (var connection = database.getConnection()) {
      return work.on(connection);
    } catch (SQLException failure) {
      // The driver's message may quote a row, so its code stands for it. By the cause an outage is
      // told from a fault.
      throw new IllegalStateException(
          "the vault's tables cannot be used (SQLSTATE " + failure.getSQLState() + ")", failure);
    }
  }
}
