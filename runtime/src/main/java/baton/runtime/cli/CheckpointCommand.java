package baton.runtime.cli;

import baton.persistence.audit.CheckpointKey;
import baton.persistence.audit.CheckpointWriter;
import baton.persistence.db.Unusable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./baton checkpoint`
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = "Signs how far every journal has come, so that ./baton verify can hold it to it.")
public final class CheckpointCommand implements Callable<Integer> {
  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Where they lie (default: checkpoints in the data folder).")
  private Path checkpoints;

  @Mixin private Recorded recorded;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (var database = recorded.open()) {
      var folder = checkpoints == null ? recorded.checkpoints() : checkpoints;
      var made =
          new CheckpointWriter(
                  database.source(),
                  folder,
                  CheckpointKey.load(recorded.data),
                  InstantSource.system())
              .write();
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "Checkpoint %d of %,d journals, of which %,d have changed: %s%nRoot %s%n",
              made.n(),
              made.journals(),
              made.changed(),
              made.file(),
              made.root());
      return 0;
    } catch (Unusable | IllegalStateException | IOException told) {
      spec.commandLine().getErr().println("baton: " + told.getMessage());
      return 1;
    }
  }
}
