package baton.persistence.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Conversation;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.db.Database;
import baton.persistence.db.LocalServer;
import baton.persistence.db.TestDatabase;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Journals as an engine leaves them, and what somebody may do to them afterwards. Each change that
/// is not found would be a forgery that passes.
@ExtendWith(TestDatabase.class)
class AuditTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final PolicyDocument INBOUND = PolicyCompiler.sample("inbound-trial").orThrow();
  private static final String ANN = "conversation|default.ann";

  @TempDir private Path folder;
  private final Database database;

  AuditTest(LocalServer server, Database shared) throws SQLException {
    var name = "audit_" + DATABASES.incrementAndGet();
    try (var connection = shared.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    var url = server.jdbcUrl().replaceFirst("/postgres$", "/" + name);
    database = Database.open(url, server.user(), server.password());
    Played.opened(database.source(), "ann", INBOUND).says("m1").says("m2").says("m3");
    Played.opened(database.source(), "bob", INBOUND).says("m1");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givenWhatAnEngineLeft_thenAllOfItIsReadAndNothingIsWrong() throws SQLException {
    var report = audit();
    assertEquals(List.of(), lines(report));
    assertEquals(2, report.conversations());
    assertEquals(4, report.journals());
    assertTrue(report.events() > 40, report.toString());
    assertEquals(6, report.claims());
    assertEquals(0, report.textsGone());
  }

  @Test
  void givenAnAlteredWord_thenTheNextRowDoesNotNameItsHash() throws SQLException {
    alter(ANN, 4, "sealed", "SEALED");
    assertEquals(
        List.of("conversation default.ann, row 5: it does not name the hash of the row before it"),
        lines(audit()));
  }

  @Test
  void givenADecisionThatWasChangedAndTheChainSignedAnew_thenItIsNotWhatFollows()
      throws SQLException {
    alter(ANN, 2, "\"consent\"", "[\"consent\",\"consent.calls\",\"engine\"]");
    rechain(ANN);
    assertEquals(
        List.of(
            "conversation default.ann, event 8: `decided` is recorded with another"
                + " findings[5].clause than follows when it is decided again"),
        lines(audit()));
  }

  /// Nothing was altered: other rules decide otherwise.
  @Test
  void givenADecisionByAnOlderKernel_thenThatIsToldAndNotThatItWasChanged() throws SQLException {
    String older = "\"kernel\":" + (Conversation.KERNEL - 1);
    alter(ANN, 1, "\"kernel\":" + Conversation.KERNEL, older);
    rechain(ANN);
    assertEquals(
        List.of(
            "conversation default.ann, row 1: it was decided by an older kernel: verify with a"
                + " version that has it"),
        lines(audit()));
  }

  @Test
  void givenARowThatIsTakenOut_thenItIsMissed() throws SQLException {
    change(
        "delete from event_journal where persistence_id = '" + ANN + "' and sequence_number = 4");
    assertEquals(
        List.of("conversation default.ann, row 5: row 4 was expected: rows are missing"),
        lines(audit()));
  }

  @Test
  void givenARowThatIsMarkedAsDeleted_thenThatIsTold() throws SQLException {
    change(
        "update event_journal set deleted = true where persistence_id = '"
            + ANN
            + "' and sequence_number = 4");
    assertEquals(
        List.of("conversation default.ann, row 4: it is marked as deleted"), lines(audit()));
  }

  @Test
  void givenTwoRowsThatAreExchanged_thenTheFirstIsFound() throws SQLException {
    exchange(ANN, 3, 4);
    assertEquals(
        List.of("conversation default.ann, row 3: it does not name the hash of the row before it"),
        lines(audit()));
  }

  @Test
  void givenAnAgentsAnswerThatWasAltered_thenItsOwnChainTells() throws SQLException {
    alter("agent|default.ann|booking", 1, "disclosure-ai", "disclosure-xx");
    assertEquals(
        List.of(
            "agent booking of default.ann, row 2: it does not name the hash of the row before it"),
        lines(audit()));
  }

  @Test
  void givenADamagedRow_thenItIsNamed() throws SQLException {
    change(
        "update event_journal set event_payload = '\\x0102' where persistence_id = '"
            + ANN
            + "' and sequence_number = 2");
    assertEquals(
        List.of(
            "conversation default.ann, row 2: it does not begin as a row of format 1 or 2 does"),
        lines(audit()));
  }

  @Test
  void givenAnEventOfAnUnknownKind_thenItIsNamed() throws SQLException {
    alter(ANN, 4, "\"type\":\"heard\"", "\"type\":\"heeded\"");
    var lines = lines(audit());
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.getFirst().startsWith("conversation default.ann, row 4: "), lines.getFirst());
    assertTrue(lines.getFirst().contains("unknown type `heeded`"), lines.getFirst());
  }

  @Test
  void givenAPolicyWhoseTextWasAltered_thenItIsNotWhatItsHashSays() throws SQLException {
    change("update policy set json = replace(json, 'Inbound', 'Outbound')");
    var lines = lines(audit());
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.getFirst().endsWith("is stored with another text"), lines.getFirst());
  }

  @Test
  void givenAPolicyThatIsGone_thenThatIsTold() throws SQLException {
    change("delete from policy");
    var lines = lines(audit());
    assertTrue(lines.getFirst().endsWith("under which it was decided, is not there"));
  }

  @Test
  void givenAClaimThatNobodyPermitted_thenItIsFound() throws SQLException {
    change("update claim set permit = permit || '0' where n = 1");
    assertEquals(
        List.of("conversation default.ann: claim 1 has a permit that nobody gave"), lines(audit()));
  }

  @Test
  void givenAClaimWithAnotherOutcome_thenItIsFound() throws SQLException {
    change("update claim set outcome = '{\"type\":\"failed\",\"reason\":\"x\"}' where n = 2");
    var lines = lines(audit());
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(
        lines.getFirst().endsWith("claim 2 has another outcome in its table"), lines.getFirst());
  }

  @Test
  void givenAClaimThatIsGone_thenItsOutcomeTells() throws SQLException {
    change("delete from claim where n = 2");
    var lines = lines(audit());
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(
        lines.getFirst().endsWith("the claim 2 that it is the outcome of is not there"),
        lines.getFirst());
  }

  @Test
  void givenAConversationWithoutAJournal_thenItsClaimsTell() throws SQLException {
    change("delete from event_journal where persistence_id = '" + ANN + "'");
    assertEquals(
        List.of("conversation default.ann: it has claims, and its journal is gone"),
        lines(audit()));
  }

  @Test
  void givenAKeyThatIsDestroyed_thenNothingIsWrongAndTheTextsAreCounted() throws SQLException {
    change("delete from subject_key where subject = 'subject-ann' and purpose = 'transcript'");
    var report = audit();
    assertEquals(List.of(), lines(report));
    // Three of the buyer's, and three answers, each once in its row.
    assertEquals(6, report.textsGone());
  }

  @Test
  void givenACutOffTail_thenOnlyACheckpointTells() throws SQLException, IOException {
    var writer = writer();
    writer.write();
    change(
        "delete from event_journal where persistence_id = '" + ANN + "' and sequence_number > 9");
    change("delete from claim where n > 3 and conversation = 'ann'");
    assertEquals(List.of(), lines(audit()), "without checkpoints nobody could know");
    var lines = lines(audit(checkpoints()));
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.getFirst().startsWith("conversation default.ann, row 10: rows 10 to "));
    assertTrue(lines.getFirst().endsWith(" are gone: a checkpoint has them"));
  }

  @Test
  void givenAPastThatWasWrittenAnew_thenACheckpointTells() throws SQLException, IOException {
    writer().write();
    alter(ANN, 1, "\"zone\":\"America/Denver\"", "\"zone\":\"America/Boise\"");
    rechain(ANN);
    assertEquals(List.of(), lines(audit()), "it is a past that could have been");
    var lines = lines(audit(checkpoints()));
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.getFirst().endsWith("it is another one than a checkpoint has signed"));
  }

  @Test
  void givenAConversationThatIsGoneAltogether_thenACheckpointTells()
      throws SQLException, IOException {
    writer().write();
    change("delete from event_journal where persistence_id like '%default.bob%'");
    change("delete from claim where conversation = 'bob'");
    assertEquals(List.of(), lines(audit()));
    assertEquals(
        List.of(
            "agent booking of default.bob: it is gone: a checkpoint has it",
            "conversation default.bob: it is gone: a checkpoint has it"),
        lines(audit(checkpoints())));
  }

  @Test
  void givenWorkThatWentOn_thenTheNextCheckpointNamesWhatChanged()
      throws SQLException, IOException {
    var writer = writer();
    var first = writer.write();
    assertEquals(4, first.changed());
    assertEquals(0, writer.write().changed());
    Played.opened(database.source(), "cid", INBOUND).says("m1");
    var third = writer.write();
    assertEquals(2, third.changed());
    assertEquals(6, third.journals());
    var report = audit(checkpoints());
    assertEquals(List.of(), lines(report));
    assertEquals(3, report.checkpoints());
  }

  @Test
  void givenACheckpointThatWasAltered_thenItIsToldAndNoneIsWrittenAfterIt()
      throws SQLException, IOException {
    var made = writer().write();
    Files.writeString(made.file(), Files.readString(made.file()).replace("\"row\":1", "\"row\":2"));
    assertEquals(
        List.of(
            "checkpoint-000001.json: its signature is not that of the key; those from it on were"
                + " not used"),
        lines(audit(checkpoints())));
    var refusal = assertThrows(IOException.class, () -> writer().write());
    assertTrue(refusal.getMessage().contains("move the folder's checkpoints aside"));
  }

  @Test
  void givenACheckpointOfAnotherKey_thenItIsNotBelieved() throws SQLException, IOException {
    writer().write();
    var other = Files.createDirectory(folder.resolve("other"));
    CheckpointKey.load(other);
    var believed = Checkpoints.in(folder.resolve("checkpoints"), CheckpointKey.publicPart(other));
    assertEquals(1, lines(audit(believed)).size());
  }

  @Test
  void givenACheckpointThatIsMissing_thenThatIsTold() throws SQLException, IOException {
    var writer = writer();
    var first = writer.write();
    writer.write();
    Files.delete(first.file());
    assertEquals(
        List.of(
            "checkpoint-000002.json: checkpoint 1 was expected: one is missing; those from it on"
                + " were not used"),
        lines(audit(checkpoints())));
  }

  private AuditReport audit() throws SQLException {
    return audit(Checkpoints.none());
  }

  private AuditReport audit(Checkpoints checkpoints) throws SQLException {
    return new Audit(database.source(), checkpoints, _ -> {}).run();
  }

  private static List<String> lines(AuditReport report) {
    return report.differences().stream().map(Difference::line).toList();
  }

  private CheckpointWriter writer() {
    return new CheckpointWriter(
        database.source(),
        folder.resolve("checkpoints"),
        CheckpointKey.load(folder),
        InstantSource.fixed(Instant.parse("2026-11-20T18:00:00Z")));
  }

  private Checkpoints checkpoints() throws IOException {
    return Checkpoints.in(folder.resolve("checkpoints"), CheckpointKey.publicPart(folder));
  }

  private void change(String sql) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      assertTrue(statement.executeUpdate(sql) > 0, "nothing was changed: " + sql);
    }
  }

  private byte[] bytes(String journal, long row) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement =
            connection.prepareStatement(
                "select event_payload from event_journal where persistence_id = ?"
                    + " and sequence_number = ?")) {
      statement.setString(1, journal);
      statement.setLong(2, row);
      try (var found = statement.executeQuery()) {
        return found.next() ? found.getBytes(1) : null;
      }
    }
  }

  private void put(String journal, long row, byte[] bytes) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement =
            connection.prepareStatement(
                "update event_journal set event_payload = ? where persistence_id = ?"
                    + " and sequence_number = ?")) {
      statement.setBytes(1, bytes);
      statement.setString(2, journal);
      statement.setLong(3, row);
      assertEquals(1, statement.executeUpdate());
    }
  }

  private void alter(String journal, long row, String from, String to) throws SQLException {
    var text = new String(bytes(journal, row), StandardCharsets.UTF_8);
    assertTrue(text.contains(from), "row " + row + " of " + journal + " has no " + from);
    put(journal, row, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }

  private void exchange(String journal, long one, long other) throws SQLException {
    var kept = bytes(journal, one);
    put(journal, one, bytes(journal, other));
    put(journal, other, kept);
  }

  /// As somebody would who may write to the database and knows how rows are chained.
  private void rechain(String journal) throws SQLException {
    var head = Checkpoint.FIRST;
    for (long row = 1; ; row++) {
      var bytes = bytes(journal, row);
      if (bytes == null) return;
      var text = new String(bytes, StandardCharsets.UTF_8);
      var changed =
          text.replaceFirst("\"previous\":\"[0-9a-f]{64}\"", "\"previous\":\"" + head + "\"");
      bytes = changed.getBytes(StandardCharsets.UTF_8);
      put(journal, row, bytes);
      head = ChainCheck.sha256(bytes);
    }
  }
}
