package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.close;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.PolicySketch;
import baton.handoff.Role;
import baton.handoff.action.Action;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Is this kind of action granted to the role?
class MandateCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void whatIsGrantedIsPermittedByItsClause() {
    sketch.policy(p -> grant(p, Set.of("speak"), Set.of()));
    sketch.expect("mandate", speak(), "permit nothing-against may.booking.speak");
  }

  @Test
  void whatIsNotGrantedIsDenied() {
    sketch.policy(p -> grant(p, Set.of("speak"), Set.of()));
    sketch.expect("mandate", book(), "deny not-granted engine");
  }

  @Test
  void whatIsProhibitedStaysProhibited() {
    sketch.policy(p -> grant(p, Set.of("speak"), Set.of("speak")));
    sketch.expect("mandate", speak(), "deny prohibited never.booking.speak");
  }

  @Test
  void aRoleWithoutAMandateMayDoNothing() {
    sketch.expect("mandate", speak(), "deny mandate-missing engine");
  }

  @Test
  void aToolOfItsOwnNeedsAGrantOfItsOwn() {
    sketch.policy(p -> grant(p, Set.of("tool:probe"), Set.of()));
    var probe = new Action.UseTool("probe", Map.of());
    sketch.expect("mandate", probe, "permit nothing-against may.booking.tool:probe");
    var other = new Action.UseTool("other", Map.of());
    sketch.expect("mandate", other, "deny not-granted engine");
  }

  @Test
  void theEngineSpeaksTheLinesItWasGiven() {
    sketch.policy(p -> p.line("moment", true, false)).by(Role.ENGINE);
    sketch.expect("mandate", line("moment"), "permit nothing-against line.moment");
  }

  @Test
  void theEngineSpeaksNoLineOfAnAgentAndNoneThatThereIsNot() {
    sketch.policy(p -> p.line("disclosure-ai", false, false)).by(Role.ENGINE);
    sketch.expect("mandate", line("disclosure-ai"), "deny unknown-line engine");
    sketch.expect("mandate", line("nothing"), "deny unknown-line engine");
  }

  @Test
  void theEngineMayCloseAndDoNothingElse() {
    sketch.by(Role.ENGINE).expect("mandate", close(), "permit nothing-against engine");
    sketch.expect("mandate", speak(), "deny not-granted engine");
    sketch.expect("mandate", book(), "deny not-granted engine");
  }

  private static void grant(PolicySketch policy, Set<String> may, Set<String> never) {
    var scope = PolicySketch.scope(Role.BOOKING, Set.of(), Set.of(), Set.of(), -1);
    policy.mandate(Role.BOOKING, scope, may, never);
  }
}
