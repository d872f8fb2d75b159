package baton.runtime.cli;

import baton.persistence.db.Unusable;
import baton.persistence.vault.ErasureFile;
import baton.persistence.vault.Erasures;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton erasures apply FILE`
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Erases again whom a copy of a node's file `erasures` has and the database has not.",
      "A node does so by itself with its own file: this is for who lost the nodes' disks.",
      "Beside an engine it takes hold there within a minute. The same file again changes nothing."
    })
public final class ErasuresApplyCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The copy.")
  private Path file;

  @Mixin private Recorded recorded;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var err = spec.commandLine().getErr();
    try {
      var list = ErasureFile.read(file);
      try (var database = recorded.openToChange()) {
        tell(list.erasures().size(), Erasures.apply(database.database().source(), list.erasures()));
      }
      if (!list.isTorn()) return 0;
      err.println("baton: the last line of " + file + " is cut short: look for a whole copy");
      return 1;
    } catch (Unusable | IllegalStateException told) {
      err.println("baton: " + told.getMessage());
      return 1;
    }
  }

  private void tell(int all, Erasures.Applied applied) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s in the list: the database knew of %,d, and %,d applied now destroyed %s.%n",
            ErasuresCommand.counted(all, "erasure"),
            all - applied.erasures(),
            applied.erasures(),
            ErasuresCommand.counted(applied.keys(), "key"));
  }
}
