package baton.runtime.audit;

import baton.persistence.audit.CheckpointWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a checkpoint again and again where something has changed, and copies of all that have not
/// been copied yet. Whatever fails waits for the next round, and the log says so once.
public final class CheckpointRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointRounds.class);

  /// Holds the name of the last file that was copied.
  private static final String COPIED = "copied";

  private final CheckpointWriter writer;
  private final Path folder;
  private final Optional<CheckpointCopies> copies;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("checkpoints").daemon().factory());
  private String trouble = "";

  /// @param folder in which the writer puts them
  public CheckpointRounds(CheckpointWriter writer, Path folder, CheckpointSettings settings) {
    this.writer = writer;
    this.folder = folder;
    this.copies = settings.place();
  }

  /// @param turn whether it is this node's to do
  public void start(CheckpointSettings settings, BooleanSupplier turn) {
    long millis = settings.every().toMillis();
    thread.scheduleWithFixedDelay(
        () -> {
          if (turn.getAsBoolean()) round();
        },
        millis,
        millis,
        TimeUnit.MILLISECONDS);
  }

  void round() {
    try {
      writer.writeIfChanged();
      copy();
      if (!trouble.isEmpty()) LOG.info("checkpoints go on");
      trouble = "";
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException failed) {
      var what = String.valueOf(failed.getMessage());
      if (!what.equals(trouble)) LOG.warn("no checkpoint or no copy of it: {}", what);
      trouble = what;
    }
  }

  private void copy() throws IOException, InterruptedException {
    if (copies.isEmpty()) return;
    var mark = folder.resolve(COPIED);
    var last = Files.exists(mark) ? Files.readString(mark).strip() : "";
    for (var file : after(last)) {
      copies.get().put(file);
      Files.write(mark, file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<Path> after(String last) {
    var all = writer.files();
    int at = all.stream().map(file -> file.getFileName().toString()).toList().indexOf(last);
    return all.subList(at + 1, all.size());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
