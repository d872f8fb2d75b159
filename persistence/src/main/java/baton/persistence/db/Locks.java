package baton.persistence.db;

import baton.handoff.ConversationId;
import baton.handoff.port.Controls.Scope;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.TreeMap;

/// The advisory locks of one transaction, over its whole batch: each key once, rising, so that no
/// two transactions can wait for each other.
///
/// The level stands in a key's high bits, a hash of the name below it: levels are locked widest
/// first. Two names with the same hash only wait for each other more often.
final class Locks {
  /// Widest first. The last is taken for nothing but the order of numbers.
  enum Level {
    ENGINE,
    TENANT,
    CAMPAIGN,
    ROLE,
    CONVERSATION,
    SUBJECT,
    NUMBER;

    private long bits() {
      return (ordinal() + 1L) << 60;
    }
  }

  private static final long HASH = (1L << 60) - 1;

  /// Key to whether it is taken exclusively.
  private final TreeMap<Long, Boolean> keys = new TreeMap<>();

  Locks engine() {
    return add(Level.ENGINE, "", "", false);
  }

  Locks shared(Level level, String tenant, String name) {
    return add(level, tenant, name, false);
  }

  Locks exclusive(Level level, String tenant, String name) {
    return add(level, tenant, name, true);
  }

  Locks exclusive(ConversationId conversation) {
    return exclusive(Level.CONVERSATION, conversation.tenant(), conversation.id());
  }

  Locks exclusive(String tenant, Scope scope) {
    return switch (scope.level()) {
      case ENGINE -> exclusive(Level.ENGINE, "", "");
      case TENANT -> exclusive(Level.TENANT, scope.name(), "");
      case CAMPAIGN -> exclusive(Level.CAMPAIGN, tenant, scope.name());
      case ROLE -> exclusive(Level.ROLE, tenant, scope.name());
      case CONVERSATION -> exclusive(Level.CONVERSATION, tenant, scope.name());
    };
  }

  /// Holds back everybody else who takes numbers from the same sequence until this transaction is
  /// over, so that numbers become visible in their order. Waits for nothing after it.
  Locks number(String sequence) {
    return exclusive(Level.NUMBER, "", sequence);
  }

  private Locks add(Level level, String tenant, String name, boolean exclusive) {
    keys.merge(key(level, tenant, name), exclusive, Boolean::logicalOr);
    return this;
  }

  static long key(Level level, String tenant, String name) {
    long hash = 0xcbf29ce484222325L;
    // Names hold no dot.
    for (byte b : (tenant + "." + name).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return level.bits() | ((hash ^ (hash >>> 60)) & HASH);
  }

  /// Sets the two parameters that `lock_scopes` takes, from number `first` on.
  void bind(PreparedStatement statement, int first) throws SQLException {
    var connection = statement.getConnection();
    statement.setArray(first, Columns.of(connection, "int8", keys.keySet(), key -> key));
    statement.setArray(
        first + 1, Columns.of(connection, "bool", keys.values(), exclusive -> exclusive));
  }
}
