package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.cli.CheckpointCommand;
import baton.runtime.cli.VerifyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `./baton verify` and `./baton checkpoint` beside a running engine, and what they refuse.
@ExtendWith(RunningEngine.class)
class VerifyTest {
  @TempDir private Path folder;

  private record Ran(int status, String out, String err) {}

  @Test
  void givenARunningEngine_whenVerified_thenEverythingFollowsAndACheckpointHolds(
      EngineProcess engine) {
    var talk = Talk.open(engine);
    talk.say("yes, that is fine");
    var checkpoints = folder.resolve("kept").toString();
    var data = engine.data().toString();

    var made = run(new CheckpointCommand(), "--data", data, "--checkpoints", checkpoints);
    assertEquals(0, made.status, made.err);
    assertTrue(made.out.startsWith("Checkpoint 1 of "), made.out);

    var verified = run(new VerifyCommand(), "--data", data, "--checkpoints", checkpoints);
    assertEquals(0, verified.status, verified.out + verified.err);
    assertTrue(
        verified.out.startsWith("Whole: nothing was altered or lost, and every decision follows."),
        verified.out);
    assertTrue(verified.out.contains("Held against 1 signed checkpoint."), verified.out);
  }

  @Test
  void givenAnotherKey_whenVerified_thenTheCheckpointsAreNotBelieved(EngineProcess engine)
      throws Exception {
    Talk.open(engine);
    var checkpoints = folder.resolve("kept").toString();
    var data = engine.data().toString();
    run(new CheckpointCommand(), "--data", data, "--checkpoints", checkpoints);
    var stranger = Files.writeString(folder.resolve("stranger.pub"), "bm9ib2R5\n").toString();
    var verified =
        run(new VerifyCommand(), "--data", data, "--checkpoints", checkpoints, "--key", stranger);
    assertEquals(1, verified.status);
    assertTrue(
        verified.out.startsWith("checkpoint-000001.json: its signature is not that of the key"),
        verified.out);
  }

  @Test
  void givenAFolderWithoutData_whenVerified_thenThatIsSaidAndNothingIsMade() {
    var nowhere = folder.resolve("nowhere");
    var ran = run(new VerifyCommand(), "--data", nowhere.toString());
    assertEquals(
        new Ran(
            2,
            "",
            "baton: there is no data in "
                + nowhere
                + ": name the data folder with --data, or a database with --db\n"),
        ran);
    assertTrue(Files.notExists(nowhere));
  }

  @Test
  void givenADatabaseThatIsNotThere_whenVerified_thenThatIsSaid() {
    var unreachable = run(new VerifyCommand(), "--db", "jdbc:postgresql://127.0.0.1:9/baton");
    assertEquals(
        new Ran(
            2,
            "",
            "baton: cannot read the database: check that it runs, and its address, user and"
                + " password\n"),
        unreachable);
    assertEquals(
        new Ran(2, "", "baton: a database is named as jdbc:postgresql://HOST:PORT/NAME\n"),
        run(new VerifyCommand(), "--db", "somewhere"));
  }

  @Test
  void givenCheckpointsThatAreNotThere_whenVerified_thenThatIsSaid(EngineProcess engine) {
    var ran =
        run(
            new VerifyCommand(),
            "--data",
            engine.data().toString(),
            "--checkpoints",
            folder.resolve("none").toString());
    assertEquals(2, ran.status);
    assertTrue(ran.err.startsWith("baton: there are no checkpoints in "), ran.err);
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
