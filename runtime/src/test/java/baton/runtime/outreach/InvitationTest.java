package baton.runtime.outreach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStore;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.mail.Letter;
import baton.runtime.mail.Sent;
import baton.runtime.tools.Permits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class InvitationTest {
  private static final Invitation.Links LINKS =
      new Invitation.Links() {
        @Override
        public String chat(ConversationId conversation) {
          return "https://talk.example.com/chat/" + conversation.id() + "#secret";
        }

        @Override
        public String stop(ConversationId conversation) {
          return "https://talk.example.com/stop/" + conversation.id() + ".way-out";
        }
      };

  private final Office office = new Office();
  private final MemoryPolicies policies = new MemoryPolicies(new MemoryStore(office.clock));
  private final List<Letter> sent = new ArrayList<>();
  private Sent answer = new Sent.Accepted();
  private final String subject = office.vault.subject(office.tenant, "ada@example.com");
  private final Invitation invitation =
      new Invitation(
          office.post(letter -> {
            sent.add(letter);
            return answer;
          }),
          policies,
          office.vault,
          LINKS);

  InvitationTest() {
    policies.activate(
        office.tenant, PolicyCompiler.sample("outbound-appointments").orThrow(), "test");
  }

  private Effect effect(String key, String channel, Instant at) {
    var address =
        Value.of(office.vault.seal(office.tenant, subject, Leads.IDENTITY, "ada@example.com"));
    var fact = new Fact(address, Fact.Source.OPERATOR, 1, 100, at, at.plusSeconds(60));
    return effect(key, channel, at, Map.of("email", fact));
  }

  private Effect effect(String key, String channel, Instant at, Map<String, Fact> facts) {
    var action = new Action.InitiateContact(channel);
    return new Effect(
        new ConversationId(office.tenant, "o-1"),
        Office.CAMPAIGN,
        subject,
        Permits.of(Role.BOOKING, office.tenant + "." + key, action),
        action,
        facts,
        at);
  }

  @Test
  void theLetterHasTheLinkTheWayOutAndThePolicysWords() {
    assertEquals(Outcome.confirmed(), invitation.call(effect("k", "email", Office.MONDAY)));
    var letter = sent.getFirst();
    assertEquals("ada@example.com", letter.to());
    assertEquals("Baton: a time to talk about our plans?", letter.subject());
    assertTrue(letter.text().contains("https://talk.example.com/chat/o-1#secret"), letter.text());
    assertTrue(letter.text().contains("https://talk.example.com/stop/o-1.way-out"), letter.text());
    assertTrue(letter.text().contains("An automated assistant answers there, not a person."));
    assertEquals(Optional.of("https://talk.example.com/stop/o-1.way-out"), letter.unsubscribe());
  }

  @Test
  void oneLetterAKeyHoweverManySendIt() throws Exception {
    var effect = effect("k", "email", Office.MONDAY);
    try (var threads = Executors.newFixedThreadPool(6)) {
      var calls = new ArrayList<Callable<Outcome>>();
      for (int i = 0; i < 6; i++) calls.add(() -> invitation.call(effect));
      for (var call : threads.invokeAll(calls)) call.get();
    }
    assertEquals(1, sent.size());
    assertEquals(Outcome.confirmed(), invitation.call(effect));
    assertEquals(Outcome.confirmed(), invitation.lookUp(effect));
    invitation.call(effect("k2", "email", Office.MONDAY));
    assertEquals(2, sent.size());
  }

  @Test
  void whatNobodyKnowsIsNotSentAgain() {
    answer = new Sent.Unknown("mail-no-answer");
    var effect = effect("k", "email", Office.MONDAY);
    assertEquals(new Outcome.Unknown("mail-no-answer"), invitation.call(effect));
    answer = new Sent.Accepted();
    assertInstanceOf(Outcome.Unknown.class, invitation.call(effect));
    assertInstanceOf(Outcome.Unknown.class, invitation.lookUp(effect));
    assertEquals(1, sent.size());
  }

  @Test
  void aNodeThatDiedWhileItSentLeavesAnOutcomeThatNobodyKnows() {
    var dying =
        new Invitation(
            office.post(_ -> {
              throw new IllegalStateException("died");
            }),
            policies,
            office.vault,
            LINKS);
    var effect = effect("k", "email", Office.MONDAY);
    try {
      dying.call(effect);
    } catch (IllegalStateException died) {
      assertEquals("died", died.getMessage());
    }
    assertInstanceOf(Outcome.Unknown.class, invitation.lookUp(effect));
    assertInstanceOf(Outcome.Unknown.class, invitation.call(effect));
    assertEquals(0, sent.size());
  }

  @Test
  void aLookUpFencesItsOwnClaimAndNoLaterOne() {
    var never = new Outcome.Failed(Outcome.Failed.NEVER_DONE);
    var early = effect("k", "email", Office.MONDAY);
    assertEquals(never, invitation.lookUp(early));
    assertEquals(never, invitation.call(early));
    assertEquals(0, sent.size());
    var later = effect("k", "email", Office.MONDAY.plusSeconds(5));
    assertEquals(Outcome.confirmed(), invitation.call(later));
    assertEquals(1, sent.size());
  }

  @Test
  void whatCannotBeSentIsSaidByItsReason() {
    answer = new Sent.Refused("bad-address");
    assertEquals(
        new Outcome.Failed("bad-address"), invitation.call(effect("a", "email", Office.MONDAY)));
    assertEquals(
        new Outcome.Failed("no-such-channel"),
        invitation.call(effect("b", "pigeon", Office.MONDAY)));
    assertEquals(
        new Outcome.Failed("no-address"),
        invitation.call(effect("c", "email", Office.MONDAY, Map.of())));
    var last = effect("d", "email", Office.MONDAY);
    office.vault.erase(office.tenant, subject);
    assertEquals(new Outcome.Failed("erased"), invitation.call(last));
    assertEquals(1, sent.size());
  }

  @Test
  void aPolicyThatCannotWriteIsToldWhatItLacks() {
    assertEquals(Optional.empty(), lacking("", ""));
    assertEquals(
        Optional.of("its line invitation-text has no {stop}: add it"), lacking("{stop}", "stop"));
    assertEquals(
        Optional.of("its policy has no line invitation-subject: add it"),
        lacking("line: invitation-subject", "line: other-subject"));
  }

  private static Optional<String> lacking(String from, String to) {
    String text =
        Includes.samples().read("outbound-appointments.yaml").orElseThrow().replace(from, to);
    return Invitation.lacking(
        PolicyCompiler.compile("p.yaml", text, Includes.samples()).orThrow().policy());
  }
}
