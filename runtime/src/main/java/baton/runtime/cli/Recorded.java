package baton.runtime.cli;

import baton.persistence.db.LocalServer;
import baton.persistence.db.ReadAccess;
import baton.runtime.Storage;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What an engine has recorded: options that several commands have.
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

  /// To change what is there, beside an engine or without one. Its tables are brought up to date.
  ///
  /// @throws baton.persistence.db.Unusable where there is nothing to change
  Storage openToChange() {
    if (url != null) return Storage.external(url, "", "");
    ReadAccess.mustBeData(data);
    return LocalServer.running(data).isPresent() ? Storage.beside(data) : Storage.embedded(data);
  }

  /// Where the engine puts its checkpoints.
  Path checkpoints() {
    return data.resolve("checkpoints");
  }
}
