package baton.persistence.audit;

import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.action.Words;
import baton.handoff.agent.AgentEvent;
import baton.handoff.fact.Sealed;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Chained;
import baton.persistence.codec.JournalCodec;
import baton.persistence.codec.Link;
import baton.persistence.codec.LinkSerializer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/// A conversation with the real kernel, whose journal, agent's journal and claims lie in the tables
/// as an engine leaves them.
final class Played {
  private static final Instant NOON = Instant.parse("2026-11-20T17:00:00Z");

  private final DataSource database;
  private final ConversationId id;
  private final PolicyDocument document;
  private State state;
  private String head = Chained.FIRST;
  private String agentHead = Chained.FIRST;
  private long rows;
  private long agentRows;
  private Instant now = NOON;

  private Played(DataSource database, ConversationId id, PolicyDocument document) {
    this.database = database;
    this.id = id;
    this.document = document;
    this.state = Conversation.blank(id);
  }

  static Played opened(DataSource database, String name, PolicyDocument document)
      throws SQLException {
    var played = new Played(database, new ConversationId("default", name), document);
    played.keepPolicy();
    played.keepKeys();
    var buyer =
        new Command.Buyer(
            "subject-" + name,
            "body",
            played.seal("buyer", "identity"),
            Optional.empty(),
            Optional.empty(),
            "America/Denver",
            "",
            "");
    played.tell(new Command.Open(document.policy().campaign(), "chat", buyer));
    return played;
  }

  /// The buyer says something, and is answered.
  Played says(String message) throws SQLException {
    tell(new Command.Hear(message, message, seal(message, "transcript"), List.of(), 95));
    return this;
  }

  String journal() {
    return "conversation|" + id.key();
  }

  /// Decides, stores, and makes the calls that are owed until it is the buyer's turn.
  private void tell(Command command) throws SQLException {
    now = now.plusSeconds(1);
    var circumstances =
        new Circumstances(
            now,
            Circumstances.Control.RUNNING,
            Circumstances.Standing.CLEAR,
            0,
            document.policy().hash(),
            new Circumstances.Versions(Conversation.KERNEL, "none", "none"));
    switch (Step.take(state, command, circumstances, document.policy())) {
      case Step.Taken(var entry, var next, _, var calls) -> {
        // The first row is of before an update.
        var link = Link.of(rows == 0 ? JournalCodec.OLDEST : JournalCodec.NEWEST, head, entry);
        insert(journal(), ++rows, LinkSerializer.ENTRY, link.bytes());
        head = link.hash();
        state = next;
        for (var call : calls) carryOut(call);
      }
      case Step other -> throw new IllegalStateException(other.toString());
    }
  }

  private void carryOut(Call call) throws SQLException {
    switch (call) {
      case Call.Ask(var role, var epoch, var ask) -> answer(role, epoch, ask);
      case Call.Perform(var permit, var action) -> perform(permit, action);
      case Call.WakeAt _ -> {}
      case Call other -> throw new IllegalStateException(other.toString());
    }
  }

  private void answer(Role role, long epoch, long ask) throws SQLException {
    boolean first = agentRows == 0;
    var said = new Words.Own(seal("answer " + ask, "transcript"), List.of());
    List<Action> actions =
        first
            ? List.of(new Action.Disclose("ai", new Words.Line("disclosure-ai")))
            : List.of(new Action.Speak(said, ""));
    var link =
        AgentLink.of(
            agentHead,
            new AgentEvent.Answered(ask, epoch, actions, new TreeMap<>(), Optional.empty()));
    insert(
        "agent|" + id.key() + "|" + role.name(),
        ++agentRows,
        LinkSerializer.AGENT_EVENT,
        link.bytes());
    agentHead = link.hash();
    tell(new Command.Answer(role, epoch, ask, actions));
  }

  private void perform(Permit permit, Action action) throws SQLException {
    try (var connection = database.getConnection()) {
      long n = claim(connection, permit, action);
      tell(new Command.Settle(permit.id(), n, permit.digest(), now, Outcome.confirmed()));
    }
  }

  private long claim(Connection connection, Permit permit, Action action) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            insert into claim (tenant, permit, n, conversation, campaign, subject, role, epoch,
              authority, policy, kind, key, digest, payload, claimant, claimed_at, state,
              settled_at, outcome)
            values (?, ?, nextval('claim_n'), ?, '', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              'CONFIRMED', now(), ?)
            returning n\
            """)) {
      int i = 0;
      insert.setString(++i, id.tenant());
      insert.setString(++i, permit.id());
      insert.setString(++i, id.id());
      insert.setString(++i, permit.role().name());
      insert.setLong(++i, permit.epoch());
      insert.setLong(++i, permit.authority());
      insert.setString(++i, permit.policy());
      insert.setString(++i, permit.kind());
      insert.setString(++i, permit.key());
      insert.setString(++i, permit.digest());
      insert.setString(++i, Canonical.json(action));
      insert.setObject(++i, new UUID(0, rows));
      insert.setObject(++i, now.atOffset(ZoneOffset.UTC));
      insert.setString(++i, JournalCodec.toJson(Outcome.confirmed()));
      try (var n = insert.executeQuery()) {
        n.next();
        return n.getLong(1);
      }
    }
  }

  private void keepPolicy() throws SQLException {
    change(
        "insert into policy (tenant, hash, campaign, title, json, stored_at)"
            + " values ('default', ?, '', '', ?, now()) on conflict do nothing",
        document.policy().hash(),
        document.json());
  }

  private void keepKeys() throws SQLException {
    for (var purpose : List.of("identity", "transcript")) {
      change(
          "insert into subject_key (tenant, subject, purpose, wrapped) values ('default', ?, ?, '')",
          "subject-" + id.id(),
          purpose);
    }
  }

  private void change(String sql, String... values) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
      statement.executeUpdate();
    }
  }

  private Sealed seal(String clear, String purpose) {
    return new Sealed("subject-" + id.id(), purpose, "digest", "sealed " + clear);
  }

  private void insert(String journal, long number, String manifest, byte[] bytes)
      throws SQLException {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into event_journal (persistence_id, sequence_number, writer, event_ser_id,"
                    + " event_ser_manifest, event_payload) values (?, ?, 'w', ?, ?, ?)")) {
      insert.setString(1, journal);
      insert.setLong(2, number);
      insert.setInt(3, LinkSerializer.ID);
      insert.setString(4, manifest);
      insert.setBytes(5, bytes);
      insert.executeUpdate();
    }
  }
}
