package baton.runtime.docs;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A program that is typed to, and whose lines are read as they come.
final class Terminal implements AutoCloseable {
  private static final Duration LINE_MAX = Duration.ofSeconds(20);
  private static final String DONE = "-- done: ";

  private final Process process;
  private final BufferedWriter in;
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Terminal(Process process) {
    this.process = process;
    this.in = process.outputWriter();
    Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(lines::add));
  }

  static Terminal start(Path folder, String... command) {
    try {
      var builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      // A reader's shell; what the build itself was given must not change what is shown.
      builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
      return new Terminal(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void type(String line) {
    try {
      in.write(line);
      in.newLine();
      in.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /// The next line.
  String next() {
    try {
      var line = lines.poll(LINE_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) throw new AssertionError("no line within " + LINE_MAX.toSeconds() + " s");
      return line;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// Of a shell: all that a command shows, without blank lines at its end.
  List<String> run(String command) {
    type(command);
    type("printf '\\n" + DONE + "%s\\n' $?");
    var shown = new ArrayList<String>();
    String line = next();
    for (; !line.startsWith(DONE); line = next()) shown.add(line);
    while (!shown.isEmpty() && shown.getLast().isBlank()) shown.removeLast();
    return shown;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
