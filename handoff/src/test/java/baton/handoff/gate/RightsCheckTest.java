package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.quote;

import baton.handoff.Role;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import org.junit.jupiter.api.Test;

/// Who may permit what lies beyond a threshold?
class RightsCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void whatNoRightIsAboutIsPermitted() {
    sketch.expect("rights", concede(40), "permit nothing-against engine");
  }

  @Test
  void theRolesOwnRightPermitsUpToItsThreshold() {
    rights();
    sketch.expect("rights", concede(10), "permit nothing-against right.booking-concede");
  }

  @Test
  void beyondItAnOperatorIsAsked() {
    rights();
    sketch.expect("rights", concede(11), "escalate right-needed right.lead");
    sketch.expect("rights", concede(25), "escalate right-needed right.lead");
  }

  @Test
  void withTheApprovalItIsPermitted() {
    rights();
    sketch.approved("lead").expect("rights", concede(25), "permit approved right.lead");
  }

  @Test
  void anApprovalUnderAnotherRightIsNone() {
    rights();
    sketch.approved("other").expect("rights", concede(25), "escalate right-needed right.lead");
  }

  @Test
  void beyondAllRightsItIsDeniedEvenWithAnApproval() {
    rights();
    sketch.approved("lead").expect("rights", concede(26), "deny right-exceeded right.lead");
  }

  @Test
  void theLowestRightThatCoversItApplies() {
    rights();
    sketch.policy(p -> p.operatorRight("concede", "chief", "percent", 40));
    sketch.expect("rights", concede(20), "escalate right-needed right.lead");
    sketch.expect("rights", concede(30), "escalate right-needed right.chief");
  }

  @Test
  void anotherRolesRightIsNotThisRoles() {
    rights();
    sketch.holder(Role.CLOSING).expect("rights", concede(5), "escalate right-needed right.lead");
  }

  @Test
  void aPersonHasTheOperatorsRights() {
    rights();
    sketch.holder(Role.HUMAN).expect("rights", concede(25), "permit nothing-against right.lead");
  }

  @Test
  void anOrderIsMeasuredByItsTotal() {
    sketch.policy(p -> p.roleRight("take-commitment", Role.BOOKING, "amount", 500));
    sketch.expect("rights", commit(500), "permit nothing-against right.booking-take-commitment");
    sketch.expect("rights", commit(501), "deny right-exceeded right.booking-take-commitment");
  }

  @Test
  void anAmountThatNobodyKnowsIsDenied() {
    sketch.policy(p -> p.roleRight("quote", Role.BOOKING, "amount", 500));
    sketch.expect("rights", quote(3), "deny amount-unknown right.booking-quote");
    sketch.fact("quote.total", Value.of(new Money("USD", 400)), Fact.Source.TOOL, 100);
    sketch.expect("rights", quote(3), "permit nothing-against right.booking-quote");
  }

  @Test
  void aRightForAnythingCoversIt() {
    sketch.policy(p -> p.operatorRight("book", "lead", "any", 0));
    sketch.expect("rights", book(), "escalate right-needed right.lead");
  }

  private void rights() {
    sketch.policy(p -> p.roleRight("concede", Role.BOOKING, "percent", 10));
    sketch.policy(p -> p.operatorRight("concede", "lead", "percent", 25));
  }
}
