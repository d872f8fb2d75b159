package baton.simulation.torture;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Canonical;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.persistence.codec.JournalCodec;
import baton.persistence.codec.Link;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.history.HistoryWriter;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

/// A history of a real engine: what is asked of it and answered as it happens, and afterwards what
/// it left in its database.
public final class Recording implements AutoCloseable {
  private final HistoryWriter writer;

  /// Forgotten with this object, so that nobody can guess a text from its digest.
  private final String salt = UUID.randomUUID().toString();

  private long lastNumber;

  private Recording(HistoryWriter writer) {
    this.writer = writer;
  }

  public static Recording to(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return new Recording(HistoryWriter.to(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// @return the number to answer under
  synchronized long invoked(String process, Operation operation) {
    long number = ++lastNumber;
    writer.invoked(process, new Occurrence.Invoked(Instant.now(), number, operation));
    return number;
  }

  void returned(long number, Result result) {
    returned(Instant.now(), number, result, 0);
  }

  void returned(Instant at, long number, Result result, long claims) {
    writer.append(new Occurrence.Returned(at, number, result, claims));
  }

  public void killed(String process) {
    writer.append(new Occurrence.Killed(Instant.now(), process));
  }

  Operation.Say say(String conversation, String message, String text) {
    return new Operation.Say(id(conversation), message, Canonical.sha256(salt + "\n" + text));
  }

  static ConversationId id(String conversation) {
    return new ConversationId(ConversationId.DEFAULT_TENANT, conversation);
  }

  /// Everything that the engine left, once it has come to rest, in an order that it can have come
  /// about in: journals as they were written, and of the tables what is older than an entry, or
  /// what it tells the outcome of, before the entry.
  ///
  /// @param mail the folders in which letters lie that went out
  public void left(Database database, List<Path> mail) {
    var policies = new HashMap<String, PolicyDocument>();
    for (var json : database.texts("select json from policy")) {
      var document = PolicyCompiler.fromJson(json).orThrow();
      policies.put(document.policy().hash(), document);
    }
    var tables = tables(database, mail);
    long claimed = 0;
    var states = new HashMap<ConversationId, State>();
    for (var row : database.rows(JOURNALS, Recording::journaled)) {
      long told = told(row.entry);
      while (!tables.isEmpty()
          && (claimed < told || tables.peek().at.isBefore(row.entry.now().at()))) {
        var next = tables.remove().occurrence;
        writer.append(next);
        if (next instanceof Occurrence.Claimed(var claim, _, _)) claimed = claim.n();
      }
      var policy = policies.get(row.entry.now().policy());
      writer.policy(policy);
      var before = states.getOrDefault(row.id, Conversation.blank(row.id));
      var journaled = Occurrence.Journaled.of(before, row.entry, policy.policy());
      writer.append(journaled);
      states.put(row.id, journaled.after());
    }
    tables.forEach(row -> writer.append(row.occurrence));
  }

  /// Claims, what tools did under them, and outcomes, by the database's clock.
  private static Queue<TableRow> tables(Database database, List<Path> mail) {
    var rows = new ArrayList<TableRow>();
    rows.addAll(database.rows(CLAIMS, Recording::claimed));
    rows.addAll(database.rows(EFFECTS, Recording::called));
    rows.addAll(database.rows(LETTERS, row -> letter(row, mail)));
    rows.addAll(database.rows(OUTCOMES, Recording::settled));
    // What stands first at one moment stays first.
    rows.sort(Comparator.comparing(TableRow::at));
    return new ArrayDeque<>(rows);
  }

  /// The highest number of a claim that it tells the outcome of.
  private static long told(Entry entry) {
    return entry.events().stream()
        .mapToLong(event -> event instanceof Event.Settled settled ? settled.claim() : 0)
        .max()
        .orElse(0);
  }

  private record TableRow(Instant at, Occurrence occurrence) {}

  private record JournalRow(ConversationId id, Entry entry) {}

  private static final String JOURNALS =
      """
      select persistence_id, event_payload from event_journal
      where persistence_id like 'conversation|%' order by ordering
      """;

  private static JournalRow journaled(ResultSet row) throws SQLException {
    var id = ConversationId.parse(row.getString(1).split("\\|")[1]);
    return new JournalRow(id, Link.read(row.getBytes(2)).entry());
  }

  private static final String CLAIMS =
      """
      select n, permit, tenant, conversation, campaign, role, epoch, kind, key, digest, claimed_at,
        payload, policy, authority
      from claim order by n
      """;

  private static TableRow claimed(ResultSet row) throws SQLException {
    var claim =
        new Claims.Claim(
            row.getLong("n"),
            row.getString("permit"),
            new ConversationId(row.getString("tenant"), row.getString("conversation")),
            row.getString("campaign"),
            new Role(row.getString("role")),
            row.getLong("epoch"),
            row.getString("kind"),
            row.getString("key"),
            row.getString("digest"),
            Claims.ClaimState.CLAIMED,
            instant(row, "claimed_at"),
            Optional.empty(),
            row.getString("payload"),
            Optional.empty());
    return new TableRow(
        claim.at(),
        new Occurrence.Claimed(claim, row.getString("policy"), row.getLong("authority")));
  }

  /// The tools' own word on what they did; the claims have no part in it.
  private static final String EFFECTS =
      "select at, key, digest, outcome ->> 'type' = 'confirmed' as done from tool_effect"
          + " order by at, key";

  private static TableRow called(ResultSet row) throws SQLException {
    return called(row, row.getBoolean("done"));
  }

  private static TableRow called(ResultSet row, boolean done) throws SQLException {
    var at = instant(row, "at");
    return new TableRow(
        at, new Occurrence.Called(at, row.getString("key"), row.getString("digest"), done));
  }

  private static final String LETTERS =
      "select at, key, digest, letter, state from letter order by at, key";

  /// A letter that was under way when the engine was killed has gone out if it lies in the folder.
  private static TableRow letter(ResultSet row, List<Path> mail) throws SQLException {
    boolean sent =
        switch (row.getString("state")) {
          case "sent" -> true;
          case "sending" -> isIn(mail, row.getString("letter"));
          default -> false;
        };
    return called(row, sent);
  }

  static boolean isIn(List<Path> mail, String letter) {
    return mail.stream().anyMatch(folder -> Files.exists(folder.resolve(letter + ".eml")));
  }

  private static final String OUTCOMES =
      "select n, settled_at, outcome from claim where outcome is not null order by n";

  private static TableRow settled(ResultSet row) throws SQLException {
    return new TableRow(
        instant(row, "settled_at"),
        new Occurrence.Settled(row.getLong("n"), JournalCodec.outcome(row.getString("outcome"))));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Override
  public void close() {
    writer.close();
  }
}
