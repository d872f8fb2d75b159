package baton.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;
import org.apache.pekko.stream.javadsl.StreamConverters;
import scala.concurrent.duration.Duration$;

/// A request's body as it comes in: what nobody has read yet waits at the sender's.
final class Upload extends InputStream {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long DRAINED_MAX_BYTES = 32L * 1024 * 1024;

  private final HttpRequest request;
  private final ActorSystem<?> system;
  private Optional<InputStream> open = Optional.empty();

  Upload(HttpRequest request, ActorSystem<?> system) {
    this.request = request;
    this.system = system;
  }

  private InputStream in() {
    if (open.isEmpty()) {
      // However long it takes, as long as something comes in.
      request
          .getHeader(TimeoutAccess.class)
          .ifPresent(access -> access.timeoutAccess().updateTimeout(Duration$.MODULE$.Inf()));
      open =
          Optional.of(
              request
                  .entity()
                  .withoutSizeLimit()
                  .getDataBytes()
                  .runWith(StreamConverters.asInputStream(PATIENCE), system));
    }
    return open.get();
  }

  @Override
  public int read() throws IOException {
    return in().read();
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    return in().read(target, from, length);
  }

  /// Reads what is left, within reason, so that the sender hears why it was turned down.
  void drain() {
    try (var rest = in()) {
      byte[] thrown = new byte[16 * 1024];
      long drained = 0;
      for (int read = 0; read >= 0 && drained < DRAINED_MAX_BYTES; drained += read) {
        read = rest.read(thrown);
      }
    } catch (IOException gone) {
      // Nobody is there to hear it.
    }
  }
}
