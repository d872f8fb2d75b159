package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import baton.handoff.Entry;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What an operator is told of a conversation on offer.
class HandoverTest {
  @Test
  void givenAConversationOnOffer_thenItsBriefHasTheReasonTheWordsAndTheOpenQuestion() {
    var brief = brief(onOffer(Played.passedOn().answers(asking()).performs()));
    assertEquals("transfer", brief.from());
    assertEquals("done here", brief.reason());
    assertEquals("What does it cost?", brief.said().text());
    assertEquals("What does it cost?", brief.asked().text());
    assertEquals(Set.of("product", "seats"), brief.facts().keySet());
    assertEquals("team", brief.facts().get("product").value());
    assertEquals(
        new Handover.Question(
            brief.open().seq(), brief.open().at(), "transfer", "recap", "Is that all?"),
        brief.open());
    assertEquals(60, brief.until().getEpochSecond() - brief.since().getEpochSecond());
  }

  @Test
  void givenAQuestionThatWasAnswered_thenItIsNotOpen() {
    var yes = new Signal(Signal.YES, Value.of("yes"), 95, 0, 3);
    var played =
        Played.passedOn()
            .answers(asking())
            .performs()
            .hears("yes", yes)
            .answers(Played.say("Good."));
    var open = brief(onOffer(played.performs())).open();
    assertEquals("buyer", open.by(), "what the buyer asked is");
  }

  @Test
  void givenABuyerWhoMinded_thenTheBriefSaysWhatAndInWhichWords() {
    var price = new Signal(Signal.OBJECTION, Value.of("price"), 90, 0, 3);
    var anger = new Signal(Signal.ANGER, Value.of("ridiculous"), 90, 0, 3);
    var played =
        Played.passedOn()
            .hears("Too dear!", price, price)
            .hears("This is ridiculous", anger)
            .answers(asking())
            .performs();
    assertEquals(
        List.of("objection price Too dear!", "anger  This is ridiculous"),
        brief(onOffer(played)).minded().stream()
            .map(minded -> minded.how() + " " + minded.about() + " " + minded.text())
            .toList());
    assertEquals(
        List.of(), brief(onOffer(Played.passedOn().answers(asking()).performs())).minded());
  }

  @Test
  void givenErasedWords_thenTheBriefHasNone() {
    var entries = onOffer(Played.passedOn().answers(asking()).performs()).entries();
    var brief = Handover.of(Played.ID, entries, sight(_ -> Optional.empty())).orElseThrow();
    assertNull(brief.said().text());
    assertNull(brief.open().text());
  }

  @Test
  void givenAConversationWithAnAgentOrAPerson_thenThereIsNoBrief() {
    var open = Played.passedOn();
    assertEquals(Optional.empty(), Handover.of(Played.ID, open.entries(), clear()));
    var taken = onOffer(open.answers(asking()).performs()).takenOver();
    assertEquals(Optional.empty(), Handover.of(Played.ID, taken.entries(), clear()));
    assertEquals(Optional.empty(), Handover.of(Played.ID, taken.handedBack().entries(), clear()));
    assertEquals(Optional.empty(), Handover.of(Played.ID, List.of(), clear()));
  }

  @Test
  void givenNobodyWhoTakesItInTime_thenTheOfferIsOver() {
    var late = onOffer(Played.passedOn().answers(asking()).performs()).waits(61);
    assertEquals(Optional.empty(), Handover.of(Played.ID, late.entries(), clear()));
  }

  private static Played onOffer(Played played) {
    var price = new Signal(Signal.ASK_PRICE, Value.of("cost"), 95, 0, 4);
    return played.hears("What does it cost?", price).answers(Played.passOn(Role.HUMAN));
  }

  private static Action asking() {
    return new Action.Speak(new Words.Own(Played.sealed("Is that all?"), List.of()), "recap");
  }

  private static Handover brief(Played played) {
    return brief(played.entries());
  }

  private static Handover brief(List<Entry> entries) {
    return Handover.of(Played.ID, entries, clear()).orElseThrow();
  }

  private static Sight clear() {
    return sight(sealed -> Optional.of(sealed.ciphertext()));
  }

  private static Sight sight(Function<Sealed, Optional<String>> open) {
    return new Sight(Sight.Reader.OPERATOR, open, (_, _) -> Optional.empty());
  }
}
