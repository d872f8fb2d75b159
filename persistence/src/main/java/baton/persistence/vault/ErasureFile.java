package baton.persistence.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The erasures that a node knows of, in a file beside the database: a backup that is put back has
/// the destroyed keys again, and no word of what was erased since.
///
/// It only grows, a line for each. Nodes on one folder share it: whoever adds holds its lock. It
/// names no person: a subject is what the table of keys has.
public final class ErasureFile {
  private static final Logger log = LoggerFactory.getLogger(ErasureFile.class);
  private static final String FILE = "erasures";
  private static final String FORMAT = "baton-erasures-1";
  private static final Pattern LINE =
      Pattern.compile("([!-~]{1,255}) ([!-~]{1,255}) ([0-9]{4}-[!-~]{1,36}Z)");

  /// Locks on files are a process's: within it this keeps two nodes apart.
  private static final Object PROCESS = new Object();

  private static final long UNREAD = -1;

  private final Path file;
  private final Map<Erasure.Who, Erasure> known = new LinkedHashMap<>();
  private long lengthRead = UNREAD;

  private ErasureFile(Path file) {
    this.file = file;
  }

  /// The list in `erasures` of a node's folder, made where there is none. A last line that was not
  /// written to its end is cut off: nobody had been told of that erasure.
  ///
  /// @throws IllegalStateException where it is damaged otherwise, in one line that says what to do
  public static ErasureFile in(Path folder) {
    var list = new ErasureFile(folder.resolve(FILE));
    list.locked(list::catchUp);
    return list;
  }

  /// What a list holds.
  ///
  /// @param isTorn whether the last line was not written to its end, and is left out
  public record Content(List<Erasure> erasures, boolean isTorn) {}

  /// Reads a copy of a list, and leaves it as it is.
  ///
  /// @throws IllegalStateException as [#in]
  public static Content read(Path file) {
    try {
      var text = text(Files.readAllBytes(file));
      return new Content(parsed(file, text), isTorn(text));
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "cannot read " + file + ": name a copy of a node's file `erasures`", unreadable);
    }
  }

  public List<Erasure> erasures() {
    synchronized (PROCESS) {
      return List.copyOf(known.values());
    }
  }

  /// When this has returned they are in the file and on the disk. Blocks.
  ///
  /// @throws IllegalStateException where they cannot be
  public void keep(Collection<Erasure> erasures) {
    locked(channel -> {
      catchUp(channel);
      var lines = new StringBuilder();
      for (var erasure : erasures) {
        if (known.putIfAbsent(erasure.who(), erasure) == null) lines.append(line(erasure));
      }
      append(channel, lines.toString());
    });
  }

  private interface Work {
    void on(FileChannel channel) throws IOException;
  }

  private void locked(Work work) {
    synchronized (PROCESS) {
      try {
        boolean isNew = !Files.exists(file);
        if (isNew) Files.createDirectories(file.getParent());
        try (var channel =
                FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            var _ = channel.lock()) {
          work.on(channel);
        }
        if (isNew) force(file.getParent());
      } catch (IOException failed) {
        // What it was to hold may be there in part.
        lengthRead = UNREAD;
        throw new IllegalStateException(
            "cannot write " + file + ": see who owns it, and whether the disk is full", failed);
      }
    }
  }

  /// Takes in what another node on this folder has added, and mends what one left that ended while
  /// it wrote.
  private void catchUp(FileChannel channel) throws IOException {
    if (channel.size() == lengthRead) return;
    var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
    var text = text(bytes.array());
    var erasures = parsed(file, text);
    known.clear();
    for (var erasure : erasures) known.putIfAbsent(erasure.who(), erasure);
    if (isTorn(text)) {
      log.warn("the last line of {} was not written to its end, and is cut off", file);
      channel.truncate(whole(text));
    }
    lengthRead = channel.size();
    if (lengthRead == 0) append(channel, FORMAT + "\n");
    if (last(text).isPresent()) append(channel, "\n");
  }

  private void append(FileChannel channel, String lines) throws IOException {
    var bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.ISO_8859_1));
    if (!bytes.hasRemaining()) return;
    long end = lengthRead;
    lengthRead = UNREAD;
    while (bytes.hasRemaining()) channel.write(bytes, end + bytes.position());
    channel.force(true);
    lengthRead = end + bytes.limit();
  }

  private static void force(Path folder) throws IOException {
    try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static String line(Erasure erasure) {
    return erasure.tenant() + " " + erasure.subject() + " " + erasure.at() + "\n";
  }

  /// A byte is a character here, so that places in the text are places in the file.
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// Where the last line that has an end ends.
  private static int whole(String text) {
    return text.lastIndexOf('\n') + 1;
  }

  private static boolean isTorn(String text) {
    return whole(text) < text.length() && last(text).isEmpty();
  }

  /// A last line that lacks but its end.
  private static Optional<Erasure> last(String text) {
    return erasure(text.substring(whole(text)));
  }

  private static List<Erasure> parsed(Path file, String text) {
    int whole = whole(text);
    if (whole == 0 && FORMAT.startsWith(text)) return List.of();
    var lines = text.substring(0, whole).split("\n", -1);
    if (lines[0].matches("baton-erasures-[0-9]+") && !lines[0].equals(FORMAT)) {
      throw new IllegalStateException(
          file + " was written by another version of Baton: use that version");
    }
    if (!lines[0].equals(FORMAT)) throw damaged(file, "at its beginning");
    var erasures = new ArrayList<Erasure>();
    // Behind the last end there is nothing, which is no line.
    for (int i = 1; i < lines.length - 1; i++) {
      int number = i + 1;
      erasures.add(erasure(lines[i]).orElseThrow(() -> damaged(file, "in line " + number)));
    }
    last(text).ifPresent(erasures::add);
    return erasures;
  }

  private static Optional<Erasure> erasure(String line) {
    var found = LINE.matcher(line);
    if (!found.matches()) return Optional.empty();
    try {
      return Optional.of(
          new Erasure(found.group(1), found.group(2), Instant.parse(found.group(3))));
    } catch (DateTimeException noMoment) {
      return Optional.empty();
    }
  }

  private static IllegalStateException damaged(Path file, String where) {
    return new IllegalStateException(
        file
            + " is no list of erasures, or damaged "
            + where
            + ": put back a copy of one, of this node or another");
  }
}
