package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.port.Claims.Answer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a claim answers when the database did its work and the answer was lost.
@ExtendWith(TestDatabase.class)
final class PgOutageTest {
  private final Database database;
  private final Ports ports;
  private final Setting s;

  PgOutageTest(Database database, Ports ports) {
    this.database = database;
    this.ports = ports;
    this.s = Setting.in(ports).at("a", 1);
  }

  @Test
  void givenACommitThatWasNotAnsweredWhenItIsAskedOnceMoreThenTheClaimIsItsOwn() {
    var request = s.draft("a", 1, 1).countedAsAttempt().request();
    var twice = s.draft("a", 2, 1).request();
    var claims = claimsThatLoseAnswers(1);
    var answers = claims.claim(List.of(request, twice, twice));
    assertInstanceOf(Answer.Granted.class, answers.get(0));
    assertInstanceOf(Answer.Granted.class, answers.get(1));
    assertInstanceOf(Answer.Already.class, answers.get(2));
    assertEquals(2, ports.claims().page(s.tenant(), 0, Optional.empty(), 10).size());
    ports.refresh().run();
    assertEquals(1, ports.standings().of(s.tenant(), "buyer-a").attempts());
  }

  @Test
  void givenACommitThatIsNeverAnsweredThenItIsAnOutageAndALaterClaimFindsIt() {
    var request = s.draft("a", 1, 1).request();
    var outage = assertThrows(Outage.class, () -> claimsThatLoseAnswers(2).claim(List.of(request)));
    assertFalse(outage.getMessage().contains("buyer"));
    s.at("a", 2);
    assertInstanceOf(Answer.Already.class, ports.claims().claim(List.of(request)).getFirst());
  }

  private PgClaims claimsThatLoseAnswers(int times) {
    return new PgClaims(
        new Lossy(database.claims(), times).source(), Outcomes::write, Outcomes::read);
  }

  /// Connections that break right after the server has done what it was asked.
  private static final class Lossy {
    private final DataSource source;
    private int left;

    Lossy(DataSource source, int times) {
      this.source = source;
      this.left = times;
    }

    DataSource source() {
      return on(
          DataSource.class,
          source,
          connection ->
              on(
                  Connection.class,
                  connection,
                  statement -> on(PreparedStatement.class, statement, this::lose)));
    }

    private Object lose(Object answer) throws SQLException {
      if (left == 0) return answer;
      left--;
      throw new SQLException("the connection broke", "08006");
    }

    private interface Then {
      Object take(Object answer) throws SQLException;
    }

    private static <T> T on(Class<T> type, Object target, Then then) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, arguments) -> {
                Object answer;
                try {
                  answer = method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                return switch (method.getName()) {
                  case "getConnection" -> type == DataSource.class ? then.take(answer) : answer;
                  case "prepareStatement", "executeQuery" -> then.take(answer);
                  default -> answer;
                };
              }));
    }
  }
}
