package baton.runtime.interpreter;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Lexicon;
import baton.persistence.policy.PolicyCompiler;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexiconInterpreterTest {
  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  private static final ZoneId DENVER = ZoneId.of("America/Denver");
  private static final LexiconInterpreter INTERPRETER =
      new LexiconInterpreter(PolicyCompiler.sample("inbound-trial").orThrow().lexicon());

  @Test
  void aSignalShowsWhereItStandsInTheOriginal() {
    var text = "Well\u200b, I’d  like to TALK to a human, dana@acme.example!";
    var spans =
        buyer(text).stream()
            .map(signal -> signal.name() + ":" + text.substring(signal.from(), signal.to()))
            .toList();
    assertEquals(List.of("want-human:TALK to a human", "email:dana@acme.example"), spans);
  }

  @Test
  void whatIdentifiesAPersonIsSealed() {
    var sealed = new ArrayList<String>();
    var signals =
        INTERPRETER.buyer(
            "I'm Dana Miller, Dana@Acme.example, 303 499 7111",
            NOW,
            DENVER,
            clear -> {
              sealed.add(clear);
              return seal(clear);
            });
    assertEquals(List.of("dana@acme.example", "+13034997111", "Dana Miller"), sealed);
    assertTrue(signals.stream().allMatch(signal -> signal.value() instanceof Value.Secret));
  }

  @Test
  void theSameWordsAreAlwaysReadTheSame() {
    var text = "Yes, the team plan for 12 seats, Tuesday at 3, I'm Dana, dana@acme.example";
    var first = buyer(text);
    for (int i = 0; i < 50; i++) assertEquals(first, buyer(text));
    for (int i = 1; i < first.size(); i++) {
      assertTrue(first.get(i - 1).from() <= first.get(i).from());
    }
  }

  @Test
  void anHourThatAClockChangeSkipsMovesForwardByTheGap() {
    var beforeChange = Instant.parse("2027-03-13T18:00:00Z");
    assertEquals(
        List.of("time 2027-03-14T09:30:00Z"), times("tomorrow at 2:30 am", beforeChange, DENVER));
    assertEquals(
        List.of("time 2027-03-14T09:30:00Z", "time-until 2027-03-14T18:00:00Z"),
        times("tomorrow between 2:30 am and 12 pm", beforeChange, DENVER));
  }

  @Test
  void ofAnHourThatAClockChangeRepeatsTheEarlierIsMeant() {
    var beforeChange = Instant.parse("2026-10-31T18:00:00Z");
    assertEquals(
        List.of("time 2026-11-01T07:30:00Z"), times("tomorrow at 1:30 am", beforeChange, DENVER));
  }

  @Test
  void aDayOnWhichTheClockChangesIsAsLongAsItIs() {
    var beforeChange = Instant.parse("2026-10-23T08:00:00Z");
    var berlin = ZoneId.of("Europe/Berlin");
    assertEquals(
        List.of("time 2026-10-25T08:00:00Z", "time-until 2026-10-25T23:00:00Z"),
        times("on the 25th", beforeChange, berlin));
  }

  @Test
  void theZoneThatTheMessageNamesHoldsForAllOfIt() {
    assertEquals(
        List.of("time 2026-11-24T16:00:00Z", "time-until 2026-11-24T18:00:00Z"),
        times("Tuesday 4 to 6 pm, I'm in London", NOW, DENVER));
  }

  @Test
  void aWindowAndItsEndRestOnTheSameWords() {
    var text = "Could we talk on Monday after 3 or so?";
    var spans =
        buyer(text).stream()
            .filter(signal -> signal.name().startsWith("time"))
            .map(signal -> text.substring(signal.from(), signal.to()))
            .toList();
    assertEquals(List.of("Monday after 3", "Monday after 3"), spans);
  }

  @Test
  void anEndIsNamedOnlyWhereItGoesWithTheSurestTime() {
    assertEquals(
        List.of("time 2026-11-24T22:00:00Z", "time 2026-11-25T16:00:00Z"),
        times("Tuesday at 3pm or some time on Wednesday", NOW, DENVER));
  }

  @Test
  void aNameThatOnlyAPolicyKnowsIsReadOnBothSides() {
    var own = new Lexicon.Entry("weather-talk", "", 90, List.of("rain"));
    var interpreter = new LexiconInterpreter(new Lexicon("x-1", "en", List.of(own)));
    assertEquals("weather-talk", interpreter.agent("No rain today").getFirst().name());
    var read = interpreter.buyer("No rain", NOW, DENVER, LexiconInterpreterTest::seal);
    assertEquals("weather-talk", read.getFirst().name());
  }

  @Test
  void hostileTextNeitherBreaksNorStalls() {
    for (var piece :
        List.of(
            "a",
            "\u0000",
            "\ud83d",
            "not ",
            "1",
            "1,",
            "@",
            "a@",
            ".",
            "stop ",
            "the ",
            "٣",
            "½",
            "<",
            "<b",
            "&",
            "s ",
            "from 1 to ",
            "monday or ",
            "no, ",
            "$1 ",
            "yes? ",
            "9-",
            "停",
            "half ")) assertAll(() -> buyer(piece.repeat(4_000 / piece.length())));
    assertEquals(List.of(), buyer(""));
    assertTrue(buyer("x ".repeat(2_000) + "unsubscribe").stream().anyMatch(this::optsOut));
  }

  @Test
  void aLexiconThatCannotBeReadSaysWhy() {
    var french = new Lexicon("x-1", "fr", List.of());
    var problem =
        assertThrows(IllegalArgumentException.class, () -> new LexiconInterpreter(french));
    assertTrue(problem.getMessage().contains("\"fr\""));
    var nowhere = new Lexicon.Entry("time-zone", "Mars/Base", 90, List.of("mars"));
    var star = new Lexicon.Entry("yes", "", 90, List.of("* yes"));
    for (var entry : List.of(nowhere, star)) {
      var lexicon = new Lexicon("x-1", "en", List.of(entry));
      assertThrows(IllegalArgumentException.class, () -> new LexiconInterpreter(lexicon));
    }
  }

  private boolean optsOut(Signal signal) {
    return signal.name().equals(Signal.OPT_OUT);
  }

  private static List<Signal> buyer(String text) {
    return INTERPRETER.buyer(text, NOW, DENVER, LexiconInterpreterTest::seal);
  }

  private static List<String> times(String text, Instant now, ZoneId zone) {
    return INTERPRETER.buyer(text, now, zone, LexiconInterpreterTest::seal).stream()
        .filter(signal -> signal.name().startsWith("time") && !signal.name().endsWith("zone"))
        .map(signal -> signal.name() + " " + signal.value().shown())
        .toList();
  }

  private static Sealed seal(String clear) {
    return new Sealed("s", "contact", "digest", clear);
  }
}
