package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Outcome;
import baton.handoff.port.Claims.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The last fence, behind all locks: whoever writes the rows, the table holds one claim of a permit
/// and one of a key.
@ExtendWith(TestDatabase.class)
final class PgClaimTableTest {
  private static final String TAKEN = "23505";

  private final Database database;
  private final Ports ports;

  PgClaimTableTest(Database database, Ports ports) {
    this.database = database;
    this.ports = ports;
  }

  @Test
  void givenAClaimThenNoOtherRowHasItsPermit_norItsKeyUnlessItFailed() throws SQLException {
    var s = Setting.in(ports).at("a", 1);
    ports.claims().claim(List.of(s.draft("a", 1, 1).request()));
    var claim = ports.claims().page(s.tenant(), 0, Optional.empty(), 1).getFirst();
    long n = claim.n();

    assertEquals(TAKEN, refusal(s, n, "{\"n\": -1, \"key\": \"another\"}"));
    assertEquals(TAKEN, refusal(s, n, "{\"n\": -1, \"permit\": \"another\"}"));
    var never = new Outcome.Failed(Outcome.Failed.NEVER_DONE);
    ports.claims().settle(List.of(new Settlement(s.tenant(), n, never)));
    assertEquals(1, copy(s, n, "{\"n\": -1, \"permit\": \"another\"}"));
  }

  private String refusal(Setting s, long n, String but) {
    return assertThrows(SQLException.class, () -> copy(s, n, but)).getSQLState();
  }

  /// Writes a row like another.
  ///
  /// @param but columns that are not like it, as JSON
  private int copy(Setting s, long n, String but) throws SQLException {
    try (var connection = database.source().getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into claim (%1$s)
                select %1$s from (
                  select (jsonb_populate_record(c, ?::jsonb)).* from claim c
                  where tenant = ? and n = ?) copied
                """
                    .formatted(written(connection)))) {
      insert.setString(1, but);
      insert.setString(2, s.tenant());
      insert.setLong(3, n);
      return insert.executeUpdate();
    }
  }

  /// The columns that the database does not fill in itself.
  private static String written(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement(
                """
                select string_agg(quote_ident(column_name), ', ') from information_schema.columns
                where table_name = 'claim' and is_generated = 'NEVER'
                """);
        var row = select.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
