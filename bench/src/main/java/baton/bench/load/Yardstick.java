package baton.bench.load;

import baton.runtime.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// What the same database does for somebody who only writes rows, each of 400 bytes and in a
/// transaction of its own: by pgbench where it is installed, else by clients like it.
public final class Yardstick implements AutoCloseable {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final Pattern ADDRESS = Pattern.compile("//([^:/?]+):([0-9]+)/([^?]+)");
  private static final String ROW =
      "insert into yardstick (id, payload) values (default, repeat('x', 400))";

  private static final int SECONDS_MAX = 5;

  private final Storage storage;

  /// @param by which program
  public record Rate(double rows, int clients, String by) {
    /// Between two that were taken before and after.
    public Rate and(Rate after) {
      return new Rate((rows + after.rows) / 2, clients, by);
    }

    /// How long one row takes.
    public double ms() {
      return clients * 1_000 / rows;
    }
  }

  private Yardstick(Storage storage) throws SQLException {
    this.storage = storage;
    run("create table if not exists yardstick (id bigserial primary key, payload text)");
  }

  /// Takes it once, and leaves nothing in the database.
  public static Rate of(Plan plan, String name, Storage storage, int clients)
      throws IOException, InterruptedException, SQLException {
    plan.tell().accept(name + ": taking the yardstick");
    long seconds = Math.clamp(plan.measure().toSeconds() / 3, 1, SECONDS_MAX);
    try (var yardstick = new Yardstick(storage)) {
      return yardstick.take(clients, (int) seconds);
    }
  }

  private Rate take(int clients, int seconds)
      throws IOException, InterruptedException, SQLException {
    var address = ADDRESS.matcher(storage.url());
    // Where user and password are in the URL, pgbench would not understand it.
    if (!storage.user().isEmpty() && address.find()) {
      var said = pgbench(address.group(1), address.group(2), address.group(3), clients, seconds);
      var rate = RATE.matcher(said);
      if (rate.find()) return new Rate(Double.parseDouble(rate.group(1)), clients, "pgbench");
    }
    return new Rate(own(clients, seconds), clients, "own clients");
  }

  /// What it said, nothing where it is not installed.
  private String pgbench(String host, String port, String name, int clients, int seconds)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("baton-yardstick", ".sql");
    try {
      Files.writeString(script, ROW + ";\n");
      var command = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared"));
      command.addAll(List.of("-f", script.toString(), "-T", Integer.toString(seconds)));
      command.addAll(List.of("-c", Integer.toString(clients), "-j", clients == 1 ? "1" : "2"));
      command.addAll(List.of("-h", host, "-p", port, "-U", storage.user(), name));
      var program = new ProcessBuilder(command).redirectErrorStream(true);
      program.environment().put("PGPASSWORD", storage.password());
      var process = program.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said : "";
    } catch (IOException notInstalled) {
      return "";
    } finally {
      Files.delete(script);
    }
  }

  private double own(int clients, int seconds) throws InterruptedException, SQLException {
    long began = System.nanoTime();
    long end = began + seconds * 1_000_000_000L;
    try (var threads = Executors.newFixedThreadPool(clients)) {
      var writing = new ArrayList<Future<Long>>();
      for (int i = 0; i < clients; i++) writing.add(threads.submit(client(end)));
      long rows = 0;
      for (var client : writing) rows += client.get();
      return rows * 1e9 / (System.nanoTime() - began);
    } catch (ExecutionException failed) {
      throw new SQLException("the yardstick cannot be taken", failed);
    }
  }

  private Callable<Long> client(long end) {
    return () -> {
      try (var connection =
              storage.user().isEmpty()
                  ? DriverManager.getConnection(storage.url())
                  : DriverManager.getConnection(storage.url(), storage.user(), storage.password());
          var insert = connection.prepareStatement(ROW)) {
        long rows = 0;
        for (; System.nanoTime() < end; rows++) insert.executeUpdate();
        return rows;
      }
    };
  }

  private void run(String sql) throws SQLException {
    try (var connection = storage.database().source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    run("drop table yardstick");
  }
}
