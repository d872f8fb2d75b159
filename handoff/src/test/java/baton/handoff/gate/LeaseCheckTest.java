package baton.handoff.gate;

import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.policy.Policy.SafeState;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Does the proposing role hold the conversation, under this epoch?
class LeaseCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void theHolderMayPropose() {
    sketch.expect("lease", speak(), "permit nothing-against engine");
  }

  @Test
  void anotherRoleMayNot() {
    sketch.by(Role.CLOSING).expect("lease", speak(), "deny not-holder engine");
  }

  @Test
  void anEarlierEpochIsNoLongerGood() {
    sketch.epoch(1).expect("lease", speak(), "deny stale-epoch engine");
  }

  @Test
  void whilePassingNobodyHoldsIt() {
    var passing =
        new Lease.Passing(
            Role.BOOKING,
            Role.CLOSING,
            2,
            "edge",
            List.of(),
            SafeState.RETURN,
            java.time.Instant.EPOCH);
    sketch.lease(passing).expect("lease", speak(), "deny not-holder engine");
    sketch.by(Role.CLOSING).expect("lease", speak(), "deny not-holder engine");
  }

  @Test
  void nobodyHoldsWhatWasReleased() {
    sketch
        .lease(new Lease.Nobody("silence", Role.BOOKING, 2))
        .expect("lease", speak(), "deny not-holder engine");
  }

  @Test
  void aPersonHoldsWhatWasTakenOver() {
    sketch.holder(Role.HUMAN).expect("lease", speak(), "permit nothing-against engine");
    sketch.by(Role.BOOKING).expect("lease", speak(), "deny not-holder engine");
  }

  @Test
  void theEngineNeedsNoLease() {
    sketch
        .by(Role.ENGINE)
        .epoch(1)
        .expect("lease", line("moment"), "permit nothing-against engine");
  }
}
