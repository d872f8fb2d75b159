package baton.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.http.House;
import baton.runtime.tools.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class LeadsCommandTest {
  private static House house;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    house = new House();
  }

  @AfterAll
  static void stop() throws SQLException {
    house.close();
    // Another house has another vault, in which these leads do not open.
    try (var connection = TestDatabase.source().getConnection();
        var clear = connection.createStatement()) {
      clear.execute("delete from lead where tenant = 'default'");
      clear.execute("delete from outreach where tenant = 'default'");
    }
  }

  private record Ran(int status, String out, String err) {}

  private static Ran run(Object command, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", house.url, "--token", House.OPERATOR));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }

  private Ran bring(String csv, String... more) throws IOException {
    var file = Files.writeString(folder.resolve("leads.csv"), csv);
    var arguments =
        new ArrayList<>(List.of(file.toString(), "--campaign", "outbound-appointments"));
    arguments.addAll(List.of(more));
    return run(new ImportCommand(), arguments.toArray(String[]::new));
  }

  @Test
  void aFileIsBroughtAndItsReportPrintedAndKept() throws IOException {
    var report = folder.resolve("report.json");
    String csv = "email,region\ncli-1@example.com,DE\ncli-2@example.com,\n";
    var ran = bring(csv, "--report", report.toString());
    assertEquals(1, ran.status, "a row was refused");
    assertEquals(
        """
        line 3  refused  time-zone: neither a time-zone nor a region is there: give one of them:\
         nobody is written to at night
        1 added, 0 known before, 0 twice in the file, 1 refused.
        """,
        ran.out);
    assertEquals("", ran.err);
    assertTrue(Files.readString(report).contains("\"refused\" : 1"));
    var again = bring("email,region\ncli-1@example.com,DE\n");
    assertEquals(0, again.status, again.toString());
    assertTrue(again.out.contains("0 added, 1 known before"), again.out);
  }

  @Test
  void outreachIsStartedWatchedAndStopped() {
    var started = run(new OutreachCommand(), "start", "outbound-appointments", "--reason", "go");
    assertEquals(0, started.status, started.err);
    assertTrue(started.out.startsWith("outbound-appointments is running since "), started.out);
    var status = run(new OutreachCommand(), "status", "outbound-appointments");
    assertTrue(status.out.contains("  waiting    "), status.out);
    assertTrue(
        status.out.lines().findFirst().orElse("").endsWith(", by operator: go."), status.out);
    assertTrue(status.out.contains("At most one new conversation every 2 m."), status.out);
    run(new ControlCommand(), "pause", "campaign:outbound-appointments", "--reason", "wrong list");
    var paused = run(new OutreachCommand(), "status", "outbound-appointments");
    run(new ControlCommand(), "resume", "campaign:outbound-appointments", "--reason", "right");
    assertTrue(
        paused.out.contains("Nothing is opened: campaign:outbound-appointments is paused since "),
        paused.out);
    assertTrue(paused.out.contains(", by operator: wrong list.\n"), paused.out);
    var stopped = run(new OutreachCommand(), "stop", "outbound-appointments");
    assertTrue(stopped.out.startsWith("outbound-appointments is stopped since "), stopped.out);
  }

  @Test
  void whatGoesWrongIsOneLineAndAStatus() throws IOException {
    for (var wrong :
        List.of(
            bring("name\nx\n"),
            bring(""),
            run(new ImportCommand(), "none.csv", "--campaign", "outbound-appointments"),
            run(new ImportCommand(), folder.toString(), "--campaign", "outbound-appointments"),
            run(new OutreachCommand(), "start", "inbound-trial"),
            run(new OutreachCommand(), "status", "nobodys"),
            run(new OutreachCommand(), "begin", "outbound-appointments"))) {
      assertEquals(1, wrong.status, wrong.toString());
      assertEquals("", wrong.out);
      assertEquals(1, wrong.err.lines().count(), wrong.err);
      assertTrue(wrong.err.startsWith("baton: "), wrong.err);
    }
  }
}
