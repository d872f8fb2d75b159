package baton.persistence.journal;

import baton.persistence.db.Database;
import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/// Pekko's journal on [JournalRows]. Journals are kept: nothing deletes from one.
///
/// Settings: `url`, `user` and `password` of the database, the latter two empty where the URL says
/// them.
public final class PgWriteJournal extends AsyncWriteJournal {
  /// Less than the circuit breaker waits: whoever is given up on has not been forgotten here.
  private static final int STATEMENT_MAX_MS = 8_000;

  private final HikariDataSource connections;
  private final JournalRows rows;
  private final Payloads payloads;
  private final Executor dispatcher;

  /// Called by Pekko.
  public PgWriteJournal(Config config) {
    connections =
        Database.pool(
            "baton-journal",
            config.getString("url"),
            config.getString("user"),
            config.getString("password"),
            JournalRows.CONNECTIONS,
            STATEMENT_MAX_MS);
    rows = new JournalRows(connections);
    payloads = new Payloads(context().system());
    dispatcher = context().dispatcher();
  }

  @Override
  public void postStop() {
    rows.close();
    connections.close();
  }

  /// All or none: what comes in one call is of one actor.
  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    var messages =
        StreamSupport.stream(writes.spliterator(), false)
            .flatMap(write -> CollectionConverters.asJava(write.payload()).stream())
            .map(this::row)
            .toList();
    return FutureConverters.asScala(
        rows.append(messages)
            .thenApply(_ -> {
              var written = new ArrayList<Optional<Exception>>();
              for (var _ : writes) written.add(Optional.empty());
              return written;
            }));
  }

  private JournalRows.Row row(PersistentRepr message) {
    return new JournalRows.Row(
        message.persistenceId(),
        message.sequenceNr(),
        message.writerUuid(),
        message.timestamp(),
        message.manifest(),
        payloads.written(message.payload()));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    return FutureConverters.asScala(rows.highest(persistenceId));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return FutureConverters.asScala(replay(persistenceId, from, to, max, replay));
  }

  private CompletionStage<Void> replay(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    if (max <= 0 || from > to) return CompletableFuture.completedFuture(null);
    return rows.page(persistenceId, from, to)
        .thenComposeAsync(
            page -> {
              page.stream().limit(max).forEach(row -> replay.accept(message(row)));
              if (page.size() < JournalRows.PAGE) return CompletableFuture.completedFuture(null);
              long next = page.getLast().number() + 1;
              return replay(persistenceId, next, to, max - page.size(), replay);
            },
            dispatcher);
  }

  private PersistentRepr message(JournalRows.Row row) {
    return PersistentRepr.apply(
            payloads.read(row.payload()),
            row.number(),
            row.persistenceId(),
            row.manifest(),
            false,
            ActorRef.noSender(),
            row.writer())
        .withTimestamp(row.timestamp());
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long to) {
    return FutureConverters.asScala(
        CompletableFuture.failedFuture(
            new UnsupportedOperationException("journals are kept: nothing deletes from one")));
  }
}
