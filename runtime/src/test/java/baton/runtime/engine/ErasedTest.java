package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.vault.MasterKey;
import baton.persistence.vault.TinkVault;
import baton.runtime.cli.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup from before an erasure is put back: the keys that were destroyed since are in it, and
/// are destroyed again.
class ErasedTest {
  private static final String WORDS = "my name is Zebulon";
  private static final Duration MAX = Duration.ofSeconds(20);

  private final EngineProcess engine = EngineProcess.in("erased");
  @TempDir private Path elsewhere;

  private record Ran(int status, String out, String err) {}

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void aBackupBringsBackNothingThatWasErased() throws IOException {
    var postgres = engine.data().resolve("postgres");
    var backup = elsewhere.resolve("postgres");
    var list = engine.data().resolve("erasures");
    var copy = elsewhere.resolve("erasures");
    engine.launch().ready();
    var talk = Talk.open(engine).say(WORDS);
    engine.stop();
    copyFolder(postgres, backup);

    engine.launch().ready();
    Talk.open(engine).say("yes, that is fine");
    var subject = erase("buyer-of-" + talk.id());
    Wait.until(MAX, "the node has noted what another erased", () -> read(list).contains(subject));
    Wait.until(MAX, "the node has seen later rows", () -> Files.exists(witness()));
    engine.stop();
    Files.copy(list, copy);

    // The node still has its file. It does not go on with the copy unasked, and has erased again.
    putBack(backup, postgres);
    engine.launch();
    assertEquals(1, engine.exited(MAX));
    assertTrue(
        engine
            .err()
            .contains("erasures that this node has noted: applied again: 1, keys destroyed: "),
        engine.err());
    assertTrue(engine.err().contains("the database has forgotten"), engine.err());
    Files.delete(witness());
    engine.launch().ready();
    assertFalse(engine.err().contains("applied again"), engine.err());
    assertEquals(List.of("null"), said(talk));
    var verified = run("verify");
    assertEquals(0, verified.status, verified.out + verified.err);
    assertTrue(verified.out.contains("cannot be opened any more"), verified.out);
    engine.stop();

    // The disk of the node is lost, and there is a copy of the file.
    Files.delete(list);
    Files.delete(witness());
    putBack(backup, postgres);
    assertEquals(new Ran(0, "Nobody was erased.\n", ""), run("erasures", "list"));
    assertTrue(exported().contains(WORDS), "the backup has brought back what was erased");

    var applied = run("erasures", "apply", copy.toString());
    assertEquals(0, applied.status, applied.err);
    assertTrue(
        applied.out.matches(
            "1 erasure in the list: the database knew of 0, and 1 applied now destroyed \\d keys.\n"),
        applied.out);

    // A node has it from the database.
    engine.launch().ready();
    assertFalse(exported().contains(WORDS));
    var listed = run("erasures", "list");
    assertTrue(listed.out.matches("\\S+Z  default  " + subject + "\n1 erasure\\.\n"), listed.out);
    assertEquals(List.of("null"), said(talk));
    assertEquals(Files.readString(copy), Files.readString(list));
    assertEquals(
        new Ran(
            0,
            "1 erasure in the list: the database knew of 1, and 0 applied now destroyed 0 keys.\n",
            ""),
        run("erasures", "apply", copy.toString()));
    assertEquals(0, run("verify").status);
    engine.stop();

    Files.writeString(list, "garbage\n");
    engine.launch();
    assertEquals(1, engine.exited(MAX));
    assertTrue(
        engine
            .err()
            .contains(
                "baton: "
                    + list
                    + " is no list of erasures, or damaged at its beginning: put back a copy of one"),
        engine.err());
  }

  /// As another node does, which has this one's keys.
  private String erase(String buyer) {
    var vault = new TinkVault(engine.database(), MasterKey.load(engine.data()));
    var subject = vault.subject("default", buyer);
    assertTrue(vault.erase("default", subject) > 0, "there were keys");
    return subject;
  }

  /// The texts of the buyer, as an operator sees them.
  private List<String> said(Talk talk) {
    var texts = new ArrayList<String>();
    for (var line : talk.on(engine).view().get("transcript")) {
      if (line.get("by").asText().equals("buyer")) texts.add(line.get("text").asText());
    }
    return texts;
  }

  private String exported() throws IOException {
    var out = elsewhere.resolve("export.csv");
    Files.deleteIfExists(out);
    var ran =
        run(
            "export",
            "--since=2020-01-01",
            "--format=csv",
            "--open",
            "--token=" + engine.operatorToken(),
            "--out=" + out);
    assertEquals(0, ran.status, ran.err);
    return Files.readString(out);
  }

  private Ran run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + engine.data());
    int status =
        Commands.line()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }

  private Path witness() {
    return engine.data().resolve("witness");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void putBack(Path backup, Path postgres) throws IOException {
    try (var old = Files.walk(postgres)) {
      for (var file : old.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
    copyFolder(backup, postgres);
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
