package baton.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Event;
import baton.handoff.State;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Gate;
import baton.handoff.gate.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The benchmarks of the kernel do what they are said to measure.
class BenchmarksTest {
  private static final Journey PLAIN = Journey.plain();
  private static final Journey CONDITIONAL = Journey.with(20);

  @Test
  void whatTheGateIsAskedItDecidesAsInTheConversation() {
    var decided =
        PLAIN.entries().stream()
            .flatMap(entry -> entry.events().stream())
            .filter(Event.Decided.class::isInstance)
            .map(Event.Decided.class::cast)
            .map(Event.Decided::verdict)
            .toList();
    var judged = PLAIN.inquiries().stream().map(each -> Gate.judge(each).verdict()).toList();
    assertEquals(decided, judged);
    assertTrue(judged.contains(Verdict.DENY), "the buyer asks for too much once");
  }

  @Test
  void everyActionHasAConditionAndNoneOfThemDecides() {
    assertEquals(PLAIN.kinds(), CONDITIONAL.kinds());
    for (var inquiry : CONDITIONAL.inquiries()) {
      var rules = inquiry.policy().custom().get(inquiry.kind());
      assertTrue(rules != null && !rules.isEmpty(), inquiry.kind());
      assertEquals(
          List.of(Verdict.PERMIT),
          Gate.judge(inquiry).findings().stream()
              .filter(finding -> finding.check().equals("custom"))
              .map(Finding::verdict)
              .distinct()
              .toList());
    }
    assertEquals(
        20,
        CONDITIONAL.inquiries().getFirst().policy().custom().values().stream()
            .mapToInt(List::size)
            .sum());
  }

  @Test
  void theFoldEndsWhereTheConversationDid() {
    assertInstanceOf(State.Closed.class, Journey.fold(PLAIN.entries()));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    var written = new JournalBenchmark();
    var read = new JournalBenchmark();
    written.play();
    read.play();
    for (int i = 0; i < PLAIN.entries().size(); i++) {
      assertEquals(written.write().entry(), read.read().entry());
    }
  }

  @Test
  void inEveryTextOfBuyersThereIsSomethingToRead() {
    var interpreter = new InterpreterBenchmark();
    interpreter.read();
    for (var text : InterpreterBenchmark.BUYERS) {
      assertTrue(!interpreter.buyer(text).isEmpty(), text);
    }
  }
}
