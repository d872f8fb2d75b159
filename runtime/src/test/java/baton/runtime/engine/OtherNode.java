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

/// What another node does to the database, behind the back of a supervisor, and no more.
record OtherNode(DataSource database, ConversationId id) {
  private static final Policy POLICY = PolicyCompiler.sample("inbound-trial").orThrow().policy();

  OtherNode(DataSource database, String id) {
    this(database, new ConversationId(ConversationId.DEFAULT_TENANT, id));
  }

  /// Who holds the conversation.
  String operator() {
    var live = (State.Live) new Ledger(database).state(id);
    return ((Lease.WithHuman) live.lease()).operator();
  }

  void takesOver() {
    try {
      appends(new Command.TakeOver("kim"));
    } catch (SQLException refused) {
      throw new IllegalStateException(refused);
    }
  }

  List<PgJournal.Row> rows() {
    return new PgJournal(database).rows(id, 0, Integer.MAX_VALUE);
  }

  /// @return the journal's number of the row
  long appends(Command command) throws SQLException {
    var last = rows().getLast();
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
