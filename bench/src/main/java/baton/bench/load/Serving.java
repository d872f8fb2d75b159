package baton.bench.load;

import baton.runtime.http.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `./baton serve` in a process of its own, from its start until it is closed.
public final class Serving implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("http://[0-9.]+:[0-9]+");
  private static final long STOP_MAX_SECONDS = 30;

  private final Process process;
  private final Path data;
  private final double seconds;
  private final String url;

  private Serving(Process process, Path data, double seconds, String url) {
    this.process = process;
    this.data = data;
    this.seconds = seconds;
    this.url = url;
  }

  /// Returns when it says that it is ready.
  ///
  /// @param settings as in `baton.conf`
  /// @param flags for its Java
  public static Serving start(Plan plan, Path data, String settings, List<String> flags)
      throws IOException {
    Files.createDirectories(data);
    var config = Files.writeString(data.resolve("bench.conf"), settings);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "baton.runtime.Main"));
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    command.addAll(List.of("--config", config.toString()));
    plan.db().ifPresent(url -> command.addAll(List.of("--db", url)));
    long began = System.nanoTime();
    var log = data.resolve("bench-serve.log").toFile();
    var process = new ProcessBuilder(command).redirectError(log).start();
    try {
      var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("Baton is ready")) continue;
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Serving(process, data, seconds, address(line, lines));
      }
      throw new IOException("serve did not start: " + last(log.toPath()));
    } catch (IOException | RuntimeException failed) {
      stop(process);
      throw failed;
    }
  }

  private static String address(String ready, BufferedReader lines) throws IOException {
    for (var line = ready; line != null; line = lines.readLine()) {
      var url = URL.matcher(line);
      if (url.find()) return url.group();
    }
    throw new IOException("serve did not say where it listens");
  }

  private static String last(Path log) throws IOException {
    var lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  /// From the start of the process until it was ready.
  public double seconds() {
    return seconds;
  }

  public Plan.Running engine() throws IOException {
    return new Plan.Running(url, Tokens.operatorToken(data));
  }

  public boolean runs() {
    return process.isAlive();
  }

  @Override
  public void close() {
    stop(process);
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (process.waitFor(STOP_MAX_SECONDS, TimeUnit.SECONDS)) return;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
