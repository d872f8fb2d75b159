package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Command;
import baton.handoff.PolicySketch;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.SafeState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Is enough known, surely and freshly enough?
class CertaintyCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void whatNeedsNothingIsPermitted() {
    sketch.expect("certainty", speak(), "permit nothing-against engine");
  }

  @Test
  void theBuyerMustHaveBeenHeardClearly() {
    sketch.policy(p -> p.certain("book", 50, Set.of()));
    sketch.expect("certainty", book(), "defer confidence-low certain.book");
    sketch.heard(49, "").expect("certainty", book(), "defer confidence-low certain.book");
    sketch.heard(50, "").expect("certainty", book(), "permit nothing-against engine");
  }

  @Test
  void aFactMustBeThereFreshAndNotAnAgentsWord() {
    sketch.policy(p -> p.certain("book", 0, Set.of("choice")));
    sketch.expect("certainty", book(), "defer fact-missing certain.book");
    sketch.fact("choice", Value.of(2), Fact.Source.AGENT, 100);
    sketch.expect("certainty", book(), "defer fact-agent-only certain.book");
    sketch.fact("choice", Value.of(2), Fact.Source.BUYER, 10);
    sketch.expect("certainty", book(), "permit nothing-against engine");
    sketch.at("2026-03-06T11:01:00Z").expect("certainty", book(), "defer fact-stale certain.book");
  }

  @Test
  void anEdgesFactMustBeSureEnough() {
    guarded();
    sketch.fact("confirmed.meeting", "yes");
    sketch.expect("certainty", handOff(Role.TRANSFER), "defer fact-missing edge");
    sketch.fact("product", Value.of("team"), Fact.Source.BUYER, 59);
    sketch.expect("certainty", handOff(Role.TRANSFER), "defer fact-doubtful edge");
    sketch.fact("product", Value.of("team"), Fact.Source.BUYER, 60);
    sketch.expect("certainty", handOff(Role.TRANSFER), "permit nothing-against engine");
  }

  @Test
  void anEdgesConfirmationMustBeAYes() {
    guarded();
    sketch.fact("product", "team");
    sketch.expect("certainty", handOff(Role.TRANSFER), "defer fact-missing edge");
    sketch.fact("confirmed.meeting", "no");
    sketch.expect("certainty", handOff(Role.TRANSFER), "defer unconfirmed edge");
  }

  @Test
  void anOrderNeedsATotalAndAYesThatIsYounger() {
    sketch.expect("certainty", commit(9), "defer fact-missing engine", "defer fact-missing engine");
    sketch.fact("quote.total", Value.of(new Money("USD", 9)), Fact.Source.TOOL, 100);
    sketch.fact("confirmed.commitment", "yes");
    sketch.expect("certainty", commit(9), "permit nothing-against engine");
  }

  @Test
  void whileAnOutcomeIsUnknownAnotherOfItsKindIsNotYet() {
    sketch.flight(book(), State.Flight.Stage.UNKNOWN, 5);
    sketch.expect("certainty", book(), "defer outcome-unknown engine");
    sketch.expect("certainty", speak(), "permit nothing-against engine");
  }

  @Test
  void anOpenPermitOfItsKindIsNoDoubt() {
    sketch.flight(book(), State.Flight.Stage.VOID, 5);
    sketch.expect("certainty", book(), "permit nothing-against engine");
  }

  @Test
  void theSameProposalIsNotItsOwnDoubt() {
    sketch.flight(book(), State.Flight.Stage.UNKNOWN, 9);
    sketch.expect("certainty", book(), "permit nothing-against engine");
  }

  @Test
  void theEnginesLinesNeedNoCertainty() {
    sketch.policy(p -> p.certain("speak", 50, Set.of())).by(Role.ENGINE);
    sketch.expect("certainty", line("moment"), "permit nothing-against engine");
  }

  private void guarded() {
    var edge =
        new Policy.Transition(
            PolicySketch.clause("edge"),
            Role.BOOKING,
            Role.TRANSFER,
            List.of(new Policy.Transition.Needed("product", 60)),
            Set.of("meeting"),
            Set.of(),
            Set.of(),
            1,
            Duration.ofSeconds(9),
            SafeState.RETURN);
    sketch.policy(p -> p.edge(edge));
  }

  @Test
  void nobodySpeaksWhereNobodyIsThereNotEvenTheEngine() {
    var sketch = new InquirySketch().nobodyThere();
    sketch.expect("certainty", speak(), "deny nobody-there engine");
    sketch.by(Role.ENGINE).expect("certainty", speak(), "deny nobody-there engine");
    sketch.by(Role.BOOKING).expect("certainty", book(), "permit nothing-against engine");
  }

  @Test
  void nobodySpeaksToWhoeverHasHungUpNorToAMachine() {
    var dropped = new InquirySketch().gone(Command.Leave.How.HUNG_UP);
    dropped.expect("certainty", speak(), "deny hung-up engine");
    dropped.by(Role.HUMAN).expect("certainty", speak(), "deny hung-up engine");
    var machine = new InquirySketch().gone(Command.Leave.How.VOICEMAIL);
    machine.expect("certainty", speak(), "deny voicemail engine");
    machine.contact("chat").expect("certainty", speak(), "permit nothing-against engine");
  }
}
