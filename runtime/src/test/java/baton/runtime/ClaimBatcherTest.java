package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.ConversationId;
import baton.handoff.port.Claims;
import baton.persistence.db.Outage;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryStore;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Traces;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What many ask of the claims at once.
class ClaimBatcherTest {
  private static final int BAD = 7;

  private final List<Integer> batches = new ArrayList<>();
  private String state = "22021";

  /// A database that cannot take one row.
  private final Claims claims =
      new MemoryClaims(new MemoryStore(InstantSource.fixed(Instant.EPOCH))) {
        @Override
        public List<Answer> take(Batch batch) {
          batches.add(batch.authorities().size());
          if (batch.authorities().stream().anyMatch(row -> row.authority() == BAD)) {
            throw new Outage(new SQLException("", state));
          }
          return super.take(batch);
        }
      };

  @Test
  void givenARowThatCannotBe_thenOnlyWhoAskedForItHasNoAnswer() {
    var asked = asked(12);
    for (int i = 0; i < 12; i++) {
      var answer = asked.get(i);
      if (i == BAD) assertThrows(CompletionException.class, answer::join);
      else answer.join();
    }
  }

  @Test
  void givenThatTheDatabaseIsAway_thenNobodyHasAnAnswer_andItIsAskedOnce() {
    state = "08006";
    asked(12).forEach(answer -> assertThrows(CompletionException.class, answer::join));
    assertEquals(List.of(12), batches);
  }

  /// All in one batch: they wait before anybody is there to take them.
  private List<CompletableFuture<Void>> asked(int count) {
    var batcher =
        new ClaimBatcher(claims, () -> false, new Metrics(System::nanoTime), Traces.off());
    var asked =
        IntStream.range(0, count)
            .mapToObj(i -> {
              var id = new ConversationId("default", "c" + i);
              return batcher.advance(new Claims.Authority(id, "s", i, false));
            })
            .toList();
    batcher.start();
    CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .exceptionally(_ -> null)
        .join();
    batcher.close();
    return asked;
  }
}
