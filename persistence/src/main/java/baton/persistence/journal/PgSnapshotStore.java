package baton.persistence.journal;

import baton.persistence.db.Database;
import com.typesafe.config.Config;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/// Pekko's snapshots on [SnapshotRows]. Settings: as of [PgWriteJournal].
public final class PgSnapshotStore extends SnapshotStore {
  private static final int STATEMENT_MAX_MS = 8_000;

  private final HikariDataSource connections;
  private final SnapshotRows rows;
  private final Payloads payloads;

  /// Called by Pekko.
  public PgSnapshotStore(Config config) {
    connections =
        Database.pool(
            "baton-snapshots",
            config.getString("url"),
            config.getString("user"),
            config.getString("password"),
            SnapshotRows.CONNECTIONS,
            STATEMENT_MAX_MS);
    rows = new SnapshotRows(connections);
    payloads = new Payloads(context().system());
  }

  @Override
  public void postStop() {
    rows.close();
    connections.close();
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        rows.latest(persistenceId, range(criteria)).thenApply(found -> found.map(this::snapshot)));
  }

  private SelectedSnapshot snapshot(SnapshotRows.Row row) {
    return SelectedSnapshot.apply(
        new SnapshotMetadata(row.persistenceId(), row.number(), row.created()),
        payloads.read(row.payload()));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata about, Object state) {
    var row =
        new SnapshotRows.Row(
            about.persistenceId(), about.sequenceNr(), about.timestamp(), payloads.written(state));
    return FutureConverters.asScala(rows.save(row));
  }

  /// Whoever names a snapshot without its time means it whenever it was made.
  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata about) {
    long number = about.sequenceNr();
    var range =
        about.timestamp() == 0
            ? new SnapshotRows.Range(number, number, 0, Long.MAX_VALUE)
            : new SnapshotRows.Range(number, number, about.timestamp(), about.timestamp());
    return FutureConverters.asScala(rows.delete(about.persistenceId(), range));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(rows.delete(persistenceId, range(criteria)));
  }

  private static SnapshotRows.Range range(SnapshotSelectionCriteria criteria) {
    return new SnapshotRows.Range(
        criteria.minSequenceNr(),
        criteria.maxSequenceNr(),
        criteria.minTimestamp(),
        criteria.maxTimestamp());
  }
}
