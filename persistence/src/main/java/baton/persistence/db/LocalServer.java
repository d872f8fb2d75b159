package baton.persistence.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The PostgreSQL server that Baton brings along and runs under its data folder. It listens on the
/// loopback interface alone, and to nobody without the password that lies in the folder.
public final class LocalServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalServer.class);
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  static final String USER = "postgres";
  private static final String PROGRAMS = "postgres-programs";

  private final DataFolder folder;
  private final EmbeddedPostgres server;
  private final String password;

  private LocalServer(DataFolder folder, EmbeddedPostgres server, String password) {
    this.folder = folder;
    this.server = server;
    this.password = password;
  }

  /// Starts the server, and makes its database where there is none.
  ///
  /// @param data the data folder, made where there is none
  /// @throws Unusable if another engine holds the folder, a newer Baton wrote it, or no server can
  ///   run here
  public static LocalServer start(Path data) {
    checkUser();
    var folder = DataFolder.hold(data);
    try {
      stopOrphan(folder);
      setIncompleteAside(folder);
      return start(folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static LocalServer start(DataFolder folder) {
    var password = folder.read("postgres-password").orElseGet(() -> newPassword(folder));
    EmbeddedPostgres server;
    try {
      server = launch(folder, password);
    } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
      stop(folder, "immediate");
      throw new Unusable(
          "PostgreSQL did not start: see "
              + folder.at("postgres").resolve("log")
              + ", or name a database with --db",
          e);
    }
    folder.complete();
    return new LocalServer(folder, server, password);
  }

  /// The server's programs lie in a folder that is ours alone, before and after: it comes open to
  /// everybody on this machine, and whatever lies in it is run.
  private static EmbeddedPostgres launch(DataFolder folder, String password) throws IOException {
    folder.own(PROGRAMS);
    var server = started(folder, password);
    folder.own(PROGRAMS);
    return server;
  }

  private static EmbeddedPostgres started(DataFolder folder, String password) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.at("postgres"))
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(folder.at(PROGRAMS).toFile())
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_MAX)
        .setPort(port(folder))
        .setLocaleConfig("pwfile", folder.at("postgres-password").toString())
        .setLocaleConfig("locale", "C")
        .setConnectConfig("password", password)
        .setDataDirectoryCustomizer(LocalServer::askForPassword)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "100")
        .setServerConfig("max_locks_per_transaction", "256")
        // A week of its own words, without the values of rows.
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .setServerConfig("log_error_verbosity", "terse")
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_checkpoints", "off")
        .start();
  }

  private static void askForPassword(File cluster) {
    try {
      Files.writeString(
          cluster.toPath().resolve("pg_hba.conf"),
          """
          host all all 127.0.0.1/32 scram-sha-256
          host all all ::1/128 scram-sha-256
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String newPassword(DataFolder folder) {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    var password = HexFormat.of().formatHex(bytes);
    folder.write("postgres-password", password);
    return password;
  }

  /// The port of the last start, so that what was told of it stays true; another if it was taken.
  private static int port(DataFolder folder) throws IOException {
    var kept = folder.read("postgres-port").filter(text -> text.matches("[1-9][0-9]{0,4}"));
    if (kept.isPresent() && isFree(Integer.parseInt(kept.get()))) {
      return Integer.parseInt(kept.get());
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      folder.write("postgres-port", Integer.toString(port));
      return port;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void checkUser() {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root && LinuxUtils.getDistributionName() != null && !LinuxUtils.isUnshareAvailable()) {
      throw new Unusable(
          "PostgreSQL does not run as root here: start Baton as another user, or name a database"
              + " with --db");
    }
  }

  /// A server that outlived its engine. We hold the folder's lock, so the engine is gone.
  private static void stopOrphan(DataFolder folder) {
    var file = folder.at("postgres").resolve("postmaster.pid");
    if (!Files.exists(file)) return;
    try {
      long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
      if (process.isEmpty()) return;
      if (process.get().info().command().filter(c -> c.endsWith("postgres")).isEmpty()) {
        // The number has gone to another program, which PostgreSQL would take for itself.
        Files.delete(file);
        return;
      }
      if (!stop(folder, "fast") && !stop(folder, "immediate")) {
        throw new Unusable(
            "the PostgreSQL server of an earlier run, process "
                + pid
                + ", does not stop: end it, then start again");
      }
      log.info("stopped the PostgreSQL server of an earlier run, process {}", pid);
    } catch (IOException | NumberFormatException e) {
      throw new Unusable("cannot read " + file + ": remove it if no PostgreSQL server uses it", e);
    }
  }

  /// What a first start left that did not come to its end. It holds nothing, yet is not ours to
  /// delete.
  private static void setIncompleteAside(DataFolder folder) {
    var cluster = folder.at("postgres");
    if (folder.isComplete() || !Files.exists(cluster)) return;
    try {
      int n = 1;
      while (Files.exists(folder.at("postgres-incomplete-" + n))) n++;
      var aside = folder.at("postgres-incomplete-" + n);
      Files.move(cluster, aside);
      log.warn("the first start did not end: set what it left aside as {}", aside);
    } catch (IOException e) {
      throw new Unusable("cannot move " + cluster + ": remove it, then start again", e);
    }
  }

  /// @return whether no server runs any more
  private static boolean stop(DataFolder folder, String mode) {
    var cluster = folder.at("postgres");
    if (!Files.exists(cluster.resolve("postmaster.pid"))) return true;
    try {
      var command = new ArrayList<String>();
      if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
      command.add(program(folder, "pg_ctl").toString());
      command.addAll(List.of("stop", "-D", cluster.toString(), "-m", mode, "-w"));
      command.addAll(List.of("-t", Long.toString(STOP_MAX.toSeconds())));
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(STOP_MAX.toSeconds() + 5, TimeUnit.SECONDS)
          && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path program(DataFolder folder, String name) throws IOException {
    try (var versions = Files.list(folder.at("postgres-programs"))) {
      return versions
          .map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .sorted()
          .findFirst()
          .orElseThrow(() -> new IOException("no " + name));
    }
  }

  /// How the server of an engine that runs on a folder is reached.
  public record Login(String url, String user, String password) {}

  /// @return empty where no engine runs on the folder with a server of its own
  public static Optional<Login> running(Path data) {
    if (!Files.exists(data.resolve("version")) || !DataFolder.isHeld(data)) return Optional.empty();
    int port = Integer.parseInt(DataFolder.text(data, "postgres-port"));
    return Optional.of(new Login(url(port), USER, DataFolder.text(data, "postgres-password")));
  }

  private static String url(int port) {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  /// Without user and password.
  public String jdbcUrl() {
    return url(server.getPort());
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  @Override
  public void close() {
    try {
      server.close();
      // It waits for five seconds only.
      if (!stop(folder, "fast"))
        log.warn("the PostgreSQL server under {} did not stop", folder.at("postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      folder.close();
    }
  }
}
