package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Command.Leave.How;
import baton.handoff.Outcome;
import baton.handoff.fact.Value;
import baton.runtime.view.Timeline.Decision;
import baton.runtime.view.Timeline.Heard;
import baton.runtime.view.Timeline.Moved;
import baton.runtime.view.Timeline.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The timeline of journals that the kernel made; `-Drewrite` writes the pages anew.
class TimelineTest {
  private static final Path PAGES = Path.of("src/test/resources/views/timelines.txt");
  private static final Sight SIGHT = Journal.sight(Sight.Reader.OPERATOR);

  @Test
  void aTimelineReadsLikeALog() throws IOException {
    String read =
        page("Passed on, denied, taken over and closed", story())
            + page("By hand: escalated, voided, closed", Timelines.of(Journal.whole(), SIGHT));
    if (System.getProperty("rewrite") != null) Files.writeString(PAGES, read);
    assertEquals(Files.readString(PAGES), read);
  }

  @Test
  void rowsAreInOrderAndEachDecisionIsOneRow() {
    var rows = story().rows();
    var numbers = rows.stream().map(Timeline.Row::seq).toList();
    assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
    assertTrue(rows.stream().allMatch(row -> row.touched() >= row.seq()));
  }

  @Test
  void aRowIsTouchedByWhatCameOfItSoThatAPageCanAskForNewsAlone() {
    var before = Played.opened().answers(Played.say("Hello!"));
    long seen = Timelines.of(before.entries(), SIGHT).last();
    var after = Timelines.of(before.performs().entries(), SIGHT);
    var news = after.rows().stream().filter(row -> row.touched() > seen).toList();
    assertEquals(1, news.size());
    assertTrue(((Decision) news.getFirst().content()).isVoiced());
    assertTrue(news.getFirst().seq() <= seen, "it was shown before, in flight");
  }

  @Test
  void whatAToolToldStandsWithTheDecisionThatItCameOf() {
    var story =
        Played.opened()
            .answers(Played.say("Hello!"))
            .settles(Outcome.confirmed(Map.of("mood", Value.of("fine"))));
    var decision =
        (Decision)
            Timelines.of(story.entries(), SIGHT).rows().stream()
                .filter(row -> row.content() instanceof Decision)
                .findFirst()
                .orElseThrow()
                .content();
    assertEquals(List.of("mood: fine"), decision.learnt());
  }

  @Test
  void thatTheBuyerIsGoneIsSaidInPlainWords() {
    var dropped = Played.opened().answers(Played.say("Hello!")).leaves(How.HUNG_UP);
    assertEquals(
        List.of(
            "The buyer hung up", "What was waiting is void", "A follow-up by chat is scheduled"),
        lastNotes(dropped, 3));
    var machine = Played.opened().answers(Played.say("Hello!")).performs().leaves(How.VOICEMAIL);
    assertEquals(
        List.of(
            "A machine answered: what was said to it, and what it said, does not count",
            "A follow-up by chat is scheduled"),
        lastNotes(machine, 2));
  }

  private static List<String> lastNotes(Played played, int count) {
    var notes =
        Timelines.of(played.entries(), SIGHT).rows().stream()
            .filter(row -> row.content() instanceof Note)
            .map(row -> ((Note) row.content()).words())
            .toList();
    return notes.subList(notes.size() - count, notes.size());
  }

  @Test
  void whatWasPermittedAndNotClaimedBeforeACutIsSaidToBeVoid() {
    var rows =
        Timelines.of(Played.opened().answers(Played.say("Hello!")).takenOver().entries(), SIGHT)
            .rows();
    var decision =
        rows.stream()
            .map(Timeline.Row::content)
            .filter(Decision.class::isInstance)
            .map(Decision.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals("void", decision.outcome());
    assertEquals(false, decision.isVoiced());
  }

  private static Timeline story() {
    var story =
        Played.passedOn()
            .answers(Played.say("I am new here."), Played.tooMuch())
            .performs()
            .takenOver()
            .closed();
    return Timelines.of(story.entries(), SIGHT);
  }

  private static String page(String name, Timeline timeline) {
    var out = new StringBuilder(name).append('\n').append("=".repeat(name.length())).append('\n');
    for (var row : timeline.rows()) {
      out.append("%3d  ".formatted(row.seq()))
          .append(
              switch (row.content()) {
                case Heard heard -> "buyer: " + heard.text() + "  " + heard.understood();
                case Decision decision -> decision(decision);
                case Moved moved -> "=== " + moved.words() + " (" + moved.epoch() + ")";
                case Note note -> "(" + note.words() + ")";
              })
          .append('\n');
    }
    return out.append('\n').toString();
  }

  private static String decision(Decision decision) {
    var why = decision.explained();
    String words =
        decision.words().map(text -> "\n     words    " + text.text()).orElse("")
            + (decision.isVoiced() ? "  (said)" : "");
    return why.sign()
        + ": "
        + why.heading()
        + words
        + (decision.tried().isEmpty() ? "" : "\n     tried    " + decision.tried())
        + "\n     rule     "
        + why.leading().rule()
        + "\n     source   "
        + why.leading().clause()
        + ", "
        + why.leading().owner()
        + "\n     then     "
        + (why.outcome() + " " + why.next()).strip();
  }
}
