package baton.runtime.cli;

import baton.persistence.db.ReadAccess;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What an engine has recorded, to read from: options that several commands have.
final class Recorded {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data folder (default: ${DEFAULT-VALUE}).")
  Path data;

  @Option(
      names = "--db",
      paramLabel = "JDBC_URL",
      description = "A PostgreSQL instead of the folder's own, with user and password in the URL.")
  private String url;

  /// @throws baton.persistence.db.Unusable where there is nothing to read
  ReadAccess open() {
    return url == null ? ReadAccess.in(data) : ReadAccess.to(url);
  }

  /// Where the engine puts its checkpoints.
  Path checkpoints() {
    return data.resolve("checkpoints");
  }
}
