package baton.runtime.cli;

import baton.persistence.db.Unusable;
import baton.persistence.vault.Erasures;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./baton erasures list`
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Shows each erasure that the database knows of: when, in which tenant, and whose keys.",
      "It only reads, and may run beside an engine."
    })
public final class ErasuresListCommand implements Callable<Integer> {
  @Mixin private Recorded recorded;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try (var database = recorded.open()) {
      var erasures = Erasures.in(database.source());
      for (var erasure : erasures) {
        out.println(erasure.at() + "  " + erasure.tenant() + "  " + erasure.subject());
      }
      out.println(
          erasures.isEmpty()
              ? "Nobody was erased."
              : ErasuresCommand.counted(erasures.size(), "erasure") + ".");
      return 0;
    } catch (Unusable told) {
      return failed(told.getMessage());
    } catch (IllegalStateException unread) {
      boolean readable = unread.getCause() instanceof SQLException sql && isUnknown(sql);
      return failed(
          readable
              ? "that database has no list of erasures: name another with --db, or let this version"
                  + " of Baton serve it first"
              : "cannot read the database: check that it runs, and its address, user and password");
    }
  }

  private int failed(String line) {
    spec.commandLine().getErr().println("baton: " + line);
    return 1;
  }

  private static boolean isUnknown(SQLException failure) {
    return "42P01".equals(failure.getSQLState()); // undefined_table
  }
}
