package baton.persistence.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The folder in which an engine keeps its own database, held by one engine at a time.
final class DataFolder implements AutoCloseable {
  /// Raised when an older Baton could no longer read the folder.
  static final int FORMAT = 1;

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Looks at the format before it writes anything.
  static DataFolder hold(Path path) {
    var folder = path.toAbsolutePath().normalize();
    checkFormat(folder);
    try {
      Files.createDirectories(folder);
      var lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lock)) {
        lock.close();
        throw new Unusable(
            "another engine uses the data folder "
                + folder
                + ": stop it, or name another folder with --data");
      }
      return new DataFolder(folder, lock);
    } catch (IOException e) {
      throw new Unusable(
          "cannot write to the data folder "
              + folder
              + ": make it writable, or name another with --data",
          e);
    }
  }

  /// Whether an engine uses the folder now.
  static boolean isHeld(Path folder) {
    var file = folder.resolve("lock");
    if (!Files.exists(file)) return false;
    try (var lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return !locked(lock);
    } catch (IOException e) {
      throw new Unusable("cannot read " + file + ": run this as the engine's owner", e);
    }
  }

  /// A small file of a folder that somebody else holds.
  static String text(Path folder, String name) {
    try {
      return Files.readString(folder.resolve(name)).strip();
    } catch (IOException e) {
      throw new Unusable(
          "cannot read " + folder.resolve(name) + ": run this as the engine's owner", e);
    }
  }

  private static boolean locked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void checkFormat(Path folder) {
    var version = folder.resolve("version");
    if (!Files.exists(version)) return;
    int format = 0;
    try {
      format = Integer.parseInt(Files.readString(version).strip());
    } catch (IOException | NumberFormatException e) {
      throw new Unusable(
          "cannot read the format number in "
              + version
              + ": restore the folder from a backup, or name another with --data",
          e);
    }
    if (format > FORMAT) {
      throw new Unusable(
          "the data folder "
              + folder
              + " was written by a newer Baton (format "
              + format
              + ", this one reads "
              + FORMAT
              + "): use that version, or name another folder with --data");
    }
  }

  Path at(String name) {
    return folder.resolve(name);
  }

  boolean isComplete() {
    return Files.exists(at("version"));
  }

  /// From now on the folder is one of ours.
  void complete() {
    if (!isComplete()) write("version", Integer.toString(FORMAT));
  }

  Optional<String> read(String name) {
    try {
      var file = at(name);
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder that nobody but its owner may enter.
  void own(String name) throws IOException {
    Files.createDirectories(at(name));
    Files.setPosixFilePermissions(at(name), PosixFilePermissions.fromString("rwx------"));
  }

  /// Writes a small file that only its owner may read, whole or not at all.
  void write(String name, String text) {
    try {
      var next = at(name + ".next");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, text + "\n");
      Files.move(
          next, at(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
