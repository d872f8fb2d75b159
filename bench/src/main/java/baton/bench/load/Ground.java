package baton.bench.load;

import baton.runtime.Node;
import baton.runtime.Settings;
import baton.runtime.Storage;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.LoggerFactory;

/// What an engine stands on while it is measured: a folder and a database, new ones and removed
/// afterwards where nothing else was named.
public final class Ground implements AutoCloseable {
  /// Buyers here are one address and many people.
  public static final String UNBOUNDED =
      """
      http.conversation-rate { burst = 1000000, per-second = 1000000 }
      http.address-rate { burst = 1000000, per-second = 1000000 }
      """;

  /// What is open should the program be told to stop.
  private static final Deque<AutoCloseable> OPEN = new ConcurrentLinkedDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Ground::leave));
  }

  private final Path data;
  private final boolean kept;
  private final Storage storage;

  private Ground(Path data, boolean kept, Storage storage) {
    this.data = data;
    this.kept = kept;
    this.storage = storage;
    OPEN.push(this);
  }

  /// @throws baton.persistence.db.Unusable where there is no database, in one line
  public static Ground open(Plan plan) {
    plan.tell().accept("starting the database");
    var data = plan.data().orElseGet(Ground::made);
    boolean kept = plan.data().isPresent();
    try {
      var storage =
          plan.db()
              .map(url -> Storage.external(url, "", ""))
              .orElseGet(() -> Storage.embedded(data));
      return new Ground(data, kept, storage);
    } catch (RuntimeException failed) {
      if (!kept) remove(data);
      throw failed;
    }
  }

  private static Path made() {
    try {
      return Files.createTempDirectory("baton-bench");
    } catch (IOException full) {
      throw new Unfit("cannot make a folder for the database: name one with --data");
    }
  }

  /// Something that needs several engines, one after the other on one folder.
  public interface Several {
    /// @param plan that names the folder
    void run(Plan plan, Path folder) throws Exception;
  }

  /// On a new folder that is removed afterwards, where the plan names none.
  public static void several(Plan plan, Several several) throws Exception {
    if (plan.data().isPresent()) {
      several.run(plan, plan.data().get());
      return;
    }
    var folder = made();
    AutoCloseable removal = () -> remove(folder);
    OPEN.push(removal);
    try {
      several.run(plan.in(folder), folder);
    } finally {
      if (OPEN.remove(removal)) removal.close();
    }
  }

  /// An engine on it, with workload W's policy. Where it stops, this ground is of no more use.
  public Node engine() {
    var node = engine("");
    Workloads.activate(node.ports().policies());
    return node;
  }

  /// @param settings more of them, as in `baton.conf`
  public Node engine(String settings) {
    try {
      var file = Files.createTempFile("baton-bench", ".conf");
      try {
        Files.writeString(file, UNBOUNDED + settings);
        var all = Settings.load(file).with(Optional.of(data), Optional.empty(), Optional.of(0));
        return Node.start(all, storage);
      } finally {
        Files.delete(file);
      }
    } catch (IOException full) {
      throw new Unfit("cannot write a file of settings: make room for temporary files");
    }
  }

  public Storage storage() {
    return storage;
  }

  public Path data() {
    return data;
  }

  /// The server's process, where it is Baton's own.
  public OptionalLong postmaster() {
    var file = data.resolve("postgres").resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) return OptionalLong.empty();
      List<String> lines = Files.readAllLines(file);
      return OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    if (!OPEN.remove(this)) return;
    storage.close();
    if (!kept) remove(data);
  }

  /// Leaves no server running and no folder behind, last opened first.
  private static void leave() {
    // That the database goes away under the engine is no news then.
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    for (var open = OPEN.peek(); open != null; open = OPEN.peek()) {
      try {
        open.close();
      } catch (Exception left) {
        // The folder's name says whose it was.
      }
      OPEN.remove(open);
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
