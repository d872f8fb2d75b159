package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.policy.Policy;
import baton.persistence.codec.Link;
import baton.persistence.codec.LinkSerializer;
import baton.persistence.db.PgJournal;
import baton.persistence.policy.PolicyCompiler;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// For a moment two nodes may both believe that a conversation is theirs. The one that is behind
/// neither says no to what the other has made right, nor leaves lying what the other began.
@ExtendWith(RunningEngine.class)
class TwoWritersTest {
  private static final Policy POLICY = PolicyCompiler.sample("inbound-trial").orThrow().policy();

  @Test
  void givenThatAnotherNodeTookItOver_whenItIsHandedBackHere_thenThatIsNotRefused(
      EngineProcess engine) throws SQLException {
    var talk = Talk.open(engine);
    assertEquals(409, talk.operator().handBack(talk.id()).status());
    talk.operator().takeOver(talk.id()).as(200);
    var other = new OtherNode(engine.database(), talk.id());
    var name = other.operator();
    talk.operator().handBack(talk.id()).as(200);
    talk.until(talk.seq(), "buyers-turn");

    other.appends(new Command.TakeOver(name));
    long seq = talk.seq();
    talk.operator().handBack(talk.id()).as(200);
    talk.until(seq, "buyers-turn");
    assertEquals(List.of(), talk.irregularities());
  }

  @Test
  void givenThatAnotherNodeBeganSomethingAndWent_whenItComesDue_thenItGoesOnHere(
      EngineProcess engine) throws SQLException {
    var talk = Talk.open(engine);
    talk.operator().takeOver(talk.id()).as(200);

    var other = new OtherNode(engine.database(), talk.id());
    long row = other.appends(new Command.HandBack(other.operator()));
    long seq = talk.seq();
    other.wakes(row);
    talk.until(seq, "answered");
    assertEquals(List.of(), talk.irregularities());
  }

  /// What another node does to the database, and no more.
  private record OtherNode(DataSource database, ConversationId id) {
    OtherNode(DataSource database, String id) {
      this(database, new ConversationId(ConversationId.DEFAULT_TENANT, id));
    }

    /// Who holds the conversation.
    String operator() {
      var live = (State.Live) new Ledger(database).state(id);
      return ((Lease.WithHuman) live.lease()).operator();
    }

    /// @return the journal's number of the row
    long appends(Command command) throws SQLException {
      var journal = new PgJournal(database);
      var last = journal.rows(id, 0, Integer.MAX_VALUE).getLast();
      var state = new Ledger(database).state(id);
      var step = (Step.Taken) Step.take(state, command, last.link().entry().now(), POLICY);
      var link = Link.of(last.link().hash(), step.entry());
      long number = last.number() + 1;
      try (var connection = database.getConnection();
          var insert =
              connection.prepareStatement(
                  "insert into event_journal (persistence_id, sequence_number, writer,"
                      + " write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest,"
                      + " event_payload) values (?, ?, 'another', 0, '', ?, ?, ?)")) {
        insert.setString(1, PgJournal.persistenceId(id));
        insert.setLong(2, number);
        insert.setInt(3, LinkSerializer.ID);
        insert.setString(4, LinkSerializer.ENTRY);
        insert.setBytes(5, link.bytes());
        insert.executeUpdate();
      }
      return number;
    }

    /// Its row of the wake table.
    void wakes(long row) throws SQLException {
      try (var connection = database.getConnection();
          var update =
              connection.prepareStatement(
                  "update conversation set seq = ?, due_at = now() where tenant = ? and id = ?")) {
        update.setLong(1, row);
        update.setString(2, id.tenant());
        update.setString(3, id.id());
        assertEquals(1, update.executeUpdate());
      }
    }
  }
}
