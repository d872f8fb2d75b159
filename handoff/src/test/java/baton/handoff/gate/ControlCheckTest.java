package baton.handoff.gate;

import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Role;
import org.junit.jupiter.api.Test;

/// Is the engine allowed to act here at all, and under this policy?
class ControlCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void runningUnderTheCurrentPolicyNothingIsAgainstIt() {
    sketch.expect("control", speak(), "permit nothing-against engine");
  }

  @Test
  void whilePausedItIsNotYet() {
    sketch.paused().expect("control", speak(), "defer paused engine");
  }

  @Test
  void aPauseBindsTheEngineAndPeopleToo() {
    sketch.paused().holder(Role.HUMAN).expect("control", speak(), "defer paused engine");
    sketch.by(Role.ENGINE).expect("control", line("moment"), "defer paused engine");
  }

  @Test
  void aPolicyThatIsNotCurrentPermitsNothing() {
    sketch.currentPolicy("p2").expect("control", speak(), "deny policy-not-current engine");
  }
}
