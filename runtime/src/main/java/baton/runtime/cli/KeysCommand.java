package baton.runtime.cli;

import baton.persistence.audit.CheckpointKey;
import baton.persistence.vault.MasterKey;
import baton.runtime.Startup;
import baton.runtime.cluster.Certificates;
import baton.runtime.http.Tokens;
import baton.runtime.outside.PermitKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./baton keys DIR`: makes the keys that all nodes of a cluster share, before there is a node.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes the keys that all nodes of a cluster share. What is there already stays.")
public final class KeysCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder, for --keys of each node.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try {
      Files.createDirectories(folder);
      var before = files();
      MasterKey.load(folder);
      Tokens.in(folder);
      PermitKey.load(folder);
      CheckpointKey.load(folder);
      Certificates.makeAuthority(folder, Instant.now());
      var made = new TreeSet<>(files());
      made.removeAll(before);
      out.println(
          made.isEmpty()
              ? "All keys are in " + folder + " already."
              : "Made in " + folder + ": " + String.join(", ", made) + ".");
      out.println("Without master-key nothing that was sealed opens: keep a copy apart.");
      out.flush();
      return 0;
    } catch (IOException unwritable) {
      return failed(folder + " cannot be written: name another folder, or change its rights");
    } catch (RuntimeException failure) {
      return failed(Startup.line(failure));
    }
  }

  private int failed(String line) {
    spec.commandLine().getErr().println("baton: " + line);
    return 1;
  }

  private Set<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
