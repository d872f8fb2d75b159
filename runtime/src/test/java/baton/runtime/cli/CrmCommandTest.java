package baton.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.http.House;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class CrmCommandTest {
  private final House house = new House();

  @TempDir Path folder;

  @AfterEach
  void close() {
    house.close();
  }

  private record Ran(int status, String out, String err) {}

  @Test
  void contactsGoInTellingEachRefusedRowAndComeOutAgain() throws IOException {
    var in =
        Files.writeString(
            folder.resolve("in.csv"),
            "email,name,stage\nada@example.org,Ada,new\nnobody,Bob,new\neve@example.org,Eve,\n");
    var taken = crm("import", in.toString());
    assertEquals(
        new Ran(
            1,
            """
            line 3  email is no address: write it as name@example.com
            2 added, 0 changed, 0 as they were, 1 refused.
            """,
            ""),
        taken);
    var out = folder.resolve("out.csv");
    assertEquals(
        new Ran(0, "2 contacts written to " + out + ".\n", ""), crm("export", out.toString()));
    assertEquals(3, Files.readAllLines(out).size());
    assertEquals(
        new Ran(0, "0 added, 0 changed, 2 as they were, 0 refused.\n", ""),
        crm("import", out.toString()));
    var again = crm("export", out.toString());
    assertEquals("baton: " + out + " is there: name another file, or say --force\n", again.err);
    assertEquals(0, crm("export", out.toString(), "--force").status);
    assertFalse(Files.exists(folder.resolve("out.csv.part")));
  }

  @Test
  void whatGoesWrongIsOneLineAndAStatusAndLeavesNoFile() throws IOException {
    var latin = Files.write(folder.resolve("latin.csv"), new byte[] {'e', 'm', (byte) 0xe4, '\n'});
    var out = folder.resolve("out.csv");
    for (var wrong :
        List.of(
            crm("import", latin.toString()),
            crm("import", folder.resolve("none.csv").toString()),
            crm("import", folder.toString()),
            crm("export", folder.resolve("no/such/folder.csv").toString()),
            crm("export", out.toString(), "--token", "wrong"),
            crm("export", out.toString(), "--url", "http://127.0.0.1:1"))) {
      assertEquals(1, wrong.status, wrong.toString());
      assertTrue(wrong.err.startsWith("baton: "), wrong.toString());
      assertEquals(1, wrong.err.lines().count(), wrong.err);
    }
    assertFalse(Files.exists(out));
    assertTrue(crm("import", latin.toString()).err.contains("byte 2: 0xE4 is not UTF-8"));
  }

  private Ran crm(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--url")) all.addAll(List.of("--url", house.url));
    if (!all.contains("--token")) all.addAll(List.of("--token", House.OPERATOR));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        new CommandLine(new CrmCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ran(status, out.toString(), err.toString());
  }
}
