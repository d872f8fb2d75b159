package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.ConversationId;
import baton.handoff.port.Conversations;
import baton.persistence.db.Database;
import baton.persistence.db.LocalServer;
import baton.persistence.db.PgConversations;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryConversations;
import baton.persistence.memory.MemoryStore;
import baton.runtime.view.Roster.Held;
import baton.runtime.view.Roster.Place;
import baton.runtime.view.Roster.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for the roster over the ports and in PostgreSQL.
class RosterTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static LocalServer server;
  private static Database database;

  @BeforeAll
  static void start() throws IOException {
    server = LocalServer.start(Files.createTempDirectory(Path.of("target"), "roster"));
    database = Database.open(server);
    fill(new PgConversations(database.source()));
  }

  @AfterAll
  static void stop() {
    database.close();
    server.close();
  }

  static Stream<Roster> both() {
    var conversations = new MemoryConversations();
    fill(conversations);
    var claims = new MemoryClaims(new MemoryStore(InstantSource.fixed(NOON)));
    return Stream.of(new ScannedRoster(conversations, claims), new PgRoster(database.source()));
  }

  private static void fill(Conversations conversations) {
    conversations.update(
        List.of(
            row("a", "one", "open", "booking", 1),
            row("b", "one", "open", "booking", 5),
            row("c", "two", "passing", null, 3),
            row("d", "two", "with-human", "human", 3),
            row("e", "two", "closed", null, 9)));
    // Announced, and never begun: nobody's business.
    conversations.announce(new ConversationId("t", "z"), "one", NOON);
  }

  private static Conversations.Row row(
      String id, String campaign, String status, String holder, int minute) {
    return new Conversations.Row(
        new ConversationId("t", id),
        campaign,
        7,
        status,
        Optional.ofNullable(holder),
        2,
        NOON.plusSeconds(60L * minute),
        Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("both")
  void whatChangedLastComesFirstAndPagesMeetWithoutGapOrRepeat(Roster roster) {
    assertEquals(List.of("e", "b", "d", "c", "a"), ids(roster, Wanted.ALL, 10));
    var seen = new ArrayList<String>();
    Optional<Place> after = Optional.empty();
    while (true) {
      var page = roster.page("t", Wanted.ALL, after, 2);
      page.forEach(row -> seen.add(row.id().id()));
      if (page.size() < 2) break;
      after = Optional.of(new Place(page.getLast().updatedAt(), page.getLast().id().id()));
    }
    assertEquals(List.of("e", "b", "d", "c", "a"), seen);
    assertEquals(List.of(), roster.page("other", Wanted.ALL, Optional.empty(), 10));
  }

  @ParameterizedTest
  @MethodSource("both")
  void onlyWhatIsWantedIsListed(Roster roster) {
    assertEquals(List.of("b", "a"), ids(roster, wanted("open", null, null), 10));
    assertEquals(List.of("e", "d", "c"), ids(roster, wanted(null, "two", null), 10));
    assertEquals(List.of("d"), ids(roster, wanted(null, null, "human"), 10));
    assertEquals(List.of("c"), ids(roster, wanted(null, null, "nobody"), 10), "not what is closed");
    assertEquals(List.of(), ids(roster, wanted("closed", "one", null), 10));
  }

  @ParameterizedTest
  @MethodSource("both")
  void holdersAreCountedAmongWhatIsNotClosed(Roster roster) {
    assertEquals(
        List.of(
            new Held("open", "booking", 2),
            new Held("passing", "", 1),
            new Held("with-human", "human", 1)),
        roster.held("t"));
    assertEquals(List.of(), roster.unfinished("t", 10));
  }

  private static Wanted wanted(String status, String campaign, String holder) {
    return new Wanted(
        Optional.ofNullable(status), Optional.ofNullable(campaign), Optional.ofNullable(holder));
  }

  private static List<String> ids(Roster roster, Wanted wanted, int limit) {
    return roster.page("t", wanted, Optional.empty(), limit).stream()
        .map(row -> row.id().id())
        .toList();
  }
}
