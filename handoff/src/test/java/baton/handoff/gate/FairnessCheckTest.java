package baton.handoff.gate;

import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Role;
import baton.handoff.action.Action;
import org.junit.jupiter.api.Test;

/// Hard limits on intensity and differential treatment.
class FairnessCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void answersWithoutAWordOfTheBuyerAreCounted() {
    sketch.policy(p -> p.fair("speak", "unanswered", 2)).counted("unanswered", 1);
    sketch.expect("fairness", speak(), "permit nothing-against engine");
    sketch.counted("unanswered", 2);
    sketch.expect("fairness", speak(), "deny too-intense fair.speak.unanswered");
  }

  @Test
  void theSentencesOfOneAnswerCountOnce() {
    sketch.policy(p -> p.fair("speak", "unanswered", 2)).counted("unanswered", 2);
    sketch.counted("voiced", 1).expect("fairness", speak(), "permit nothing-against engine");
  }

  @Test
  void attemptsCountOverAllConversations() {
    sketch.policy(p -> p.fair("initiate-contact", "attempts", 3));
    var call = new Action.InitiateContact("phone");
    sketch.attempts(2).expect("fairness", call, "permit nothing-against engine");
    sketch.attempts(3).expect("fairness", call, "deny too-intense fair.initiate-contact.attempts");
  }

  @Test
  void speakingInAContactIsNoFurtherAttempt() {
    sketch.policy(p -> p.fair("speak", "attempts", 3)).attempts(3);
    sketch.expect("fairness", speak(), "permit nothing-against engine");
    sketch.attempts(4).expect("fairness", speak(), "deny too-intense fair.speak.attempts");
  }

  @Test
  void noRightAndNoApprovalLiftsIt() {
    sketch.policy(p -> p.fair("concede", "percent", 30)).approved("lead");
    sketch.policy(p -> p.operatorRight("concede", "lead", "percent", 50));
    sketch.expect("fairness", concede(30), "permit nothing-against engine");
    sketch.expect("fairness", concede(31), "deny unequal fair.concede.percent");
  }

  @Test
  void itBindsPeopleToo() {
    sketch.policy(p -> p.fair("concede", "percent", 30)).holder(Role.HUMAN);
    sketch.expect("fairness", concede(31), "deny unequal fair.concede.percent");
  }

  @Test
  void aMeasureThatIsNotKnownPermitsNothing() {
    sketch.policy(p -> p.fair("speak", "smiles", 99));
    sketch.expect("fairness", speak(), "deny too-intense fair.speak.smiles");
  }

  @Test
  void theEnginesLinesAreNoOutreach() {
    sketch.policy(p -> p.fair("speak", "unanswered", 0)).by(Role.ENGINE);
    sketch.expect("fairness", line("moment"), "permit nothing-against engine");
  }
}
