package baton.persistence.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/// Makes checkpoints of a database's journals, one after the other.
public final class CheckpointWriter {
  private final DataSource source;
  private final CheckpointFolder folder;
  private final CheckpointKey key;
  private final InstantSource clock;

  public CheckpointWriter(DataSource source, Path folder, CheckpointKey key, InstantSource clock) {
    this.source = source;
    this.folder = new CheckpointFolder(folder);
    this.key = key;
    this.clock = clock;
  }

  /// A checkpoint that was made.
  ///
  /// @param journals that it covers
  /// @param changed of them since the one before
  /// @param file as it is stored
  public record Made(long n, long journals, long changed, String root, Path file) {}

  /// All that there are, in their order.
  public List<Path> files() {
    return folder.files();
  }

  /// @throws IOException where it cannot be written, or where those before it are not genuine:
  ///   nothing was changed, and the message says what to do
  public synchronized Made write() throws IOException {
    return write(false).orElseThrow();
  }

  /// The same, where something has changed since the last one.
  public synchronized Optional<Made> writeIfChanged() throws IOException {
    return write(true);
  }

  private Optional<Made> write(boolean ifChanged) throws IOException {
    var before = Checkpoints.in(folder.folder(), key.name());
    if (!before.wrong().isEmpty()) {
      throw new IOException(
          before.wrong().getFirst().line()
              + ". Look into it, then move the folder's checkpoints aside");
    }
    var heads = new TreeMap<>(before.last());
    var changed = new ArrayList<Head>();
    try (var snapshot = JournalSnapshot.of(source)) {
      for (var head : snapshot.heads()) {
        if (!head.equals(heads.put(head.journal(), head))) changed.add(head);
      }
    } catch (SQLException outage) {
      throw new IOException("the database does not answer", outage);
    }
    if (ifChanged && changed.isEmpty()) return Optional.empty();
    long n = before.count() + 1L;
    var root = MerkleTree.root(List.copyOf(heads.values()));
    var checkpoint =
        Checkpoint.of(
            n, clock.instant(), before.previous(), root, heads.size(), key.name(), changed);
    folder.write(n, checkpoint.signed(key));
    var file = folder.folder().resolve(CheckpointFolder.name(n));
    return Optional.of(new Made(n, heads.size(), changed.size(), root, file));
  }
}
