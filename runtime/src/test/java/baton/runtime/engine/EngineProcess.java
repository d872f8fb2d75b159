package baton.runtime.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// An engine in a process of its own, on a data folder that outlives it. It is started on the class
/// path and the JDK of the tests, with the flags of the launcher.
public final class EngineProcess implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          // A short life: less time for the compiler, the same program.
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx512m");
  private static final Pattern ADDRESS = Pattern.compile("Address\\s+(http://\\S+)");
  private static final Pattern CLUSTER = Pattern.compile("--join (\\S+)");
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);

  private final Path home;
  private Optional<ClassArchive> archive = Optional.empty();
  private Optional<Path> more = Optional.empty();
  private Optional<Path> first = Optional.empty();
  private Optional<EngineProcess> other = Optional.empty();
  private int runs;
  private Process process;

  private EngineProcess(Path home) {
    this.home = home;
  }

  /// A home under `target` with nothing in it, and no engine yet.
  public static EngineProcess in(String name) {
    var home = Path.of("target", "engines", name).toAbsolutePath();
    var engine = new EngineProcess(home);
    engine.stopPostgres();
    delete(home);
    create(home);
    return engine;
  }

  /// A node that joins another, on its data folder and its PostgreSQL.
  static EngineProcess beside(EngineProcess other, String name) {
    var engine = new EngineProcess(Path.of("target", "engines", name).toAbsolutePath());
    delete(engine.home);
    create(engine.home);
    engine.other = Optional.of(other);
    return engine;
  }

  /// For many starts: this one and a stop make an archive of classes that the later ones read.
  ///
  /// @param meanwhile is done while it runs
  public EngineProcess warmedUp(Runnable meanwhile) {
    archive = Optional.of(ClassArchive.in(home));
    launch().ready();
    meanwhile.run();
    stop();
    return this;
  }

  /// Puts a jar behind the class path, as `BATON_CLASSPATH` does in the launcher.
  EngineProcess with(Path jar) {
    more = Optional.of(jar);
    return this;
  }

  /// Puts a folder before the class path: what lies in it is found in place of what Baton brings.
  public EngineProcess under(Path folder) {
    first = Optional.of(folder);
    return this;
  }

  public Path home() {
    return home;
  }

  public Path data() {
    return other.map(EngineProcess::data).orElseGet(() -> home.resolve("data"));
  }

  /// Where other nodes reach it.
  String clusterAddress() {
    var found = CLUSTER.matcher(out());
    if (!found.find()) throw new IllegalStateException("it has not said where it is");
    return found.group(1);
  }

  /// Joins the other on a free port, and waits for nothing.
  EngineProcess join() {
    var address = other.orElseThrow().clusterAddress();
    return launch("--data", data().toString(), "--port", "0", "--join", address);
  }

  /// Starts the engine on this data folder and a free port, and waits for nothing.
  public EngineProcess launch() {
    return launch("--data", data().toString(), "--port", "0");
  }

  public EngineProcess launch(String... options) {
    if (isRunning()) throw new IllegalStateException("it runs already");
    runs++;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(archive.map(ClassArchive::flags).orElseGet(() -> List.of("-cp", classPath())));
    command.addAll(List.of("baton.runtime.Main", "serve"));
    command.addAll(List.of(options));
    try {
      process =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectOutput(outFile().toFile())
              .redirectError(errFile().toFile())
              .start();
      process.getOutputStream().close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return this;
  }

  private String classPath() {
    return Stream.of(
            first.map(Path::toString),
            Optional.of(System.getProperty("java.class.path")),
            more.map(Path::toString))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Waits until it has said its address and takes requests.
  public URI ready() {
    var address =
        Wait.upTo(
            START_MAX,
            "the engine is ready; its log is " + errFile(),
            () -> {
              if (!process.isAlive()) throw new AssertionError("the engine ended: " + err());
              return address();
            });
    Wait.until(START_MAX, "the engine answers", () -> new ApiClient(address, "").isReady());
    return address;
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /// What it printed as its address, where it has.
  public Optional<URI> address() {
    var found = ADDRESS.matcher(out());
    return found.find() ? Optional.of(URI.create(found.group(1))) : Optional.empty();
  }

  /// With the operator's token.
  public ApiClient operator() {
    return new ApiClient(address().orElseThrow(), operatorToken());
  }

  /// With no token.
  public ApiClient anybody() {
    return new ApiClient(address().orElseThrow(), "");
  }

  /// A metric without labels, 0 where it has not been counted.
  double metric(String name) {
    var metrics = anybody().get("/metrics").body().asText();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  public String operatorToken() {
    return read(data().resolve("operator-token")).strip();
  }

  /// As `kill -9` does: no hook runs, nothing is flushed, PostgreSQL is left behind.
  public void kill9() {
    process.destroyForcibly();
    exited(Duration.ofSeconds(10));
  }

  /// Halts the process where it is, or lets it go on.
  ///
  /// @param signal `STOP` or `CONT`
  void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      if (status != 0) throw new AssertionError("kill ended with " + status);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// As `kill` does.
  ///
  /// @return the exit status
  int stop() {
    process.destroy();
    return exited(STOP_MAX);
  }

  /// Waits for the process to end by itself.
  public int exited(Duration max) {
    try {
      if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the engine did not end within " + max.toSeconds() + " s");
      }
      return process.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// What the last run wrote to standard output so far.
  public String out() {
    return read(outFile());
  }

  /// What the last run wrote to standard error so far.
  public String err() {
    return read(errFile());
  }

  private Path outFile() {
    return home.resolve("out-" + runs + ".txt");
  }

  private Path errFile() {
    return home.resolve("err-" + runs + ".txt");
  }

  /// The engine's own database, while its server runs.
  public DataSource database() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(
        new int[] {Integer.parseInt(read(data().resolve("postgres-port")).strip())});
    source.setDatabaseName("postgres");
    source.setUser("postgres");
    source.setPassword(read(data().resolve("postgres-password")).strip());
    return source;
  }

  /// The process of the PostgreSQL server on this data folder, where one runs.
  Optional<ProcessHandle> postgres() {
    var file = data().resolve("postgres").resolve("postmaster.pid");
    if (!Files.exists(file)) return Optional.empty();
    long pid = read(file).lines().findFirst().map(String::strip).map(Long::parseLong).orElse(-1L);
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(found -> found.info().command().filter(c -> c.endsWith("postgres")).isPresent());
  }

  /// Ends the engine and the server that it may leave behind: these two processes and no other.
  @Override
  public void close() {
    if (isRunning()) kill9();
    if (other.isEmpty()) stopPostgres();
  }

  private void stopPostgres() {
    postgres()
        .ifPresent(server -> {
          // SIGTERM lets it wait for its sessions, which are all dead: they end at once.
          server.destroy();
          Wait.until(STOP_MAX, "PostgreSQL ends", () -> !server.isAlive());
        });
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
