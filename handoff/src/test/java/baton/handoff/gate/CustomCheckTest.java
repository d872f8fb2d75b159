package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.speak;

import org.junit.jupiter.api.Test;

/// The policy's own conditions can only tighten.
class CustomCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void aConditionThatDoesNotHoldSaysNothing() {
    sketch.policy(p -> p.custom("speak", "x", inquiry -> false, Verdict.DENY));
    sketch.expect("custom", speak(), "permit nothing-against engine");
  }

  @Test
  void aConditionThatHoldsSaysWhatItSays() {
    sketch.policy(p -> p.custom("speak", "x", inquiry -> true, Verdict.ESCALATE));
    sketch.expect("custom", speak(), "escalate custom custom.x");
  }

  @Test
  void aConditionIsAboutItsKind() {
    sketch.policy(p -> p.custom("speak", "x", inquiry -> true, Verdict.DENY));
    sketch.expect("custom", book(), "permit nothing-against engine");
  }

  @Test
  void aConditionThatFailsDenies() {
    sketch.policy(p ->
        p.custom(
            "speak",
            "x",
            inquiry -> {
              throw new IllegalStateException("no such field");
            },
            Verdict.DEFER));
    sketch.expect("custom", speak(), "deny check-failed custom.x");
  }

  @Test
  void aConditionReadsTheInquiry() {
    sketch.policy(
        p -> p.custom("speak", "x", i -> i.state().counted().of("turns") > 2, Verdict.DENY));
    sketch.counted("turns", 2).expect("custom", speak(), "permit nothing-against engine");
    sketch.counted("turns", 3).expect("custom", speak(), "deny custom custom.x");
  }

  @Test
  void noConditionCanPermitWhatAnotherCheckDenies() {
    sketch.policy(p -> p.custom("speak", "x", inquiry -> true, Verdict.PERMIT));
    sketch.expect("custom", speak(), "permit custom custom.x");
    sketch.expect("mandate", speak(), "deny mandate-missing engine");
  }
}
