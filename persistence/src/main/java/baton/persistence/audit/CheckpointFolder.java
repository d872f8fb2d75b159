package baton.persistence.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Where checkpoints lie, each a file `checkpoint-000001.json`.
record CheckpointFolder(Path folder) {
  private static final Pattern NAME = Pattern.compile("checkpoint-[0-9]{6,12}\\.json");

  static String name(long n) {
    return "checkpoint-%06d.json".formatted(n);
  }

  /// In the order of their numbers; empty where the folder is not there.
  List<Path> files() {
    if (!Files.isDirectory(folder)) return List.of();
    try (var found = Files.list(folder)) {
      return found
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(
              Comparator.comparing((Path file) -> file.getFileName().toString().length())
                  .thenComparing(file -> file.getFileName().toString()))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Whole or not at all, and never over another one.
  void write(long n, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    var part = Files.createTempFile(folder, "checkpoint-", ".part");
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) channel.write(buffer);
      channel.force(true);
    }
    try {
      // Unlike a move, a link never takes another's place.
      Files.createLink(folder.resolve(name(n)), part);
    } catch (FileAlreadyExistsException other) {
      throw new IOException("somebody else has just made checkpoint " + n, other);
    } finally {
      Files.delete(part);
    }
  }
}
