package baton.simulation.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One node in a process of its own, on the class path of this one. Started again, it is where it
/// was.
final class NodeProcess {
  /// As the launcher has them, for a short life: less time for the compiler, the same program.
  private static final List<String> FLAGS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx512m");

  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final int TELLING_MILLIS = 1_000;

  private final int number;
  private final Path folder;
  private final URI address;
  private final List<String> flags;
  private int runs;
  private boolean ended;
  private volatile Process process;

  /// @param folder has its `baton.conf`
  /// @param flags of the virtual machine, beside the usual ones
  NodeProcess(int number, Path folder, URI address, List<String> flags) {
    this.number = number;
    this.folder = folder;
    this.address = address;
    this.flags = flags;
  }

  int number() {
    return number;
  }

  URI address() {
    return address;
  }

  Path mail() {
    return folder.resolve("mail");
  }

  boolean isReady() {
    return process.isAlive() && new Door(address, "").isReady();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /// Waits for nothing.
  synchronized void start() {
    if (ended) return;
    runs++;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.add("-Xlog:gc:file=" + folder.resolve("gc-" + runs + ".txt"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "baton.runtime.Main"));
    command.addAll(List.of("serve", "--config", folder.resolve("baton.conf").toString()));
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(folder.resolve("out-" + runs + ".txt").toFile())
              .redirectError(folder.resolve("err-" + runs + ".txt").toFile())
              .start();
      process.getOutputStream().close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// What it complained of last, in a line: in this run of it or the one before.
  String lastWords() {
    try {
      for (int run = runs; run > Math.max(0, runs - 2); run--) {
        var lines = Files.readAllLines(folder.resolve("err-" + run + ".txt"));
        if (!lines.isEmpty()) return lines.getLast();
      }
      return "it said nothing";
    } catch (IOException unreadable) {
      return "nothing can be read of it";
    }
  }

  /// As `kill -9` does: no hook runs, nothing is flushed. It works on a frozen one too.
  void kill() {
    if (!isAlive()) return;
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /// For good.
  synchronized void end() {
    ended = true;
    kill();
  }

  /// As `kill` does.
  ///
  /// @return whether it has ended by itself in time
  boolean stop() {
    if (!isAlive()) return true;
    process.destroy();
    boolean stopped = await(STOP_MAX);
    if (!stopped) tellThreads();
    return stopped;
  }

  /// Where its threads stand, among what it wrote: for whoever wants to know why it is stuck.
  void tellThreads() {
    if (!isAlive()) return;
    signal("-QUIT");
    Await.pass(TELLING_MILLIS);
  }

  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String which) {
    try {
      new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException("there is no kill to freeze a process with", failed);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean await(Duration max) {
    try {
      return process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
