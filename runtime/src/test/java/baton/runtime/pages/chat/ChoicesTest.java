package baton.runtime.pages.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Signal;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.interpreter.LexiconInterpreter;
import baton.runtime.pages.chat.Talk.Choice;
import baton.runtime.pages.chat.Talk.Now;
import baton.runtime.view.ConversationView;
import baton.runtime.view.ConversationView.FactView;
import baton.runtime.view.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is pressed says words that are understood as what they stand for.
class ChoicesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T17:00:00Z");
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
  private static final LexiconInterpreter INTERPRETER =
      new LexiconInterpreter(PolicyCompiler.sample("inbound-trial").orThrow().lexicon());

  @ParameterizedTest
  @CsvSource({
    "consent.contact, 'yes,no'",
    "product, 'product,product,product'",
    "seats, 'seats,seats,seats,seats'",
    "time, 'time,time,time'",
    "slots, 'choice,choice,choice,no'",
    "slot, 'yes,no'",
    "commitment, 'yes,no'",
    "person, 'yes,no'",
    "more, 'no'"
  })
  void eachChoiceIsUnderstood(String question, String signals) {
    var expected = List.of(signals.split(","));
    var choices = now(question).choices();

    assertEquals(expected.size(), choices.size());
    for (int i = 0; i < expected.size(); i++) {
      var understood = names(choices.get(i).words());
      assertTrue(understood.contains(expected.get(i)), choices.get(i) + " is " + understood);
    }
  }

  @Test
  void theWaysOutAreUnderstood() {
    assertTrue(names(Choices.PERSON).contains(Signal.WANT_HUMAN));
    assertTrue(names(Choices.STOP).contains(Signal.OPT_OUT));
  }

  @Test
  void slotsAreShownOnTheBuyersClock() {
    var now = now("slots");

    assertEquals("Free times, in Denver time", now.label());
    assertEquals(new Choice("Mon 23 Nov", "09:00", "The second one"), now.choices().get(1));
  }

  @Test
  void aDayThatIsSuggestedIsOneOnWhichPeopleWork() {
    var monday = FRIDAY.plusDays(3);

    assertEquals("Monday morning", now("time").choices().getFirst().words());
    assertEquals(
        "Tomorrow morning",
        Choices.of(asking("time"), view("open"), DENVER, monday).choices().getFirst().words());
  }

  @Test
  void aQuestionThatIsNotKnownHereIsAnsweredInOnesOwnWords() {
    assertEquals(List.of(), now("colour").choices());
    assertEquals(List.of(), now("").choices());
  }

  @Test
  void whileSomethingGoesOnNothingIsOffered() {
    var view = view("open");
    var busy = new Moment(Moment.Presence.HERE, true, false, false, false, "slots");
    var checking = new Moment(Moment.Presence.HERE, false, true, false, false, "slots");

    assertEquals(
        new Now("Writing an answer", true, "", Talk.Form.WORDS, List.of()),
        Choices.of(busy, view, DENVER, FRIDAY));
    assertEquals(
        "I am checking this with a colleague.", Choices.of(checking, view, DENVER, FRIDAY).doing());
    assertTrue(
        Choices.of(busy, view("paused"), DENVER, FRIDAY).doing().startsWith("We are taking"));
    assertEquals(
        List.of(), Choices.of(asking("slots"), view("with-human"), DENVER, FRIDAY).choices());
  }

  private static List<String> names(String words) {
    return INTERPRETER.buyer(words, NOON, DENVER, _ -> null).stream().map(Signal::name).toList();
  }

  private static Now now(String question) {
    return Choices.of(asking(question), view("open"), DENVER, FRIDAY);
  }

  private static Moment asking(String question) {
    return new Moment(Moment.Presence.HERE, false, false, false, false, question);
  }

  private static ConversationView view(String status) {
    return new ConversationView(
        "c",
        "inbound-trial",
        "chat",
        status,
        "booking",
        1,
        Map.of(
            "slots", fact(3L),
            "slot.1", fact("ada@2026-11-23T14:00:00Z"),
            "slot.2", fact("ben@2026-11-23T16:00:00Z"),
            "slot.3", fact("ada@2026-11-24T16:00:00Z")),
        Map.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static FactView fact(Object value) {
    return new FactView(value, "tool", 1, 1, NOON, NOON);
  }
}
