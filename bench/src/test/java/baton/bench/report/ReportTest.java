package baton.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import baton.bench.load.Machine;
import baton.bench.report.Result.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The same results as lines, as a page and as JSON, whole; `-Drewrite` writes the files anew.
class ReportTest {
  private static final Path FOLDER = Path.of("src/test/resources/bench");

  private static final Setup SETUP =
      new Setup(
          2,
          24,
          "Linux amd64",
          "Java 25",
          Instant.parse("2026-11-28T12:00:00Z"),
          "./baton bench w voice pause --conversations 1,256");

  private static final Optional<Machine.Share> SHARE =
      Optional.of(new Machine.Share("0.41 to 2.02", 3.2, 4.9, 21.5, 17.5));

  private static final List<Result> RESULTS =
      List.of(
          new Result(
              "w",
              "1 conversation, in this process",
              List.of(
                  Figure.of(Measure.STEPS_ONE, "governed steps", 512.4).over(5_700),
                  Figure.of("step p50", 1.84, "ms"),
                  Figure.of("step p99", 4.2, "ms")),
              Optional.of("5,700 rows/s by pgbench, 1 client, one 400-byte row a transaction"),
              Optional.of(new Spread(1, 1.84, 2.6, 4.2, 9.1)),
              SHARE,
              List.of("a step is 2.10 commits, 1,204 bytes of WAL"),
              List.of()),
          new Result(
              "w",
              "256 conversations at a time, in this process",
              List.of(
                  Figure.of(Measure.STEPS_MANY, "governed steps", 4_711).over(21_000),
                  Figure.of("step p50", 51.3, "ms"),
                  Figure.of(Measure.STEP_P99, "step p99", 97)),
              Optional.of("21,000 rows/s by pgbench, 64 clients, one 400-byte row a transaction"),
              Optional.of(new Spread(256, 51.3, 66, 97, 340)),
              SHARE,
              List.of("256 conversations came to their end and went as they should"),
              List.of()),
          new Result(
              "voice",
              "64 callers, who speak a second after they were answered",
              List.of(Figure.of(Measure.VOICE, "turn p99", 8.75)),
              Optional.empty(),
              Optional.of(new Spread(64, 3.1, 4.4, 8.75, 15)),
              Optional.empty(),
              List.of(),
              List.of()),
          Result.of(
                  "pause",
                  "150 pauses of a campaign under claims",
                  List.of(
                      Figure.of(Measure.PAUSE, "returned p99", 6.6),
                      Figure.of(Measure.PAUSE_VIOLATIONS, "committed after it", 0)))
              .noted("counted in the database's rows, by its own clock"));

  @Test
  void theLines() throws IOException {
    var out = new StringWriter();
    var lines = new Lines(new PrintWriter(out));
    lines.head(SETUP);
    RESULTS.forEach(lines::result);
    lines.foot(RESULTS);
    compare("lines.txt", out.toString());
  }

  @Test
  void thePage() throws IOException {
    var html = Page.html(SETUP, RESULTS);
    compare("page.html", html.substring(html.indexOf("<body")));
    assertFalse(html.contains("http://"), "it loads nothing");
  }

  @Test
  void theJson() throws IOException {
    compare("results.json", Json.of(SETUP, RESULTS));
  }

  @Test
  void givenAConversationThatWentWrongThenTheHeadlineSaysSoAndNoTargetIsClaimed() {
    var wrong = RESULTS.getFirst().wrong(List.of("w-1 has 12 rows: [Opened]"));
    assertEquals(
        "1 of 2 measurements did not go as they should, and mean nothing",
        Headline.of(List.of(wrong, RESULTS.getLast())));
  }

  private static void compare(String name, String now) throws IOException {
    var file = FOLDER.resolve(name);
    if (System.getProperty("rewrite") != null) Files.writeString(file, now);
    assertEquals(Files.readString(file), now);
  }
}
