package baton.simulation.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./baton simulate`, as it is typed.
class SimulateCommandTest {
  private static final String SCENARIO =
      """
      scenario: hello & goodbye
      shows: Somebody says hello.
      replies:
        - {asks: consent.contact, times: 1, say: ["hello", "hi"]}
      expect:
        - said: "May we keep"
      """;

  @TempDir private Path folder;

  private record Ran(int status, String out, String err) {}

  @Test
  void allThatIsMetEndsWithStatusZero() throws IOException {
    var ran = run(file(SCENARIO), "--conversations", "3", "--seed", "7");
    assertEquals(0, ran.status, ran.err);
    assertEquals("", ran.err);
    assertEquals(
        """
          Scenario           played      met    unmet  shares met
        ✓ hello & goodbye         3        3        ·           ·

        How far they came
          opened                    3  100.0 %  ██████████████████████████████

        All met: 1 scenario, 3 conversations.
        """,
        ran.out.lines().skip(2).map(line -> line + "\n").reduce("", String::concat));
  }

  @Test
  void whatIsNotMetEndsWithStatusOneAndSaysWhichConversationsAndWhy() throws IOException {
    var ran = run(file(SCENARIO.replace("said: \"May", "said: \"Might")), "--conversations", "3");
    assertEquals(1, ran.status, ran.err);
    assertEquals(
        """
        Not met
          hello & goodbye: it was to say "Might we keep"
            conversations 1 to 3

        Not met: 1 of 1 scenario, 3 conversations.
        """,
        ran.out.substring(ran.out.indexOf("Not met")));
  }

  @Test
  void theSameSeedWritesTheSameBytes() throws IOException {
    var scenario = file(SCENARIO.replace("said: \"May", "said: \"Might"));
    var once = folder.resolve("once.xml");
    var again = folder.resolve("again.xml");
    var first = run(scenario, "--seed", "3", "--conversations", "4", "--junit", once.toString());
    run(scenario, "--seed", "3", "--conversations", "4", "--junit", again.toString());
    assertEquals(1, first.status, first.err);
    assertEquals(Files.readString(once), Files.readString(again));
    var xml = Files.readString(once);
    assertDoesNotThrow(
        () -> DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(once.toFile()));
    assertTrue(
        xml.contains("<testsuite name=\"hello &amp; goodbye\" tests=\"1\" failures=\"1\""), xml);
    assertTrue(xml.contains("message=\"it was to say &quot;Might we keep&quot;\""), xml);
    assertTrue(xml.contains("  0:00:00  — booking has it, epoch 1\n"), xml);
  }

  @Test
  void worldsArePlayedFromASeed() throws IOException {
    var ran = run("--world", "--seeds", "2", "--seed", "5");
    assertEquals(0, ran.status());
    assertTrue(ran.out().startsWith("2 worlds from seed 5, "), ran.out());
    assertTrue(ran.out().endsWith("Every property held, whatever went wrong.\n"), ran.out());
  }

  @Test
  void anExplorationSaysHowFarItWent() throws IOException {
    var ran = run("--explore", "--depth", "3");
    assertEquals(0, ran.status());
    assertTrue(ran.out().contains("No property is broken in any of them."), ran.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seed seven | baton: Invalid value for option '--seed': 'seven' is not a whole number; see ./baton"
            + " simulate --help",
        "--conversations 0 | baton: --conversations is at least 1 here: each scenario is played once",
        "--conversations many | baton: Invalid value for option '--conversations': 'many' is not a"
            + " whole number; see ./baton simulate --help",
        "--world | baton: --world and --explore play no scenarios; leave out what is for those",
        "--seeds 3 | baton: --seeds goes with --world",
        "--depth 3 | baton: --depth goes with --explore",
        "--junit no/such/results.xml | baton: cannot write no/such/results.xml; name a file in a"
            + " folder that is there",
        "--report | baton: Missing required parameter for option '--report' (FILE); see ./baton simulate"
            + " --help",
        "--report . | baton: --report \".\" is no file; name one",
        "--report FOLDER/scenario.yaml | baton: --report would overwrite FOLDER/scenario.yaml; name another"
            + " file",
        "--report FOLDER/scenario.yaml/a.html | baton: cannot write FOLDER/scenario.yaml/a.html; name a file"
            + " in a folder that is there",
        "--report FOLDER/../FOLDERNAME/results.xml | baton: --report and --junit name one file; give each"
            + " its own",
        "--conversations 10000000 | baton: --conversations is at most 1,000,000",
        "FOLDER/none.yaml | FOLDER/none.yaml:1:1: there is no such file: correct its name",
        "FOLDER | FOLDER:1:1: this is a folder: name the files in it",
        "--policy no.yaml | no.yaml:1:1: cannot be read as a UTF-8 file: correct its name or its"
            + " rights",
      })
  void badInputIsSaidInOneLineAndNothingIsWritten(String arguments, String said)
      throws IOException {
    var scenario = file(SCENARIO);
    var given = here(arguments);
    var junit = given.contains("--junit") ? "" : " --junit " + folder.resolve("results.xml");
    assertEquals(
        new Ran(2, "", here(said) + "\n"), run((scenario + junit + " " + given).split(" ")));
    assertFalse(Files.exists(folder.resolve("results.xml")));
    assertEquals(SCENARIO, Files.readString(Path.of(scenario)));
  }

  private String here(String text) {
    return text.replace("FOLDERNAME", folder.getFileName().toString())
        .replace("FOLDER", folder.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--world --explore | baton: choose one of --world and --explore",
        "--explore --seed 3 | baton: --explore leaves nothing to chance; leave out --seed",
        "--explore --depth 13 | baton: --depth is 1 to 12",
        "--world --seeds 0 | baton: --seeds is 1 to 10000000",
        "--world --seed 9223372036854775807 | baton: --seed is too large for --world; name a smaller"
            + " one",
      })
  void optionsThatExcludeEachOtherAreSaidInOneLine(String arguments, String said) {
    assertEquals(new Ran(2, "", said + "\n"), run(arguments.split(" ")));
  }

  /// What no memory holds is not read.
  @Test
  void aFileOfThreeGigabytesIsNoScenario() throws IOException {
    var file = folder.resolve("large.yaml");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3L << 30); // no block of it is written
    }
    assertEquals(
        new Ran(2, "", file + ":1:1: larger than 1 MiB: a scenario is text, not data\n"),
        run(file.toString()));
  }

  @Test
  void whatIsWrittenTakesThePlaceOfWhatWasThereAndLeavesNothingBeside() throws IOException {
    var page = Files.writeString(folder.resolve("page.html"), "what was there");
    var ran = run(file(SCENARIO), "--conversations", "2", "--report", page.toString());
    assertEquals(0, ran.status, ran.err);
    assertTrue(Files.readString(page).startsWith("<!doctype html>"), "in place of what was there");
    assertTrue(ran.out.endsWith("Report   " + page + "\n"), ran.out);
    try (var left = Files.list(folder)) {
      assertEquals(
          List.of("page.html", "scenario.yaml"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aShareThatIsNotMetIsInEveryResult() throws IOException {
    var scenario = file(SCENARIO.replace("said: \"May we keep\"", "{effect: book, at-least: 60}"));
    var page = folder.resolve("page.html");
    var xml = folder.resolve("results.xml");
    var ran =
        run(
            scenario,
            "--conversations",
            "3",
            "--report",
            page.toString(),
            "--junit",
            xml.toString());
    var missed = "at least 60 % were to book, and 0 of 3 were (0.0 %)";
    assertEquals(1, ran.status);
    assertTrue(ran.out.contains("  hello & goodbye: " + missed + "\n"), ran.out);
    assertTrue(Files.readString(page).contains("<h1>1 expected share was not met</h1>"));
    assertTrue(Files.readString(xml).contains("message=\"" + missed + "\""));
  }

  @Test
  void whoeverGetsStuckSaysAtWhat() throws IOException {
    var scenario = file(SCENARIO.replace("say: [\"hello\", \"hi\"]", "grants: kim"));
    var ran = run(scenario, "--conversations", "1");
    assertEquals(1, ran.status);
    assertTrue(
        ran.out.contains("  hello & goodbye: it got stuck: nothing waits for approval\n"), ran.out);
  }

  @Test
  void aScenarioWithMistakesIsNotPlayed() throws IOException {
    var ran = run(file(SCENARIO.replace("expect:", "expects:")));
    assertEquals(2, ran.status);
    assertEquals("", ran.out);
    assertEquals(
        List.of(
            ":1:1: \"expect\" is missing: what is expected to come of it",
            ":5:1: there is no \"expects\" here: remove it; did you mean \"expect\"?"),
        ran.err.lines().map(line -> line.substring(line.indexOf(".yaml") + 5)).toList());
  }

  /// All that a checkout brings are met; nobody is asked to believe it.
  @Test
  void theSamplesAreMet() throws IOException {
    try (var samples = Files.list(Path.of("../scenarios"))) {
      var files =
          samples.filter(file -> file.toString().endsWith(".yaml")).sorted().map(Path::toString);
      var ran = run(files.toArray(String[]::new));
      assertEquals(0, ran.status, ran.out + ran.err);
    }
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("scenario.yaml"), yaml).toString();
  }

  private static Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Commands.line();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    int status =
        line.execute(
            Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }
}
