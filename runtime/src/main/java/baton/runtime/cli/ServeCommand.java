package baton.runtime.cli;

import baton.runtime.Node;
import baton.runtime.Settings;
import baton.runtime.Startup;
import baton.runtime.Storage;
import baton.runtime.http.Tokens;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./baton serve`: runs the engine until it is told to stop.
@Command(name = "serve", description = "Runs the engine.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen, 0 for a free port (default: 8080).")
  private Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder for database, keys and tokens (default: data).")
  private Path data;

  @Option(
      names = "--db",
      paramLabel = "JDBC_URL",
      description = "A PostgreSQL to use instead of its own.")
  private String url;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings (default: baton.conf, where there is one).")
  private Path config;

  @Override
  public Integer call() {
    try {
      serve(settings());
      return 0;
    } catch (Exception failed) {
      System.err.println("baton: " + Startup.line(failed));
      return 1;
    }
  }

  private Settings settings() {
    var standard = Path.of("baton.conf");
    var base =
        config != null
            ? Settings.load(config)
            : standard.toFile().exists()
                ? Settings.load(standard)
                : Settings.defaults(Path.of("data"));
    return base.with(
        Optional.ofNullable(data), Optional.ofNullable(url), Optional.ofNullable(port));
  }

  private static void serve(Settings settings) throws Exception {
    long began = System.nanoTime();
    settings.http().mustBeFree();
    var storage =
        settings.database().isPresent()
            ? Storage.external(
                settings.database().get(), settings.databaseUser(), settings.databasePassword())
            : Storage.embedded(settings.data());
    var stopping = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    try (storage;
        var node = Node.start(settings, storage)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop(stopping, stopped)));
      announce(settings, storage, node.port(), (System.nanoTime() - began) / 1_000_000);
      stopping.await();
      System.out.println("Stopping.");
    } finally {
      stopped.countDown();
    }
  }

  /// Lets the process live until everything is closed.
  private static Runnable stop(CountDownLatch stopping, CountDownLatch stopped) {
    return () -> {
      stopping.countDown();
      try {
        stopped.await();
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static void announce(Settings settings, Storage storage, int port, long millis)
      throws Exception {
    var address = "http://" + settings.http().host() + ":" + port;
    System.out.printf(
        """
        Baton is ready after %.1f s, on %s.

          Address         %s
          Operator token  %s
                          (kept in %s)
          Talk to it      ./baton chat --url %s
          Stop it         Ctrl-C
        %n\
        """,
        millis / 1000.0,
        storage.described(),
        address,
        Tokens.operatorToken(settings.data()),
        settings.data().resolve("operator-token"),
        address);
  }
}
