package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.close;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.no;
import static baton.handoff.Vocabulary.reads;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.toHuman;
import static baton.handoff.Vocabulary.vague;
import static baton.handoff.Vocabulary.yes;

import baton.handoff.PolicySketch;
import baton.handoff.Role;
import baton.handoff.fact.Consent;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.SafeState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Has the buyer allowed it?
class ConsentCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void whatNeedsNoConsentIsPermitted() {
    sketch.expect("consent", speak(), "permit nothing-against engine");
  }

  @Test
  void whatWasNotAskedIsNotYet() {
    sketch.policy(p -> p.consent("book", "contact"));
    sketch.expect("consent", book(), "defer consent-missing consent.contact");
  }

  @Test
  void anUnclearAnswerIsNotYet() {
    sketch.policy(p -> p.consent("book", "contact")).consent("contact", Consent.State.UNCLEAR);
    sketch.expect("consent", book(), "defer consent-missing consent.contact");
  }

  @Test
  void aRefusalIsNo() {
    sketch.policy(p -> p.consent("book", "contact")).consent("contact", Consent.State.REFUSED);
    sketch.expect("consent", book(), "deny consent-missing consent.contact");
  }

  @Test
  void whatWasTakenBackIsNo() {
    sketch.policy(p -> p.consent("book", "contact")).consent("contact", Consent.State.WITHDRAWN);
    sketch.expect("consent", book(), "deny consent-missing consent.contact");
  }

  @Test
  void whatWasGrantedIsPermitted() {
    sketch.policy(p -> p.consent("book", "contact")).consent("contact", Consent.State.GRANTED);
    sketch.expect("consent", book(), "permit nothing-against engine");
  }

  @Test
  void anEdgesConsentsBindHandOffsToRolesAndToPeople() {
    sketch.policy(ConsentCheckTest::edges);
    sketch.expect("consent", handOff(Role.TRANSFER), "defer consent-missing edge");
    sketch.expect("consent", toHuman(), "defer consent-missing edge");
    sketch.consent("data-use", Consent.State.GRANTED);
    sketch.expect("consent", handOff(Role.TRANSFER), "permit nothing-against engine");
    sketch.expect("consent", toHuman(), "permit nothing-against engine");
  }

  @Test
  void consentsBindPeopleToo() {
    sketch.policy(p -> p.consent("book", "contact")).holder(Role.HUMAN);
    sketch.expect("consent", book(), "defer consent-missing consent.contact");
  }

  @Test
  void afterAnOptOutNothingGoesButTheEnd() {
    sketch.optedOut().expect("consent", speak(), "deny opted-out engine");
    sketch.expect("consent", close(), "permit nothing-against engine");
  }

  @Test
  void theSentenceThatConfirmsAnOptOutGoesToo() {
    sketch.policy(p -> p.line("stopped", true, true).line("moment", true, false)).optedOut();
    sketch.expect("consent", line("stopped"), "deny opted-out engine");
    sketch.by(Role.ENGINE);
    sketch.expect("consent", line("stopped"), "permit nothing-against engine");
    sketch.expect("consent", line("moment"), "deny opted-out engine");
  }

  @Test
  void aYesMustHaveBeenSaidPlainlyToThisQuestion() {
    var reading = reads("contact", Consent.State.GRANTED, 7);
    sketch.expect("consent", reading, "deny consent-not-supported engine");
    sketch.heard(90, "consent.contact", yes());
    sketch.expect("consent", reading, "permit nothing-against engine");
    sketch.heard(90, "consent.recording", yes());
    sketch.expect("consent", reading, "deny consent-not-supported engine");
    sketch.heard(59, "consent.contact", yes());
    sketch.expect("consent", reading, "deny consent-not-supported engine");
    sketch.heard(90, "consent.contact", yes(), vague());
    sketch.expect("consent", reading, "deny consent-not-supported engine");
    sketch.heard(90, "consent.contact", yes(), no());
    sketch.expect("consent", reading, "deny consent-not-supported engine");
    sketch.heard(90, "consent.contact");
    sketch.expect("consent", reading, "deny consent-not-supported engine");
  }

  @Test
  void aReadingOfAnotherMessageIsNotSupported() {
    sketch.heard(90, "consent.contact", yes());
    var reading = reads("contact", Consent.State.GRANTED, 6);
    sketch.expect("consent", reading, "deny consent-not-supported engine");
  }

  @Test
  void aNoIsAlwaysBelieved() {
    sketch.heard(20, "");
    var reading = reads("contact", Consent.State.REFUSED, 7);
    sketch.expect("consent", reading, "permit nothing-against engine");
  }

  private static void edges(PolicySketch policy) {
    for (var to : List.of(Role.TRANSFER, Role.HUMAN)) {
      policy.edge(
          new Policy.Transition(
              PolicySketch.clause("edge"),
              Role.BOOKING,
              to,
              List.of(),
              Set.of(),
              Set.of("data-use"),
              Set.of(),
              1,
              Duration.ofSeconds(9),
              SafeState.RETURN));
    }
  }
}
