package baton.runtime.cli;

import baton.runtime.Node;
import baton.runtime.Settings;
import baton.runtime.Startup;
import baton.runtime.Storage;
import baton.runtime.http.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Nodes to form a cluster with; of those there are, one is enough.")
  private List<String> join = List.of();

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "The folder of the keys that all nodes share (default: the data folder).")
  private Path keys;

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
    return base.with(Optional.ofNullable(data), Optional.ofNullable(url), Optional.ofNullable(port))
        .joining(join, Optional.ofNullable(keys));
  }

  private static void serve(Settings settings) throws Exception {
    long began = System.nanoTime();
    settings.watching().log().apply();
    settings.http().mustBeFree();
    var storage = storage(settings);
    var stopping = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    try (storage) {
      var node = Node.start(settings, storage);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stop(stopping, stopped)));
      announce(settings, storage, node, (System.nanoTime() - began) / 1_000_000);
      while (isLeftOut(node, stopping)) {
        node.refusal().ifPresent(ServeCommand::refuse);
        System.err.println("baton: this node was left out of its cluster, and comes back");
        // Where it was, so that whoever talked with it finds it again.
        var port = Optional.of(node.port());
        var same = settings.with(Optional.empty(), Optional.empty(), port);
        node = Node.start(same.comingBack(), storage);
      }
      System.out.println("Stopping.");
    } finally {
      stopped.countDown();
    }
  }

  private static void refuse(String line) {
    throw new IllegalStateException(line);
  }

  /// Waits for the node's end, and closes it.
  ///
  /// @return whether the others, and not an operator, have ended it
  private static boolean isLeftOut(Node node, CountDownLatch stopping) throws InterruptedException {
    try (node) {
      CompletableFuture.anyOf(
              node.left().toCompletableFuture(),
              CompletableFuture.runAsync(() -> await(stopping), Thread::startVirtualThread))
          .join();
      return stopping.getCount() > 0;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private static Storage storage(Settings settings) {
    if (settings.database().isPresent()) {
      return Storage.external(
          settings.database().get(), settings.databaseUser(), settings.databasePassword());
    }
    return settings.cluster().join().isEmpty()
        ? Storage.embedded(settings.data())
        : Storage.beside(settings.data());
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

  private static void announce(Settings settings, Storage storage, Node node, long millis)
      throws Exception {
    var address = "http://" + settings.http().host() + ":" + node.port();
    System.out.printf(
        """
        Baton is ready after %.1f s, on %s.

          Address         %s
          Operator token  %s
                          (kept in %s)
          Talk to it      ./baton chat --url %s
          Another node    ./baton serve --port 0 --join %s
          Stop it         Ctrl-C
        %n\
        """,
        millis / 1000.0,
        storage.described(),
        address,
        Tokens.operatorToken(settings.keys()),
        settings.keys().resolve("operator-token"),
        address,
        node.clusterAddress());
  }
}
