package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nobody waits for ever for his turn.
@Timeout(60)
class WorkersTest {
  @Test
  void givenWorkThatDoesNotEndThenWhoWaitsBehindItIsToldToComeAgain() {
    try (var workers = Workers.many(1, 8, Duration.ofMillis(50))) {
      var begun = new CountDownLatch(1);
      var end = new CountDownLatch(1);
      var first =
          workers.run(() -> {
            begun.countDown();
            end.await();
            return "done";
          });
      var second =
          workers.run(() -> {
            begun.await();
            return "done too";
          });
      var told = assertThrows(CompletionException.class, () -> second.toCompletableFuture().join());
      var problem = (Problem) told.getCause();
      assertEquals(503, problem.status);
      assertEquals(Optional.of(Duration.ofSeconds(1)), problem.retryAfter);
      end.countDown();
      assertEquals("done", first.toCompletableFuture().join());
    }
  }
}
