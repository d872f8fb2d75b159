package baton.handoff.gate;

import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Role;
import baton.handoff.policy.Policy.Autonomy.Level;
import org.junit.jupiter.api.Test;

/// How far does this action go without a person?
class AutonomyCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void aKindWithoutALevelIsOff() {
    sketch.expect("autonomy", speak(), "deny autonomy-off engine");
  }

  @Test
  void whatIsOffIsDenied() {
    sketch.policy(p -> p.level("speak", Level.OFF, ""));
    sketch.expect("autonomy", speak(), "deny autonomy-off autonomy.speak");
  }

  @Test
  void whatIsBoundedGoesWithinTheOtherClauses() {
    sketch.policy(p -> p.level("speak", Level.BOUNDED, ""));
    sketch.expect("autonomy", speak(), "permit nothing-against autonomy.speak");
  }

  @Test
  void whatIsAssistedNeedsAPersonEachTime() {
    sketch.policy(p -> p.level("speak", Level.ASSIST, "lead"));
    sketch.expect("autonomy", speak(), "escalate autonomy-assist autonomy.speak");
  }

  @Test
  void anApprovalUnderThatRightPermits() {
    sketch.policy(p -> p.level("speak", Level.ASSIST, "lead")).approved("lead");
    sketch.expect("autonomy", speak(), "permit approved autonomy.speak");
  }

  @Test
  void anApprovalUnderAnotherRightDoesNot() {
    sketch.policy(p -> p.level("speak", Level.ASSIST, "lead")).approved("other");
    sketch.expect("autonomy", speak(), "escalate autonomy-assist autonomy.speak");
  }

  @Test
  void anApprovalIsNotForAnotherLease() {
    sketch.policy(p -> p.level("speak", Level.ASSIST, "lead")).approved("lead").epoch(1);
    sketch.expect("autonomy", speak(), "escalate autonomy-assist autonomy.speak");
  }

  @Test
  void itBindsMachinesOnly() {
    sketch.policy(p -> p.level("speak", Level.OFF, "")).holder(Role.HUMAN);
    sketch.expect("autonomy", speak(), "permit nothing-against engine");
    sketch.by(Role.ENGINE).expect("autonomy", line("moment"), "permit nothing-against engine");
  }
}
