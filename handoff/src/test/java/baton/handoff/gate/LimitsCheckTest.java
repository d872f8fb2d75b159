package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.toHuman;

import baton.handoff.Role;
import baton.handoff.policy.Policy.SafeState;
import org.junit.jupiter.api.Test;

/// How often and how long?
class LimitsCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void whatTheBuyerDoesCountsAsItIs() {
    limit("speak", "turns", 3);
    sketch.counted("turns", 3).expect("limits", speak(), "permit nothing-against engine");
    sketch.counted("turns", 4).expect("limits", speak(), "defer limit-reached limit.speak.turns");
  }

  @Test
  void whatTheRoleDoesCountsWithThisActionInIt() {
    limit("speak", "speech", 3);
    sketch.counted("speech", 2).expect("limits", speak(), "permit nothing-against engine");
    sketch.counted("speech", 3).expect("limits", speak(), "defer limit-reached limit.speak.speech");
  }

  @Test
  void anActionThatIsNotCountedIsNotCountedIn() {
    limit("book", "speech", 3);
    sketch.counted("speech", 3).expect("limits", book(), "permit nothing-against engine");
    sketch.counted("speech", 4).expect("limits", book(), "defer limit-reached limit.book.speech");
  }

  @Test
  void concessionsHaveANumber() {
    limit("concede", "concessions", 1);
    sketch.expect("limits", concede(1), "permit nothing-against engine");
    sketch.counted("concessions", 1);
    sketch.expect("limits", concede(1), "defer limit-reached limit.concede.concessions");
  }

  @Test
  void effectsOfAKindHaveANumber() {
    limit("book", "kind:book", 1);
    sketch.expect("limits", book(), "permit nothing-against engine");
    sketch
        .counted("kind:book", 1)
        .expect("limits", book(), "defer limit-reached limit.book.kind:book");
  }

  @Test
  void aConversationHasALength() {
    limit("speak", "minutes", 10);
    sketch.at("2026-03-06T11:10:59Z").expect("limits", speak(), "permit nothing-against engine");
    sketch.at("2026-03-06T11:11:00Z");
    sketch.expect("limits", speak(), "defer limit-reached limit.speak.minutes");
  }

  @Test
  void roundsRetriesAndSilencesCountAsTheyAre() {
    limit("speak", "retries", 1);
    limit("speak", "rounds", 1);
    limit("speak", "silences", 1);
    limit("speak", "tokens", 1);
    sketch.counted("retries", 1).counted("rounds", 1).counted("silences", 1).counted("tokens", 1);
    sketch.expect("limits", speak(), "permit nothing-against engine");
    sketch
        .counted("retries", 2)
        .expect("limits", speak(), "defer limit-reached limit.speak.retries");
  }

  @Test
  void aMeasureThatIsNotKnownPermitsNothing() {
    limit("speak", "smiles", 99);
    sketch.expect("limits", speak(), "defer limit-reached limit.speak.smiles");
  }

  @Test
  void anEdgeHasACeiling() {
    sketch.policy(p -> p.edge(Role.BOOKING, Role.TRANSFER, SafeState.RETURN, 2));
    sketch.counted("hand-offs.booking>transfer", 1);
    sketch.expect("limits", handOff(Role.TRANSFER), "permit nothing-against engine");
    sketch.counted("hand-offs.booking>transfer", 2);
    sketch.expect("limits", handOff(Role.TRANSFER), "deny bounce-ceiling edge.booking.transfer");
  }

  @Test
  void aTransferToAPersonHasItsCeilingToo() {
    sketch.policy(p -> p.edge(Role.BOOKING, Role.HUMAN, SafeState.RETURN, 1));
    sketch.counted("hand-offs.booking>human", 1);
    sketch.expect("limits", toHuman(), "deny bounce-ceiling edge.booking.human");
  }

  @Test
  void limitsBindMachines() {
    limit("speak", "speech", 0);
    sketch.holder(Role.HUMAN).expect("limits", speak(), "permit nothing-against engine");
    sketch.by(Role.ENGINE).expect("limits", line("moment"), "permit nothing-against engine");
  }

  private void limit(String kind, String measure, long atMost) {
    sketch.policy(p -> p.limit(kind, measure, atMost, Verdict.DEFER));
  }
}
