package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog<Integer> backlog = new Backlog<>(10);

  @Test
  void whatWaitsIsTheNextBatch_inItsOrder_andNoneIsLargerThanItMayBe() throws Exception {
    IntStream.range(0, 25).forEach(backlog::offer);
    var sizes = new ArrayList<Integer>();
    var all = new ArrayList<Integer>();
    while (backlog.size() > 0) {
      var batch = backlog.next();
      sizes.add(batch.size());
      all.addAll(batch);
    }
    assertEquals(List.of(10, 10, 5), sizes);
    assertEquals(IntStream.range(0, 25).boxed().toList(), all);
  }

  @Test
  void givenThatManyCameLast_andMoreComeMeanwhile_thenNoneIsLost() throws Exception {
    IntStream.range(0, 5).forEach(backlog::offer);
    backlog.next();
    var arriving = Thread.ofPlatform().start(() -> IntStream.range(5, 100).forEach(backlog::offer));
    var all = new ArrayList<Integer>();
    while (all.size() < 95) all.addAll(backlog.next());
    arriving.join();
    assertEquals(IntStream.range(5, 100).boxed().toList(), all);
  }

  @Test
  void whatIsLeftAtTheEndIsTakenOut() {
    backlog.offer(1);
    backlog.offer(2);
    assertEquals(List.of(1, 2), backlog.left());
    assertEquals(0, backlog.size());
  }
}
