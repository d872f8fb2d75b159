package baton.runtime.outreach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Circumstances.Control;
import baton.handoff.Circumstances.Standing;
import baton.handoff.Circumstances.Versions;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.fact.Sealed;
import baton.handoff.policy.Policy;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How far a lead has come, by conversations that the kernel made.
class ProgressTest {
  private static final Policy POLICY = policy();

  private State state = Conversation.blank(new ConversationId("default", "o-1"));

  /// A Tuesday morning in Denver.
  private Instant at = Instant.parse("2027-06-08T16:00:00Z");

  private long claims;

  @Test
  void whoWasSentALetterIsInvited() {
    reachesOut(Outcome.confirmed());
    assertEquals(new Progress(Lead.State.INVITED, "", 1), Progress.of(state));
  }

  @Test
  void ofALetterThatMayHaveGoneOutNobodySaysThatItWasNeverWritten() {
    reachesOut(new Outcome.Unknown("mail-no-answer"));
    assertEquals(new Progress(Lead.State.OPENED, "", 0), Progress.of(state));
    ends();
    assertEquals(new Progress(Lead.State.DONE, "enough", 0), Progress.of(state));
  }

  @Test
  void ofALetterThatSurelyDidNotItIsSaid() {
    reachesOut(new Outcome.Failed("smtp-550"));
    ends();
    assertEquals(new Progress(Lead.State.REFUSED, "enough", 0), Progress.of(state));
  }

  private void reachesOut(Outcome outcome) {
    take(new Command.Open("outbound-appointments", "email", buyer()));
    var ask = call(Call.Ask.class);
    var reach = new Action.InitiateContact("email");
    take(new Command.Answer(ask.role(), ask.epoch(), ask.ask(), List.of(reach)));
    var permit = call(Call.Perform.class).permit();
    take(new Command.Settle(permit.id(), ++claims, permit.digest(), at, outcome));
  }

  private void ends() {
    take(new Command.End("operator", "enough"));
  }

  private void take(Command command) {
    at = at.plus(Duration.ofSeconds(1));
    var now =
        new Circumstances(
            at,
            Control.RUNNING,
            Standing.CLEAR,
            0,
            POLICY.hash(),
            new Versions(Conversation.KERNEL, POLICY.lexicon(), "2026a"));
    switch (Step.take(state, command, now, POLICY)) {
      case Step.Taken taken -> state = taken.next();
      case Step.Unchanged _ -> {}
      case Step.Rejected rejected -> throw new IllegalStateException(rejected.detail());
    }
  }

  private <C extends Call> C call(Class<C> type) {
    return Conversation.outbox(state).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Command.Buyer buyer() {
    var sealed = new Sealed("s1", "identity", "d1", "c1");
    return new Command.Buyer(
        "s1", "body", sealed, Optional.empty(), Optional.of(sealed), "America/Denver", "", "");
  }

  private static Policy policy() {
    String text = Includes.samples().read("outbound-appointments.yaml").orElseThrow();
    return PolicyCompiler.compile("outbound.yaml", text, Includes.samples()).orThrow().policy();
  }
}
