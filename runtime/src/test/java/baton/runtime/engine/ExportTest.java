package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.cli.ExportCommand;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `./baton export` beside a running engine: what auditors get, and what stays sealed.
@ExtendWith(RunningEngine.class)
class ExportTest {
  private static final String WORDS = "yes, and <b>Zebulon</b> says hello";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private record Ran(int status, String err) {}

  @Test
  void givenAConversation_whenExportedAsJson_thenEveryEventIsThereAsItIsStored(EngineProcess engine)
      throws IOException {
    var talk = spoken(engine);
    var file = folder.resolve("all.jsonl");
    var ran = run(engine, "--conversation", talk.id(), "--out", file.toString());
    assertEquals(new Ran(0, "1 conversation written to " + file + ".\n"), ran);
    var lines = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(file)) lines.add(JSON.readTree(line));
    for (int i = 0; i < lines.size(); i++) assertEquals(i + 1, lines.get(i).get("seq").asInt());
    assertEquals("opened", lines.getFirst().get("type").asText());
    assertEquals(64, lines.getFirst().get("hash").asText().length());
    assertFalse(Files.readString(file).contains("Zebulon"), "the buyer's words are sealed");
    assertTrue(Files.readString(file).contains("\"ciphertext\""), "as they are stored");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void givenTheOperatorsToken_whenExportedOpen_thenTheWordsAreThere(EngineProcess engine)
      throws IOException {
    var talk = spoken(engine);
    var file = folder.resolve("open.csv");
    var ran =
        run(
            engine,
            "--conversation",
            talk.id(),
            "--format",
            "csv",
            "--open",
            "--token",
            engine.operatorToken(),
            "--out",
            file.toString());
    assertEquals(0, ran.status, ran.err);
    var rows = Files.readAllLines(file);
    assertEquals(
        "conversation,event,at,by,kind,verdict,what,rule,clause,owner,policy,outcome,said",
        rows.getFirst());
    assertEquals(
        1, rows.stream().filter(row -> row.endsWith("\"" + WORDS + "\"")).count(), "said once");
    assertTrue(
        rows.stream().anyMatch(row -> row.contains(",booking,decided,permit,")),
        "decisions are rows");
  }

  @Test
  void givenWordsWithMarkup_whenExportedAsAPage_thenTheyAreWordsAndNothingIsLoaded(
      EngineProcess engine) throws IOException {
    spoken(engine);
    var file = folder.resolve("page.html");
    var ran =
        run(
            engine,
            "--since",
            "2026-01-01",
            "--format",
            "html",
            "--open",
            "--token",
            engine.operatorToken(),
            "--out",
            file.toString());
    assertEquals(0, ran.status, ran.err);
    var page = Files.readString(file);
    assertTrue(
        page.contains("&lt;b>Zebulon&lt;/b>") || page.contains("&lt;b&gt;Zebulon"), "escaped");
    for (var loads : List.of("<script", "<link", "<img", "src=", "@import", "url(")) {
      assertFalse(page.contains(loads), loads);
    }
  }

  @Test
  void whatCannotBeIsOneLineAndMakesNoFile(EngineProcess engine) throws IOException {
    var talk = spoken(engine);
    var file = folder.resolve("never.jsonl");
    var out = file.toString();
    assertEquals(
        new Ran(1, "baton: there is no conversation nobody\n"),
        run(engine, "--conversation", "nobody", "--out", out));
    assertEquals(
        new Ran(1, "baton: --format is jsonl, csv or html\n"),
        run(engine, "--conversation", talk.id(), "--format", "xml", "--out", out));
    assertEquals(
        new Ran(1, "baton: --since is a day or a moment, as 2026-11-20 or 2026-11-20T17:00:00Z\n"),
        run(engine, "--since", "yesterday", "--out", out));
    assertEquals(
        new Ran(1, "baton: --open needs the operator token: give it with --token\n"),
        run(engine, "--conversation", talk.id(), "--open", "--token", "guess", "--out", out));
    assertTrue(Files.notExists(file));
    Files.writeString(file, "mine");
    assertEquals(
        new Ran(1, "baton: " + file + " is there: name another file\n"),
        run(engine, "--conversation", talk.id(), "--out", out));
    assertEquals("mine", Files.readString(file));
  }

  private static Talk spoken(EngineProcess engine) {
    var talk = Talk.open(engine);
    talk.say(WORDS);
    return talk;
  }

  private static Ran run(EngineProcess engine, String... arguments) {
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", engine.data().toString()));
    int status =
        new CommandLine(new ExportCommand())
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ran(status, err.toString());
  }
}
