package baton.persistence.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Another JVM that runs a server under a data folder, and can be killed.
final class Engine implements AutoCloseable {
  private final Process process;

  private Engine(Process process) {
    this.process = process;
  }

  /// Returns once the server answers.
  static Engine start(Path data) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Engine.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("ready")) return new Engine(process);
    }
    throw new IOException("the other engine did not start");
  }

  /// As kill -9 does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    var server = LocalServer.start(Path.of(arguments[0]));
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("create table kept as select 'kept' as word");
    }
    System.out.println("ready");
    // Nothing is ever written to it: it ends with whoever started it.
    int end = System.in.read();
    server.close();
    System.exit(end < 0 ? 0 : 1);
  }
}
