package baton.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void eachIsAnswered() {
    try (var batches = batches(questions -> questions.stream().map(n -> n + 1).toList())) {
      var answers = List.of(batches.ask(1), batches.ask(2), batches.ask(3));
      assertEquals(List.of(2, 3, 4), answers.stream().map(answer -> answer.join()).toList());
    }
  }

  @Test
  void givenAnErrorAtOne_thenTheNextIsAnswered() {
    var error = new NoClassDefFoundError("a class");
    Batches.Work<Integer, Integer> work =
        questions -> {
          if (questions.contains(0)) throw error;
          return questions;
        };
    try (var batches = batches(work)) {
      var failed = batches.ask(0);
      assertSame(error, assertThrows(CompletionException.class, failed::join).getCause());
      assertEquals(1, batches.ask(1).join());
    }
  }

  private static Batches<Integer, Integer> batches(Batches.Work<Integer, Integer> work) {
    return new Batches<>("batches", 1, 10, BatchesTest::never, work);
  }

  private static boolean never(SQLException failure) {
    return false;
  }
}
