package baton.handoff.gate;

import static baton.handoff.Vocabulary.disclose;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.words;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import org.junit.jupiter.api.Test;

/// Disclosures made, hours kept, recording agreed, sentences verbatim.
class ComplianceCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void whatNoClauseIsAboutIsPermitted() {
    sketch.expect("compliance", speak(), "permit nothing-against engine");
  }

  @Test
  void whatMustHaveBeenSaidFirstMustHaveBeenSaid() {
    sketch.policy(p -> p.disclosure("speak", "ai", "disclosure-ai", false));
    sketch.expect("compliance", speak(), "deny disclosure-missing disclose.ai");
    sketch.disclosed("ai", 1).expect("compliance", speak(), "permit nothing-against engine");
  }

  @Test
  void aChangeOfRoleRearmsIt() {
    sketch.policy(p -> p.disclosure("speak", "ai", "disclosure-ai", true));
    sketch.disclosed("ai", 1).expect("compliance", speak(), "deny disclosure-missing disclose.ai");
    sketch.disclosed("ai", 2).expect("compliance", speak(), "permit nothing-against engine");
  }

  @Test
  void aPersonIsNoMachineThatMustSaySo() {
    sketch.policy(p -> p.disclosure("speak", "ai", "disclosure-ai", true)).holder(Role.HUMAN);
    sketch.expect("compliance", speak(), "permit nothing-against engine");
  }

  @Test
  void aDisclosureIsThePolicysSentenceAndNoOther() {
    sketch.policy(p -> p.disclosure("speak", "ai", "disclosure-ai", false));
    sketch.expect("compliance", disclose(), "permit nothing-against engine");
    var own = new Action.Disclose("ai", words());
    sketch.expect("compliance", own, "deny unknown-disclosure engine");
    var other = new Action.Disclose("recording", new Words.Line("disclosure-ai"));
    sketch.expect("compliance", other, "deny unknown-disclosure engine");
  }

  @Test
  void aLineIsOneOfThePolicysInSpeechAndInMessages() {
    sketch.policy(p -> p.line("moment", true, false));
    sketch.expect("compliance", line("moment"), "permit nothing-against engine");
    sketch.expect("compliance", line("nothing"), "deny unknown-line engine");
    var message = new Action.SendMessage("email", new Words.Line("nothing"));
    sketch.expect("compliance", message, "deny unknown-line engine");
  }

  @Test
  void outsideTheHoursItIsNotYet() {
    sketch.policy(p -> p.hours("speak", 9, 17, true));
    sketch
        .at("2026-03-06T09:00:00Z")
        .expect("compliance", speak(), "permit nothing-against engine");
    sketch
        .at("2026-03-06T08:59:59Z")
        .expect("compliance", speak(), "defer outside-hours hours.speak");
    sketch
        .at("2026-03-06T17:00:00Z")
        .expect("compliance", speak(), "defer outside-hours hours.speak");
    sketch
        .at("2026-03-07T11:00:00Z")
        .expect("compliance", speak(), "defer outside-hours hours.speak");
  }

  @Test
  void theHoursAreThoseOfTheBuyersClock() {
    sketch.policy(p -> p.hours("speak", 9, 17, true)).zone("Asia/Tokyo");
    sketch
        .at("2026-03-06T11:00:00Z")
        .expect("compliance", speak(), "defer outside-hours hours.speak");
    sketch.fact("time-zone", "Europe/Berlin");
    sketch.expect("compliance", speak(), "permit nothing-against engine");
  }

  @Test
  void whereTheBuyersPlaceIsUnknownItIsNotYet() {
    sketch.policy(p -> p.hours("speak", 9, 17, true)).zone("");
    sketch.expect("compliance", speak(), "defer zone-unknown hours.speak");
    sketch.zone("Nowhere/Land").expect("compliance", speak(), "defer zone-unknown hours.speak");
  }

  @Test
  void hoursForOutreachDoNotBindWhereTheBuyerCame() {
    sketch.policy(p -> p.hours("speak", 1, 2, false));
    sketch.expect("compliance", speak(), "permit nothing-against engine");
    sketch.policy(p -> p.inbound = false);
    sketch.expect("compliance", speak(), "defer outside-hours hours.speak");
  }

  @Test
  void aRecordingNeedsItsConsent() {
    var record = new Action.Record("chat");
    sketch.expect("compliance", record, "deny recording-not-consented engine");
    sketch.consent("recording", Consent.State.UNCLEAR);
    sketch.expect("compliance", record, "deny recording-not-consented engine");
    sketch.consent("recording", Consent.State.GRANTED);
    sketch.expect("compliance", record, "permit nothing-against engine");
  }
}
