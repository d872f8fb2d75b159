package baton.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.http.House;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class CommandsTest {
  private static final Path SAMPLE = Path.of("../policies/inbound-trial.yaml");
  private static House house;

  @TempDir Path data;

  @BeforeAll
  static void start() {
    house = new House();
  }

  @AfterAll
  static void stop() {
    house.close();
  }

  private record Ran(int status, String out, String err) {}

  @Test
  void whatIsShownInAChatSteersNoTerminal() {
    assertEquals(
        "hello?[31m ?red?\tand ?back?\nüber 日本",
        ChatClient.shown("hello\u001b[31m \u009bred\u0007\tand \u202eback\u2066\nüber 日本"));
  }

  @Test
  void controlPausesAndResumes() {
    var paused =
        control(
            "pause", "campaign:inbound-trial", "--reason", "checking", "--token", House.OPERATOR);
    assertEquals(new Ran(0, paused.out, ""), paused);
    assertEquals(
        """
        campaign:inbound-trial is paused since 2026-11-20T17:00:00Z.
        No effect is in flight.
        """,
        paused.out);

    var resumed =
        control("resume", "campaign:inbound-trial", "--reason", "done", "--token", House.OPERATOR);
    assertEquals(0, resumed.status);
    assertTrue(resumed.out.contains("is running"), resumed.out);
  }

  @Test
  void controlReadsTheTokenInTheDataFolder() throws IOException {
    Files.writeString(data.resolve("operator-token"), House.OPERATOR + "\n");
    var ran = control("resume", "engine", "--reason", "x", "--data", data.toString());
    assertEquals(0, ran.status, ran.err);
  }

  @Test
  void whatGoesWrongIsOneLineAndAStatus() throws IOException {
    var list = Files.writeString(data.resolve("erasures"), "baton-erasures-1\n");
    for (var wrong :
        List.of(
            control("pause", "campaign:none", "--reason", "x", "--token", House.OPERATOR),
            control("pause", "a/b", "--reason", "x", "--token", House.OPERATOR),
            control("stop", "engine", "--reason", "x", "--token", House.OPERATOR),
            control("pause", "engine", "--reason", "x", "--token", "wrong"),
            control("pause", "engine", "--reason", "x", "--data", data.toString()),
            run(new ErasuresApplyCommand(), data.resolve("none").toString()),
            run(new ErasuresApplyCommand(), SAMPLE.toString()),
            run(new ErasuresApplyCommand(), list.toString(), "--data", data.toString()),
            run(new ErasuresApplyCommand(), list.toString(), "--db", "somewhere"),
            run(new ErasuresListCommand(), "--data", data.toString()),
            run(new ErasuresListCommand(), "--db", "jdbc:postgresql://127.0.0.1:1/baton"),
            run(
                new ControlCommand(),
                "pause",
                "engine",
                "--reason",
                "x",
                "--token",
                "x",
                "--url",
                "nonsense"),
            run(
                new ControlCommand(),
                "pause",
                "engine",
                "--reason",
                "x",
                "--token",
                "x",
                "--url",
                "http://127.0.0.1:1"))) {
      assertEquals(1, wrong.status, wrong.toString());
      assertEquals("", wrong.out);
      assertEquals(1, wrong.err.lines().count(), wrong.err);
      assertTrue(wrong.err.startsWith("baton: "), wrong.err);
    }
  }

  @Test
  void activateSendsThePolicyWithWhatItIncludes() {
    var ran =
        run(
            new ActivateCommand(),
            SAMPLE.toString(),
            "--token",
            House.OPERATOR,
            "--url",
            house.url);
    assertEquals(0, ran.status, ran.err);
    assertTrue(ran.out.startsWith("inbound-trial is under policy "), ran.out);
  }

  @Test
  void activateNamesTheLinesThatAreWrong() throws IOException {
    var bad = data.resolve("bad.yaml");
    Files.writeString(bad, "format: 1\nshoes: brown\n");
    var ran =
        run(new ActivateCommand(), bad.toString(), "--token", House.OPERATOR, "--url", house.url);
    assertEquals(1, ran.status);
    assertTrue(ran.err.contains("bad.yaml:"), ran.err);
  }

  @Test
  void aLexiconThatCannotBeReadIsFoundByTheCheckAndIsNotActivated() throws IOException {
    var policy = withLexicon("value: letter\n", "value: lettre\n");
    var expected = "lexicon: ";
    var checked = run(new CheckCommand(), policy.toString());
    assertEquals(1, checked.status, checked.out);
    assertTrue(checked.err.startsWith(policy + ": " + expected), checked.err);
    assertEquals(1, checked.err.lines().count(), checked.err);
    var activated =
        run(
            new ActivateCommand(),
            policy.toString(),
            "--token",
            House.OPERATOR,
            "--url",
            house.url);
    assertEquals(1, activated.status);
    assertTrue(activated.err.contains(expected), activated.err);
  }

  @Test
  void chatShowsWhoSpeaksAndHowItEnds() {
    try (var talkative = new House()) {
      talkative.talkative();
      String out = chat(talkative, "/state\n/dance\nHello\n");

      assertTrue(out.contains("-- Booking (automated) has the conversation --"), out);
      assertTrue(out.contains("Booking (automated): "), out);
      assertTrue(out.contains("(open, Booking (automated))"), out);
      assertTrue(out.contains("There are /state and /quit."), out);
      assertTrue(out.contains("You: Hello"), out);
      assertTrue(out.contains("-- the conversation is closed --"), out);
    }
  }

  @Test
  void chatLeavesOnQuit() {
    String out = chat(house, "/quit\nnever said\n");
    assertTrue(!out.contains("never said"), out);
  }

  @Test
  void chatSaysWhenThereIsNoSuchCampaign() {
    var client = client(house, "");
    var who = new ChatClient.Who("nowhere", "b", "America/Denver");
    var failure = assertThrows(ApiClient.Failure.class, () -> client.talk(who));
    assertEquals("unknown campaign", failure.getMessage());
  }

  /// The sample policy with what it includes, and a lexicon in which something is changed.
  private Path withLexicon(String from, String to) throws IOException {
    var samples = SAMPLE.getParent();
    try (var files = Files.walk(samples)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = data.resolve(samples.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    var lexicon = data.resolve("lexicons").resolve("sales-en.yaml");
    var text = Files.readString(lexicon);
    assertTrue(text.contains(from), "the lexicon has " + from);
    Files.writeString(lexicon, text.replace(from, to));
    return data.resolve(SAMPLE.getFileName());
  }

  private final StringWriter written = new StringWriter();

  private String chat(House where, String lines) {
    client(where, lines).talk(new ChatClient.Who("inbound-trial", "b", "America/Denver"));
    return written.toString();
  }

  private ChatClient client(House where, String lines) {
    return new ChatClient(
        new ApiClient(where.url),
        new BufferedReader(new StringReader(lines)),
        new PrintWriter(written),
        false,
        Duration.ofMillis(400));
  }

  private static Ran control(String... arguments) {
    var all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = house.url;
    return run(new ControlCommand(), all);
  }

  private static Ran run(Object command, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
