package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How an engine stops, and what it says where it cannot start.
class StoppedEngineTest {
  /// What a shell sees of a program that ended on SIGTERM.
  private static final int TERMINATED = 143;

  private static final Duration END_MAX = Duration.ofSeconds(60);

  @Test
  void givenARunningEngine_whenItIsTerminated_thenItLeavesNothingBehindAndGoesOnLater()
      throws IOException {
    try (var engine = EngineProcess.in("stopped");
        var second = EngineProcess.in("stopped-second")) {
      engine.launch().ready();
      var token = engine.operatorToken();
      var buyer = open(engine, "c1");
      engine.anybody().with(buyer).say("c1", "m1", "yes, you may").as(202);
      var server = engine.postgres().orElseThrow();

      second.launch("--data", engine.data().toString(), "--port", "0");
      assertRefused(second, "another engine uses the data folder");

      long began = System.nanoTime();
      assertEquals(TERMINATED, engine.stop(), () -> "exit status; stderr: " + engine.err());
      System.out.printf("stopped after %.1f s%n", (System.nanoTime() - began) / 1e9);
      assertTrue(engine.out().contains("Stopping."), "it says that it stops");
      Wait.until(Duration.ofSeconds(5), "PostgreSQL is gone", () -> !server.isAlive());
      assertTrue(engine.postgres().isEmpty(), "PostgreSQL left its pid file");

      began = System.nanoTime();
      engine.launch().ready();
      System.out.printf(
          "started on existing data after %.1f s%n", (System.nanoTime() - began) / 1e9);
      assertEquals(token, engine.operatorToken(), "tokens stay good");
      assertEquals("c1", engine.anybody().with(buyer).view("c1").get("id").asText());

      try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var port = Integer.toString(taken.getLocalPort());
        engine.stop();
        engine.launch("--data", engine.data().toString(), "--port", port);
        assertRefused(engine, "the port is in use");
        assertTrue(engine.postgres().isEmpty(), "PostgreSQL was left behind");
      }
    }
  }

  private static String open(EngineProcess engine, String id) {
    return engine
        .anybody()
        .open(id, "inbound-trial", "America/Denver")
        .as(201)
        .get("token")
        .asText();
  }

  @Test
  void givenADataFolderOfANewerVersion_whenStarted_thenItSaysSoAndChangesNothing()
      throws IOException {
    try (var engine = EngineProcess.in("newer")) {
      Files.createDirectories(engine.data());
      Files.writeString(engine.data().resolve("version"), "9999\n");
      var before = files(engine.data());
      engine.launch();
      assertRefused(engine, "newer Baton");
      assertEquals(before, files(engine.data()), "the folder was changed");
    }
  }

  @Test
  void givenAnUnknownKeyInTheSettings_whenStarted_thenItIsNamed() throws IOException {
    try (var engine = EngineProcess.in("settings")) {
      Files.writeString(engine.home().resolve("baton.conf"), "http.prot = 8081\n");
      engine.launch();
      assertRefused(engine, "unknown key http.prot");
      assertTrue(Files.notExists(engine.data()), "a data folder was made");
    }
  }

  @Test
  void givenADatabaseThatIsNotThere_whenStarted_thenItSaysSo() {
    try (var engine = EngineProcess.in("database")) {
      engine.launch(
          "--data", engine.data().toString(), "--port", "0", "--db", "jdbc:postgresql://%/%");
      assertRefused(engine, "jdbc:postgresql://HOST:PORT/NAME");
      engine.launch(
          "--data",
          engine.data().toString(),
          "--port",
          "0",
          "--db",
          "jdbc:postgresql://127.0.0.1:1/x");
      assertRefused(engine, "cannot connect to the database");
    }
  }

  /// One line that says what to do, and no trace of the inside.
  private static void assertRefused(EngineProcess engine, String why) {
    assertEquals(1, engine.exited(END_MAX), "exit status");
    var told = engine.err().lines().filter(line -> line.startsWith("baton: ")).toList();
    assertAll(
        () -> assertEquals(1, told.size(), "lines for the operator; stderr: " + engine.err()),
        () -> assertTrue(told.getFirst().contains(why), told.getFirst()),
        () ->
            assertTrue(
                engine.err().lines().noneMatch(line -> line.startsWith("\tat ")),
                "a stack trace: " + engine.err()),
        () -> assertEquals("", engine.out(), "standard output"));
  }

  private static Map<String, String> files(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var found = Files.walk(folder)) {
      for (var file : found.toList()) {
        files.put(
            folder.relativize(file).toString(),
            Files.isDirectory(file) ? "" : Files.readString(file));
      }
    }
    return files;
  }
}
