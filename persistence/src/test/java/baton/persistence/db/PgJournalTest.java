package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.agent.AgentEvent;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Chain;
import baton.persistence.codec.Chained;
import baton.persistence.codec.Link;
import baton.persistence.codec.LinkSerializer;
import baton.persistence.codec.Unreadable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(TestDatabase.class)
class PgJournalTest {
  private final DataSource database;
  private final PgJournal journal;

  PgJournalTest(Database database) {
    this.database = database.source();
    this.journal = new PgJournal(this.database);
  }

  @Test
  void rowsComeInOrderWithTheVeryBytesThatWereStored() throws SQLException {
    var id = new ConversationId("journal", "in-order");
    var links = store(id, 5);
    var rows = journal.rows(id, 0, 100);
    assertEquals(links, rows.stream().map(PgJournal.Row::link).toList());
    assertArrayEquals(links.get(3).bytes(), rows.get(3).link().bytes());
    assertInstanceOf(Chain.Followed.Whole.class, Chain.START.follow(rows));
  }

  @Test
  void theLastRowOfManyIsKnown() throws SQLException {
    var three = new ConversationId("journal", "three");
    var one = new ConversationId("journal", "one");
    store(three, 3);
    store(one, 1);
    var none = new ConversationId("journal", "none");
    assertEquals(Map.of(three, 3L, one, 1L), journal.highest(List.of(one, none, three)));
    assertEquals(Map.of(), journal.highest(List.of()));
  }

  @Test
  void theyCanBePaged() throws SQLException {
    var id = new ConversationId("journal", "paged");
    store(id, 5);
    assertEquals(List.of(1L, 2L), numbers(journal.rows(id, 0, 2)));
    assertEquals(List.of(3L, 4L), numbers(journal.rows(id, 2, 2)));
    assertEquals(List.of(5L), numbers(journal.rows(id, 4, 2)));
    assertEquals(List.of(), numbers(journal.rows(id, 5, 2)));
  }

  @Test
  void conversationsOfOtherTenantsAndLongerNamesAreOthers() throws SQLException {
    store(new ConversationId("journal", "same"), 2);
    store(new ConversationId("journal-2", "same"), 3);
    store(new ConversationId("journal", "same-2"), 4);
    var id = new ConversationId("journal", "same");
    assertEquals(List.of(1L, 2L), numbers(journal.rows(id, 0, 100)));
    assertEquals(Optional.of(2L), journal.highest(id));
  }

  @Test
  void aConversationThatHasNoRowHasNoHighest() {
    var id = new ConversationId("journal", "nobody");
    assertEquals(Optional.empty(), journal.highest(id));
    assertEquals(List.of(), journal.rows(id, 0, 100));
  }

  @Test
  void anAgentsOwnJournalIsReadByItsRole() throws SQLException {
    var id = new ConversationId("journal", "agents");
    var link = AgentLink.of(Chained.FIRST, new AgentEvent.Replied(3, true, ""));
    insert("agent|journal.agents|booking", 1, LinkSerializer.AGENT_EVENT, link.bytes());
    assertEquals(List.of(new PgJournal.AgentRow(1, link)), journal.rows(id, Role.BOOKING, 0, 100));
    assertEquals(List.of(), journal.rows(id, Role.CLOSING, 0, 100));
  }

  @Test
  void aDamagedRowIsNamedByItsNumber() throws SQLException {
    var id = new ConversationId("journal", "damaged");
    store(id, 2);
    insert("conversation|journal.damaged", 3, LinkSerializer.ENTRY, new byte[] {1, 2, 3});
    assertEquals(2, journal.rows(id, 0, 2).size());
    var refusal = assertThrows(Unreadable.class, () -> journal.rows(id, 0, 100));
    assertEquals(
        "row 3 of conversation|journal.damaged:"
            + " a conversation's row does not begin with its format: it is damaged",
        refusal.getMessage());
  }

  @Test
  void aRowOfAnotherKindIsRefused() throws SQLException {
    var id = new ConversationId("journal", "kind");
    var link = AgentLink.of(Chained.FIRST, new AgentEvent.Replied(3, true, ""));
    insert("conversation|journal.kind", 1, LinkSerializer.AGENT_EVENT, link.bytes());
    var refusal = assertThrows(Unreadable.class, () -> journal.rows(id, 0, 100));
    assertEquals(
        "row 1 of conversation|journal.kind: it is not of the kind entry/1", refusal.getMessage());
  }

  @Test
  void anOutageIsAnException() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});
    var journal = new PgJournal(nowhere);
    var id = new ConversationId("journal", "outage");
    assertThrows(Outage.class, () -> journal.rows(id, 0, 1));
    assertThrows(Outage.class, () -> journal.highest(id));
  }

  private static List<Long> numbers(List<PgJournal.Row> rows) {
    return rows.stream().map(PgJournal.Row::number).toList();
  }

  private List<Link> store(ConversationId id, int rows) throws SQLException {
    var now =
        new Circumstances(
            Instant.EPOCH,
            Circumstances.Control.RUNNING,
            Circumstances.Standing.CLEAR,
            0,
            "",
            new Circumstances.Versions(1, "", ""));
    var links = new ArrayList<Link>();
    String head = Chained.FIRST;
    for (int i = 1; i <= rows; i++) {
      var events = List.<Event>of(new Event.SilenceFell(i));
      var link = Link.of(head, new Entry(i, new Command.Wake(), now, events));
      links.add(link);
      head = link.hash();
    }
    for (int i = rows; i >= 1; i--) {
      insert(PgJournal.persistenceId(id), i, LinkSerializer.ENTRY, links.get(i - 1).bytes());
    }
    return links;
  }

  private void insert(String persistenceId, long number, String manifest, byte[] bytes)
      throws SQLException {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into event_journal (persistence_id, sequence_number, writer, event_ser_id,"
                    + " event_ser_manifest, event_payload) values (?, ?, 'w', ?, ?, ?)")) {
      insert.setString(1, persistenceId);
      insert.setLong(2, number);
      insert.setInt(3, LinkSerializer.ID);
      insert.setString(4, manifest);
      insert.setBytes(5, bytes);
      insert.executeUpdate();
    }
  }
}
