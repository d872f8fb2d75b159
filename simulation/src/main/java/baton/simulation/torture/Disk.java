package baton.simulation.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A disk of its own in memory, which can be full and have room again. Only root can have one.
///
/// @param folder where it is mounted
record Disk(Path folder) implements AutoCloseable {
  /// No memory is taken but for what lies on it.
  private static final String SIZE = "size=2g";

  private static final int PATIENCE_SECONDS = 30;
  private static final int ATTEMPTS = 10;

  /// Whether this machine lets us have one.
  static boolean isPossible() {
    try {
      var folder = Files.createTempDirectory("baton-disk-");
      try (var disk = new Disk(folder)) {
        return disk.mount();
      } finally {
        Files.delete(folder);
      }
    } catch (IOException | UncheckedIOException no) {
      return false;
    }
  }

  /// @param folder is empty
  /// @throws IOException where there can be none
  static Disk at(Path folder) throws IOException {
    var disk = new Disk(Files.createDirectories(folder));
    if (!disk.mount()) throw new IOException("no disk can be mounted at " + folder);
    return disk;
  }

  private boolean mount() {
    return isDone("mount", "-t", "tmpfs", "-o", SIZE + ",mode=0700", "baton", folder.toString());
  }

  /// There is no room left: the disk becomes as small as what lies on it, which may grow meanwhile.
  void fill() throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      var store = Files.getFileStore(folder);
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      if (isDone("mount", "-o", "remount,size=" + used, folder.toString())) return;
    }
    throw new IOException("the disk at " + folder + " cannot be made small");
  }

  void free() throws IOException {
    if (isDone("mount", "-o", "remount," + SIZE, folder.toString())) return;
    throw new IOException("the disk at " + folder + " cannot be made large again");
  }

  /// What lies on it stays in the folder. Nobody uses it any more.
  void keep() {
    var beside = folder.resolveSibling(folder.getFileName() + "-kept");
    isDone("cp", "-a", folder.toString(), beside.toString());
    close();
    try {
      Files.delete(folder);
      Files.move(beside, folder);
    } catch (IOException both) {
      // It lies beside, then.
    }
  }

  /// What lies on it is gone.
  @Override
  public void close() {
    isDone("umount", folder.toString());
  }

  private static boolean isDone(String... command) {
    try {
      var process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
