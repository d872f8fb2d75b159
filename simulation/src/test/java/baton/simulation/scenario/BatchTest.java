package baton.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import baton.persistence.policy.Includes;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.simulation.Happening;
import baton.simulation.Played;
import baton.simulation.PolicyFiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A batch gives the same conversations for the same seed, each on its own.
class BatchTest {
  private static final String CROWD =
      """
      scenario: a crowd
      shows: Buyers as they come.
      include: [crowd]
      buyer: {zone: "{zone}"}
      expect:
        - {effect: book, at-least: 10}
      """;
  private static final String OPT_OUT =
      """
      scenario: opt-out
      shows: Somebody leaves.
      opening: "please stop contacting me"
      expect:
        - opted-out: true
      """;

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherGivesOthers() {
    var once = play(7, 6, CROWD, OPT_OUT);
    assertEquals(once, play(7, 6, CROWD, OPT_OUT));
    assertNotEquals(once, play(8, 6, CROWD, OPT_OUT));
  }

  @Test
  void aConversationIsTheSameHoweverManyArePlayed() {
    var few = play(7, 4, CROWD, OPT_OUT);
    var many = play(7, 9, CROWD, OPT_OUT);
    assertEquals(few, many.subList(0, 4));
  }

  @Test
  void eachIsPlayedOnceAndThenThoseThatVaryTakeTurns() {
    var names = play(1, 5, OPT_OUT, CROWD).stream().map(Played::scenario).toList();
    assertEquals(List.of("opt-out", "a crowd", "a crowd", "a crowd", "a crowd"), names);
    assertEquals(1, play(1, 5, OPT_OUT).size());
  }

  /// The standing of one buyer is not that of the next.
  @Test
  void anOptOutConcernsNobodyElse() {
    var next = OPT_OUT.replace("opt-out", "hello").replace("please stop contacting me", "hello");
    var played = play(1, 2, OPT_OUT, next.replace("opted-out: true", "opted-out: false"));
    assertEquals(List.of(List.of(), List.of()), played.stream().map(Played::unmet).toList());
  }

  @Test
  void whatIsNotMetIsSaidInWords() {
    var booked =
        OPT_OUT.replace(
            "- opted-out: true", "- effect: book\n  - closed: ordered\n  - said: {line: stopped}");
    var played = play(1, 1, booked).getFirst();
    assertEquals(
        List.of("it was to book", "it was to be closed for ordered, and was closed for opted-out"),
        played.unmet());
    assertEquals(
        new Happening.Held("booking", 1), played.timeline().getFirst().happening(), "in order");
  }

  @Test
  void sharesAreCountedOverAllConversations() {
    var scenarios =
        read(
            CROWD
                .replace("at-least: 10", "at-least: 100")
                .replace("effect: book", "opted-out: true"));
    var results = new Batch(PolicyFiles.inbound(), scenarios, 1).play(4, _ -> {});
    assertEquals(
        List.of("at least 100 % were to end with an opt-out, and 0 of 4 were (0.0 %)"),
        results.lines().getFirst().unmet());
  }

  private static List<Played> play(long seed, int conversations, String... yamls) {
    var played = new ArrayList<Played>();
    new Batch(PolicyFiles.inbound(), read(yamls), seed).play(conversations, played::add);
    return played;
  }

  private static List<Scenario> read(String... yamls) {
    var problems = new Problems();
    var reader = new ScenarioReader(PolicyFiles.inbound(), problems);
    var scenarios = new ArrayList<Scenario>();
    for (var yaml : yamls) {
      ScenarioFile.read("test.yaml", yaml, Includes.none(), problems)
          .flatMap(reader::read)
          .ifPresent(scenarios::add);
    }
    assertEquals(List.of(), problems.sorted(""));
    return scenarios;
  }
}
