package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.persistence.db.Database;
import baton.persistence.db.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for the list of open approvals in memory and in PostgreSQL.
class OpenApprovalsTest {
  private static LocalServer server;
  private static Database database;

  @BeforeAll
  static void start() throws IOException {
    server = LocalServer.start(Files.createTempDirectory(Path.of("target"), "approvals"));
    database = Database.open(server);
  }

  @AfterAll
  static void stop() {
    database.close();
    server.close();
  }

  static Stream<OpenApprovals> both() {
    return Stream.of(new MemoryOpenApprovals(), new PgOpenApprovals(database.source()));
  }

  @ParameterizedTest
  @MethodSource("both")
  void whatWasOpenedIsListedUntilItEnds(OpenApprovals approvals) {
    for (var entry : Journal.whole()) {
      approvals.follow(Journal.ID, entry.first(), entry.events());
    }
    var open = approvals.open("default", 10);
    assertEquals(
        List.of(new OpenApprovals.Row(Journal.ID, 20, Journal.NOON.plusSeconds(3600))), open);

    approvals.follow(Journal.ID, 99, List.of(new Event.ApprovalExpired(20)));
    assertEquals(List.of(), approvals.open("default", 10));
  }

  @ParameterizedTest
  @MethodSource("both")
  void tellingItTwiceChangesNothing(OpenApprovals approvals) {
    var id = new ConversationId("twice", "c");
    approvals.opened(id, 3, Journal.NOON);
    approvals.opened(id, 3, Journal.NOON);
    assertEquals(1, approvals.open("twice", 10).size());
    approvals.ended(id, 3);
    approvals.ended(id, 3);
    assertEquals(List.of(), approvals.open("twice", 10));
  }

  @ParameterizedTest
  @MethodSource("both")
  void theOneThatExpiresFirstIsFirstAndTenantsAreKeptApart(OpenApprovals approvals) {
    var one = new ConversationId("order", "one");
    var two = new ConversationId("order", "two");
    approvals.opened(one, 9, Journal.NOON.plusSeconds(2));
    approvals.opened(two, 4, Journal.NOON.plusSeconds(1));
    approvals.opened(new ConversationId("apart", "one"), 1, Journal.NOON);

    assertEquals(
        List.of(two, one),
        approvals.open("order", 10).stream().map(OpenApprovals.Row::conversation).toList());
    assertEquals(1, approvals.open("order", 1).size());
  }
}
