package baton.runtime.http;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/// Reads request bodies. One that is too large is still read to its end within reason, so that its
/// sender hears why it was turned down, but none of it is kept.
final class Intake {
  private static final long DRAINED_MAX_BYTES = 32L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Intake() {}

  /// @param tooLarge whether it was, in which case `bytes` is empty
  record Body(byte[] bytes, boolean tooLarge) {}

  private record Taken(ByteString bytes, long count) {
    Taken and(ByteString more, int maxBytes) {
      long total = count + more.length();
      if (total > DRAINED_MAX_BYTES) throw Problem.of(413, "the body is far too large");
      return new Taken(total > maxBytes ? ByteString.emptyByteString() : bytes.concat(more), total);
    }
  }

  static CompletionStage<Body> read(RequestEntity entity, int maxBytes, ActorSystem<?> system) {
    return entity
        .withoutSizeLimit()
        .getDataBytes()
        .completionTimeout(PATIENCE)
        .runWith(
            Sink.fold(
                new Taken(ByteString.emptyByteString(), 0),
                (taken, more) -> taken.and(more, maxBytes)),
            system)
        .thenApply(taken -> new Body(taken.bytes.toArray(), taken.count > maxBytes))
        .exceptionally(failure -> {
          throw failure instanceof CompletionException wrapped
                  && wrapped.getCause() instanceof Problem problem
              ? problem
              : failure instanceof Problem problem
                  ? problem
                  : Problem.of(408, "the body did not arrive whole");
        });
  }
}
