package baton.persistence.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The checkpoints that were made, read and found genuine, to hold journals against: what was there
/// when one was made must still be there, unaltered.
public final class Checkpoints {
  private final TreeMap<String, Head> last = new TreeMap<>();
  private final Map<String, Map<Long, String>> expected = new HashMap<>();
  private final List<Difference> wrong = new ArrayList<>();
  private int count;
  private String previous = Checkpoint.FIRST;

  private Checkpoints() {}

  /// None to hold against.
  public static Checkpoints none() {
    return new Checkpoints();
  }

  /// Those in a folder. What is wrong with them is told with the audit's report.
  ///
  /// @param key the public key that is trusted
  public static Checkpoints in(Path folder, String key) {
    var checkpoints = new Checkpoints();
    Checkpoint newest = null;
    for (var file : new CheckpointFolder(folder).files()) {
      var taken = checkpoints.taken(file, key);
      if (taken.isEmpty()) break;
      newest = taken.get();
    }
    if (newest != null) checkpoints.checkRoot(newest);
    return checkpoints;
  }

  private void checkRoot(Checkpoint newest) {
    var root = MerkleTree.root(List.copyOf(last.values()));
    if (newest.journals() != last.size() || !newest.root().equals(root)) {
      refused(CheckpointFolder.name(newest.n()), "its root is not that of the heads");
    }
  }

  private Optional<Checkpoint> taken(Path file, String key) {
    var name = file.getFileName().toString();
    try {
      byte[] bytes = Files.readAllBytes(file);
      var checkpoint = Checkpoint.read(bytes, key);
      if (checkpoint.n() != count + 1) {
        return refused(name, "checkpoint " + (count + 1) + " was expected: one is missing");
      }
      if (!checkpoint.previous().equals(previous)) {
        return refused(name, "it does not name the checkpoint before it");
      }
      checkpoint.changed().forEach(head -> last.put(head.journal(), head));
      checkpoint
          .changed()
          .forEach(head ->
              expected
                  .computeIfAbsent(head.journal(), _ -> new HashMap<>())
                  .put(head.row(), head.hash()));
      count++;
      previous = ChainCheck.sha256(bytes);
      return Optional.of(checkpoint);
    } catch (Checkpoint.NotGenuine altered) {
      return refused(name, altered.getMessage());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Optional<Checkpoint> refused(String name, String why) {
    wrong.add(new Difference(name, 0, 0, why + "; those from it on were not used"));
    return Optional.empty();
  }

  int count() {
    return count;
  }

  /// What is wrong with the checkpoints themselves.
  List<Difference> wrong() {
    return wrong;
  }

  /// SHA-256 of the last file, hex.
  String previous() {
    return previous;
  }

  /// Every journal's head at the last checkpoint, by journal.
  Map<String, Head> last() {
    return last;
  }

  /// That a row is another one than at a checkpoint.
  ///
  /// @param hash of the row's bytes
  Optional<Difference> differs(StoredRow row, String hash) {
    var was = expected.getOrDefault(row.journal(), Map.of()).get(row.number());
    return was == null || was.equals(hash)
        ? Optional.empty()
        : Optional.of(Difference.atRow(row, "it is another one than a checkpoint has signed"));
  }

  /// That a journal ends before a row that a checkpoint has signed.
  Optional<Difference> cutOff(String journal, long lastRow) {
    var was = last.get(journal);
    return was == null || was.row() <= lastRow
        ? Optional.empty()
        : Optional.of(
            new Difference(
                Difference.shown(journal),
                lastRow + 1,
                0,
                "rows " + (lastRow + 1) + " to " + was.row() + " are gone: a checkpoint has them"));
  }

  /// Journals that are gone as a whole.
  List<Difference> missing(Set<String> journals) {
    return last.keySet().stream()
        .filter(journal -> !journals.contains(journal))
        .map(journal ->
            new Difference(Difference.shown(journal), 0, 0, "it is gone: a checkpoint has it"))
        .toList();
  }
}
