package baton.runtime.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Entry;
import baton.handoff.Role;
import baton.handoff.port.Claims;
import baton.runtime.view.Track.Bar;
import baton.runtime.view.Track.Dot;
import baton.runtime.view.Track.Gap;
import baton.runtime.view.Track.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The hand-off track of journals that the kernel made; `-Drewrite` writes the drawings anew.
class TrackTest {
  private static final Path DRAWINGS = Path.of("src/test/resources/views/tracks.txt");

  @Test
  void everyStoryIsDrawnAsItWas() throws IOException {
    var drawn = new StringBuilder();
    stories().forEach((name, story) -> drawn.append(drawing(name, story.entries())).append('\n'));
    if (System.getProperty("rewrite") != null) Files.writeString(DRAWINGS, drawn);
    assertEquals(Files.readString(DRAWINGS), drawn.toString());
  }

  @Test
  void atAnyMomentThereIsOneSpanAndEachLeaseHasAHigherEpoch() {
    stories()
        .forEach((name, story) -> {
          var spans = Tracks.of(story.entries(), Set.of()).spans();
          for (int i = 1; i < spans.size(); i++) {
            var before = spans.get(i - 1);
            var after = spans.get(i);
            assertTrue(before.end().orElseThrow().seq() <= after.from(), name);
            boolean moved = before.end().get().lease();
            assertTrue(
                moved ? after.epoch() > before.epoch() : after.epoch() == before.epoch(), name);
          }
        });
  }

  @Test
  void betweenTwoHoldersThereIsAlwaysAGap() {
    stories()
        .forEach((name, story) -> {
          Bar last = null;
          for (var span : Tracks.of(story.entries(), Set.of()).spans()) {
            if (span instanceof Bar bar) {
              assertTrue(last == null || bar.epoch() == last.epoch() || !bar.fresh(), name);
              last = bar;
            } else {
              last = null;
            }
          }
        });
  }

  @Test
  void noPermitLivesOnBehindACutAndNoneIsDrawnOutsideItsSpan() {
    stories()
        .forEach((name, story) -> {
          for (var prefix : prefixes(story.entries())) {
            for (var span : Tracks.of(prefix, Set.of()).spans()) {
              for (var dot : permits(span)) {
                assertTrue(dot.seq() >= span.from(), name);
                span.end()
                    .ifPresent(cut -> {
                      assertTrue(dot.seq() <= cut.seq(), name);
                      boolean pause =
                          cut.cause().startsWith("Paused") || cut.cause().equals("Resumed");
                      assertTrue(pause || dot.state() != Dot.State.LIVE, name + ": " + dot);
                    });
              }
            }
          }
        });
  }

  @Test
  void aClaimedPermitIsUsedUpThoughNobodyKnowsYetWhatCameOfIt() {
    var entries = Played.opened().answers(Played.say("Hello!")).entries();
    var bar = (Bar) Tracks.of(entries, Set.of()).spans().getFirst();
    assertEquals(Dot.State.LIVE, bar.permits().getFirst().state());
    String id = Played.ID.numbered(bar.permits().getFirst().seq());
    var taken = (Bar) Tracks.of(entries, Set.of(id)).spans().getFirst();
    assertEquals(Dot.State.USED, taken.permits().getFirst().state());
  }

  private static Map<String, Played> stories() {
    var stories = new LinkedHashMap<String, Played>();
    stories.put("A hand-off is accepted", Played.passedOn().answers(Played.say("I am new here.")));
    stories.put(
        "A hand-off is refused",
        Played.opened().answers(Played.passOn(Role.TRANSFER)).refuses("not-ready"));
    stories.put(
        "A person takes over while a permit is live, and hands back",
        Played.opened().answers(Played.say("Hello!")).takenOver().handedBack().accepts());
    stories.put(
        "The buyer speaks while a permit is live",
        Played.opened().answers(Played.say("Hello!")).hears("Wait"));
    stories.put(
        "The buyer opts out",
        Played.opened().answers(Played.say("Hello!")).hears("stop", Played.optOut()).performs());
    stories.put(
        "The engine is paused and goes on",
        Played.opened()
            .answers(Played.say("Hello!"))
            .cannotClaimWhilePaused()
            .resumed()
            .performs());
    stories.put(
        "The policy changes while a permit is live",
        Played.opened().answers(Played.say("Hello!")).policyChanges());
    stories.put(
        "The engine goes down before it claimed",
        Played.opened()
            .answers(Played.say("Hello!"))
            .cannotClaim(Claims.Reason.INTERRUPTED)
            .performs());
    stories.put("It ends", Played.passedOn().answers(Played.say("Goodbye!")).performs().closed());
    return stories;
  }

  private static List<List<Entry>> prefixes(List<Entry> entries) {
    var prefixes = new ArrayList<List<Entry>>();
    for (int i = 1; i <= entries.size(); i++) prefixes.add(entries.subList(0, i));
    return prefixes;
  }

  private static List<Dot> permits(Span span) {
    return switch (span) {
      case Bar bar -> bar.permits();
      case Gap gap -> gap.permits();
    };
  }

  private static String drawing(String name, List<Entry> entries) {
    var out = new StringBuilder(name).append('\n').append("=".repeat(name.length())).append('\n');
    for (var span : Tracks.of(entries, Set.of()).spans()) {
      out.append(
          switch (span) {
            case Bar bar ->
                "%-9s epoch %d  %s%s%s\n"
                    .formatted(
                        bar.lane(),
                        bar.epoch(),
                        bar.fresh() ? "starts with 0  " : "goes on  ",
                        dots(bar.permits()),
                        bar.knows().isEmpty() ? "" : "  knows " + bar.knows());
            case Gap gap ->
                "%-9s epoch %d  %s%s%s\n"
                    .formatted(
                        gap.over() ? "over" : "nobody",
                        gap.epoch(),
                        gap.offered().isEmpty() ? "" : "offered to " + gap.offered() + "  ",
                        gap.failed().isEmpty() ? "" : "refused: " + gap.failed() + "  ",
                        dots(gap.permits()));
          });
      span.end()
          .ifPresent(cut ->
              out.append(
                  "--- at %d: %s, %d void\n".formatted(cut.seq(), cut.cause(), cut.voids())));
    }
    return out.toString();
  }

  private static String dots(List<Dot> dots) {
    var out = new StringBuilder();
    for (var dot : dots) {
      out.append(
          switch (dot.state()) {
            case USED -> '●';
            case LIVE -> '○';
            case VOID -> '×';
          });
    }
    return out.toString();
  }
}
