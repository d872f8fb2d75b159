package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.runtime.Engine;
import baton.runtime.observe.Metrics;
import baton.runtime.view.EventView;
import baton.runtime.view.Sight;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Live event streams. Each reads the journal at its reader's pace, so that a slow reader costs
/// nothing but a connection, and is woken when there is more.
final class Streams {
  private static final int ROWS = 200;

  /// Of all streams, one in so many is for operators alone: whatever buyers do, somebody can watch.
  private static final int KEPT_FOR_OPERATORS = 8;

  private static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private final Engine engine;
  private final Workers workers;
  private final HttpSettings settings;
  private final Metrics metrics;

  /// How many its buyer has, by conversation.
  private final Map<ConversationId, Integer> open = new HashMap<>();

  private final Set<Tail> tails = ConcurrentHashMap.newKeySet();
  private int total;
  private volatile boolean closing;

  Streams(Engine engine, Workers workers, HttpSettings settings, Metrics metrics) {
    this.engine = engine;
    this.workers = workers;
    this.settings = settings;
    this.metrics = metrics;
  }

  /// The events after number `after`, for ever. Subscribes when it is first read.
  Source<ByteString, NotUsed> open(ConversationId id, long after, Sight sight) {
    if (isFull(id, sight)) throw full();
    return Source.fromMaterializer(
            (_, _) -> {
              if (!enter(id, sight)) return Source.<ByteString>failed(full());
              var tail = new Tail(id, after, sight);
              tails.add(tail);
              return Source.unfoldAsync(tail, Tail::next)
                  .prepend(Source.single(ByteString.fromString("retry: 2000\n\n")))
                  .watchTermination((_, done) -> {
                    done.whenComplete((_, _) -> {
                      tail.close();
                      leave(id, sight);
                    });
                    return NotUsed.getInstance();
                  });
            })
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  /// Ends all streams. Their readers go on elsewhere from where they were.
  void close() {
    closing = true;
    tails.forEach(tail -> tail.bell.complete(null));
  }

  private synchronized boolean isFull(ConversationId id, Sight sight) {
    int max = settings.streamsMax();
    if (watches(sight)) return total >= max;
    return total >= max - max / KEPT_FOR_OPERATORS
        || open.getOrDefault(id, 0) >= settings.conversationStreamsMax();
  }

  private synchronized boolean enter(ConversationId id, Sight sight) {
    if (isFull(id, sight)) return false;
    total++;
    if (!watches(sight)) open.merge(id, 1, Integer::sum);
    metrics.streams(1);
    return true;
  }

  private synchronized void leave(ConversationId id, Sight sight) {
    total--;
    if (!watches(sight)) open.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
    metrics.streams(-1);
  }

  private static boolean watches(Sight sight) {
    return sight.reader() == Sight.Reader.OPERATOR;
  }

  private static Problem full() {
    return Problem.later(429, "too many event streams: close one", Duration.ofSeconds(5));
  }

  /// One reader. Its members are touched by one stream stage at a time.
  private final class Tail {
    private final ConversationId id;
    private final EventView.Feed feed;
    private final AutoCloseable subscription;
    private long row;
    private long seen;
    private volatile CompletableFuture<Void> bell = new CompletableFuture<>();

    Tail(ConversationId id, long after, Sight sight) {
      this.id = id;
      this.seen = after;
      this.feed = new EventView.Feed(sight);
      this.subscription = engine.listen(id, () -> bell.complete(null));
    }

    CompletionStage<Optional<Pair<Tail, ByteString>>> next() {
      // Hung up before reading, so that what comes in between rings it.
      var rung = new CompletableFuture<Void>();
      bell = rung;
      if (closing) return CompletableFuture.completedStage(Optional.empty());
      return workers
          .run(this::read)
          .thenCompose(read -> after(read, rung))
          // An outage ends the stream; the reader comes back and goes on from its last event.
          .exceptionally(_ -> Optional.empty());
    }

    private CompletionStage<Optional<Pair<Tail, ByteString>>> after(
        Read read, CompletableFuture<Void> rung) {
      if (!read.events.isEmpty()) return with(render(read.events));
      if (read.more) return next();
      return rung.copy()
          .thenApply(_ -> true)
          .completeOnTimeout(false, settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS)
          .thenCompose(rang -> rang ? next() : with(HEARTBEAT));
    }

    /// @param more whether there were rows, though perhaps none that this reader sees
    private record Read(List<EventView> events, boolean more) {}

    private Read read() {
      var rows = engine.entries(id, row, ROWS);
      if (rows.isEmpty()) return new Read(List.of(), false);
      row = rows.getLast().row();
      var events =
          feed.next(rows.stream().map(Engine.Numbered::entry).toList()).stream()
              .filter(event -> event.seq() > seen)
              .toList();
      if (!events.isEmpty()) seen = events.getLast().seq();
      return new Read(events, true);
    }

    private CompletionStage<Optional<Pair<Tail, ByteString>>> with(ByteString bytes) {
      return CompletableFuture.completedStage(Optional.of(Pair.create(this, bytes)));
    }

    void close() {
      try {
        subscription.close();
      } catch (Exception unsubscribing) {
        throw new IllegalStateException("cannot stop listening", unsubscribing);
      }
    }
  }

  private static ByteString render(List<EventView> events) {
    var out = new StringBuilder();
    for (var event : events) {
      out.append("id: ").append(event.seq()).append('\n');
      out.append("data: ").append(Json.write(event)).append("\n\n");
    }
    return ByteString.fromString(out.toString());
  }
}
