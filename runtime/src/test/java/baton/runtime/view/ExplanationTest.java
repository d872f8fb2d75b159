package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
  private static final Action CONCEDE = new Action.Concede("q-1", 12);

  @Test
  void headingsSayVerdictWhoAndWhat() {
    assertEquals(
        "Denied: Closing may not concede 12 %",
        Explanation.heading(Role.CLOSING, CONCEDE, Verdict.DENY));
    assertEquals(
        "Permitted: the engine may say the line “goodbye”",
        Explanation.heading(
            Role.ENGINE, new Action.Speak(new Words.Line("goodbye"), ""), Verdict.PERMIT));
    assertEquals(
        "Escalated: Booking needs a person's yes to send a message by email",
        Explanation.heading(
            Role.BOOKING, new Action.SendMessage("email", new Words.Line("x")), Verdict.ESCALATE));
    assertEquals(
        "Deferred: Transfer may not yet hand the conversation to Closing",
        Explanation.heading(
            Role.TRANSFER, new Action.RequestHandOff(Role.CLOSING, ""), Verdict.DEFER));
  }

  @Test
  void theStrictestFindingLeadsAndTheBuyersSideIsTold() {
    var mild = Journal.finding("consent", Verdict.DEFER, "c", "consent-missing", Map.of());
    var strict =
        Journal.finding(
            "rights",
            Verdict.DENY,
            "r",
            "right-exceeded",
            Map.of("limit", "10", "measure", "percent"));

    assertEquals(
        "Denied: Closing may not concede 12 %. It goes beyond 10 %, and nobody's right goes"
            + " further. Nothing was done. The agent is told why and may propose something else.",
        Explanation.of(
            Role.CLOSING, CONCEDE, Verdict.DENY, List.of(mild, strict), Optional.empty()));
  }

  @Test
  void speechThatWasNotPermittedWasNotSaid() {
    var words =
        Explanation.of(
            Role.BOOKING,
            new Action.Speak(new Words.Line("x"), ""),
            Verdict.DENY,
            List.of(),
            Optional.empty());
    assertTrue(words.contains("Nothing was said to the buyer."), words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "confirmed | It was done.",
        "failed | It did not take place.",
        "unknown | Nobody knows yet whether it took place; it is being looked up.",
        "lapsed | The permit was not used."
      })
  void whatCameOfItIsTold(String outcome, String sentence) {
    var words =
        Explanation.of(Role.CLOSING, CONCEDE, Verdict.PERMIT, List.of(), Optional.of(outcome));
    assertTrue(words.endsWith(sentence), words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paused | scope=campaign:x | The engine is paused for campaign:x.",
        "fact-missing | fact=confirmed.meeting | The buyer has not said yes to “meeting”.",
        "fact-missing | fact=seats | “seats” is not known yet.",
        "limit-reached | measure=turns,limit=40 | The limit of 40 for messages of the buyer is"
            + " reached.",
        "price-out-of-scope | needed=USD 480000,limit=USD 100000 | The total of USD 4800.00 is"
            + " above USD 1000.00, the highest that this role may handle.",
        "right-needed | right=discount,limit=500000,measure=amount | It takes a holder of the"
            + " right “discount”, which goes up to 5000.00.",
        "outside-hours | from=08:00,until=21:00 | It is allowed from 08:00 to 21:00 on the"
            + " buyer's clock."
      })
  void detailsAreReadable(String code, String details, String sentence) {
    var map = new java.util.HashMap<String, String>();
    for (String detail : details.split(",")) {
      map.put(detail.substring(0, detail.indexOf('=')), detail.substring(detail.indexOf('=') + 1));
    }
    assertEquals(sentence, Explanation.of(Journal.finding("x", Verdict.DENY, "c", code, map)));
  }

  @Test
  void anUnknownCodeFallsBackToItsClause() {
    assertEquals(
        "The clause “c.9” does not allow it.",
        Explanation.of(Journal.finding("x", Verdict.DENY, "c.9", "brand-new", Map.of())));
  }

  @Test
  void everyCodeCanBeToldWithoutDetails() {
    Sentences.TABLE.forEach((code, sentences) -> {
      if (List.of("fact-missing", "unconfirmed").contains(code)) return;
      String told = Explanation.of(Journal.finding("x", Verdict.DENY, "c", code, Map.of()));
      assertFalse(told.contains("{"), told);
      assertTrue(sentences.contains(told), code + ": " + told);
    });
  }

  @Test
  void everyCodeOfTheGateHasASentence() throws IOException {
    var gate = Path.of("../handoff/src/main/java/baton/handoff/gate");
    var code = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");
    var without = new TreeSet<String>();
    try (var files = Files.list(gate)) {
      for (var file : files.toList()) {
        code.matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .filter(name -> !Sentences.TABLE.containsKey(name))
            .forEach(without::add);
      }
    }
    // Names of actions, counters and facts, which no finding has as its code.
    without.removeIf(
        name -> Action.KINDS.contains(name) || List.of("hand-offs", "time-zone").contains(name));
    assertEquals(new TreeSet<String>(), without);
  }
}
