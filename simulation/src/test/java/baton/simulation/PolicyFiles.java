package baton.simulation;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The sample policies, as tests use and change them.
public final class PolicyFiles {
  public static final Path FOLDER = Path.of("../policies");

  private static final PolicyDocument INBOUND =
      PolicyCompiler.compile(FOLDER.resolve("inbound-trial.yaml")).orThrow();

  private PolicyFiles() {}

  public static PolicyDocument inbound() {
    return INBOUND;
  }

  /// The inbound policy in a folder of its own, with more at its end.
  public static Path inbound(Path folder, String more) throws IOException {
    copy(FOLDER, folder);
    var file = folder.resolve("inbound-trial.yaml");
    return Files.writeString(file, Files.readString(file) + "\n" + more);
  }

  public static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
