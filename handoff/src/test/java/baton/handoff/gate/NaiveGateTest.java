package baton.handoff.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Dice;
import baton.handoff.GeneratedPolicy;
import baton.handoff.action.Action;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The real gate against the naive one, and what both promise together.
class NaiveGateTest {
  private static final int POLICIES = 600;
  private static final int INQUIRIES = 50;

  @Test
  void bothGatesSayTheSame() {
    var bitten = new TreeMap<String, Integer>();
    int permitted = 0;
    for (long seed = 1; seed <= POLICIES; seed++) {
      var dice = new Dice(seed);
      var sketch = GeneratedPolicy.sketch(dice, "p" + seed);
      GeneratedPolicy.rights(dice, sketch);
      var policy = sketch.compile();
      for (int i = 0; i < INQUIRIES; i++) {
        var inquiry = GeneratedInquiry.of(dice, policy);
        var naive = NaiveGate.judge(inquiry);
        var real = Gate.judge(inquiry);
        if (real.verdict() == Verdict.PERMIT) permitted++;
        String about =
            "seed %d, inquiry %d, %s proposes %s"
                .formatted(seed, i, inquiry.proposal().role(), inquiry.proposal().action());
        assertEquals(shown(naive.said()), shown(said(real)), about);
        assertEquals(naive.verdict(), real.verdict(), about);
        for (var finding : real.findings()) {
          if (finding.verdict() != Verdict.PERMIT) bitten.merge(finding.check(), 1, Integer::sum);
        }
      }
    }
    assertEquals(new TreeSet<>(Gate.CHECKS), bitten.keySet(), "every check has bitten");
    assertTrue(permitted > 1_000, "and often enough none has: " + permitted);
  }

  @Test
  void theStricterPolicyPermitsNothingThatTheOtherDoesNot() {
    for (long seed = 1; seed <= 200; seed++) {
      var looser = GeneratedPolicy.sketch(new Dice(seed), "p").compile();
      var dice = new Dice(-seed);
      var sketch = GeneratedPolicy.sketch(new Dice(seed), "p");
      for (int i = 0; i < 3; i++) GeneratedPolicy.tighten(dice, sketch, 100 + i);
      var stricter = sketch.compile();
      for (int i = 0; i < 50; i++) {
        var inquiry = GeneratedInquiry.of(new Dice(seed * 1_000 + i), looser);
        var same =
            new Inquiry(
                stricter, inquiry.state(), inquiry.proposal(), inquiry.now(), inquiry.approval());
        // A new duty to disclose brings the sentence with it.
        if (inquiry.proposal().action() instanceof Action.Disclose) continue;
        if (Gate.judge(inquiry).verdict() == Verdict.PERMIT) continue;
        assertTrue(Gate.judge(same).verdict() != Verdict.PERMIT, "seed " + seed + ", inquiry " + i);
      }
    }
  }

  @Test
  void everyCheckAnswersEveryInquiryAndTheStrictestFindingWins() {
    for (long seed = 1; seed <= 2_000; seed++) {
      var dice = new Dice(seed);
      var judgement =
          Gate.judge(GeneratedInquiry.of(dice, GeneratedPolicy.policy(dice, "p" + seed)));
      var answered = new HashSet<String>();
      var strictest = Verdict.PERMIT;
      for (var finding : judgement.findings()) {
        answered.add(finding.check());
        strictest = strictest.or(finding.verdict());
      }
      assertEquals(Set.copyOf(Gate.CHECKS), answered);
      assertEquals(strictest, judgement.verdict());
    }
  }

  private static Set<NaiveGate.Said> said(Gate.Judgement judgement) {
    return judgement.findings().stream()
        .map(f -> new NaiveGate.Said(f.check(), f.verdict(), f.clause()))
        .collect(Collectors.toSet());
  }

  private static String shown(Set<NaiveGate.Said> said) {
    return said.stream()
        .map(s -> s.check() + " " + s.verdict() + " " + s.clause())
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
