package baton.simulation.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// One [Stretch] after the other, as long as nodes come back.
final class Torture implements AutoCloseable {
  private static final String CLASSES = "classes.jsa";
  private static final String ENDED = "it was ended before it was over";

  private final Plan plan;
  private final Path folder;
  private final Consumer<Stretch.News> tell;
  private Ground rehearsal;
  private Stretch stretch;
  private boolean closed;
  private volatile boolean clean = true;

  /// @param folder has nothing in it; stretches that are violated are left there
  Torture(Plan plan, Path folder, Consumer<Stretch.News> tell) {
    this.plan = plan;
    this.folder = folder;
    this.tell = tell;
  }

  Result run() throws IOException {
    long began = System.nanoTime();
    var flags = rehearsed();
    var judged = new ArrayList<Judged>();
    for (var left = plan.faulty(); judged.isEmpty() || left.isPositive(); ) {
      int number = judged.size() + 1;
      var own = Files.createDirectory(folder.resolve("stretch-" + number));
      boolean isBroken;
      try (var next = begin(number, own, flags, plan.stretch(left))) {
        judged.add(judged(next, plan.seed(number)));
        isBroken = next.isBroken();
      }
      clean &= judged.getLast().violations().isEmpty();
      left = left.minus(judged.getLast().faulty());
      tell.accept(new Stretch.News.Over(number, judged.getLast(), left));
      if (isBroken) break;
      if (judged.getLast().violations().isEmpty()) delete(own);
    }
    Files.deleteIfExists(folder.resolve(CLASSES));
    return new Result(plan, judged, Duration.ofNanos(System.nanoTime() - began));
  }

  /// What the stretches before it have shown is not to be lost with it.
  private Judged judged(Stretch next, long seed) {
    try {
      return next.run();
    } catch (IOException | RuntimeException failed) {
      if (isClosed()) throw new Unmet(ENDED);
      return Judged.not(seed, "it cannot be judged: " + failed);
    }
  }

  /// Whether nothing was violated so far.
  boolean isClean() {
    return clean;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /// A node starts twice as fast where an earlier one has left its classes as they lie in memory;
  /// and nodes start all the time here.
  private List<String> rehearsed() throws IOException {
    var classes = folder.resolve(CLASSES);
    var own = Files.createDirectory(folder.resolve("rehearsal"));
    try (var ground = lay(own, List.of("-XX:ArchiveClassesAtExit=" + classes))) {
      var node = ground.node(1);
      node.start();
      new Injector(ground, plan.readyMax(), _ -> {}).allReady();
      node.stop();
    }
    delete(own);
    return Files.exists(classes) ? List.of("-XX:SharedArchiveFile=" + classes) : List.of();
  }

  private synchronized Ground lay(Path own, List<String> flags) throws IOException {
    if (closed) throw new Unmet(ENDED);
    rehearsal = Ground.in(own, 1, flags, false);
    return rehearsal;
  }

  private synchronized Stretch begin(int number, Path own, List<String> flags, Duration faultyMax) {
    if (closed) throw new Unmet(ENDED);
    stretch = new Stretch(plan, plan.seed(number), own, flags, faultyMax, tell);
    return stretch;
  }

  /// Ends every process that was started, and lets no other begin.
  @Override
  public void close() {
    Stretch last;
    synchronized (this) {
      closed = true;
      last = stretch;
      if (rehearsal != null) rehearsal.close();
    }
    if (last != null) last.close();
  }

  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException left) {
      // In the folder for what is temporary, where others clean up.
    }
  }
}
