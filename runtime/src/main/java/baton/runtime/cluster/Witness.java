package baton.runtime.cluster;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import baton.persistence.db.PgJournal;
import baton.persistence.db.PgJournal.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Remembers, outside the database, a row that it had: the newest at each look. A database without
/// it has forgotten what it confirmed: it is a standby that lagged and was promoted, or was put
/// back from a copy. Whoever went on with it would do again what was done, and call whom it must
/// not.
final class Witness {
  private static final String FILE = "witness";
  private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) (\\S{1,255}) ([0-9]{1,18})");

  private final Path file;
  private final PgJournal journal;
  private Optional<Mark> mark;

  /// @param data the folder of this node
  Witness(Path data, PgJournal journal) {
    this.file = data.resolve(FILE);
    this.journal = journal;
    this.mark = read(file);
  }

  private static Optional<Mark> read(Path file) {
    try {
      if (!Files.exists(file)) return Optional.empty();
      var line = LINE.matcher(Files.readString(file).strip());
      if (!line.matches()) return Optional.empty();
      return Optional.of(
          new Mark(Long.parseLong(line.group(1)), line.group(2), Long.parseLong(line.group(3))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /// Why this database is not to be gone on with, in one line that says what to do. Blocks.
  Optional<String> objection() {
    return mark.isEmpty() || journal.has(mark.get()) ? Optional.empty() : Optional.of(forgotten());
  }

  private String forgotten() {
    return "the database has forgotten what it had confirmed: it is another one, a standby that lagged,"
        + " or an older copy. See docs/cluster.md on going on with it, then delete "
        + file;
  }

  /// Looks at the newest row, and remembers it. Blocks.
  ///
  /// @return as [#objection]
  Optional<String> look() {
    var newest = journal.last();
    if (newest.equals(mark)) return Optional.empty();
    if (newest.isEmpty() || mark.isPresent() && newest.get().ordering() < mark.get().ordering()) {
      return objection();
    }
    mark = newest;
    keep(newest.get());
    return Optional.empty();
  }

  private void keep(Mark newest) {
    var next = file.resolveSibling(FILE + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(
          next, newest.ordering() + " " + newest.persistenceId() + " " + newest.number() + "\n");
      Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException full) {
      throw new UncheckedIOException("cannot write " + file, full);
    }
  }
}
