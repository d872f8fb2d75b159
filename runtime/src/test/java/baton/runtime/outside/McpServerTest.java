package baton.runtime.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.fact.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tools of a real MCP server, a process of its own, over standard input and output and over HTTP:
/// when it answers, and whatever else it does.
class McpServerTest {
  private static final Outcome THREE = Outcome.confirmed(Map.of("stock.left", Value.of(3)));

  @TempDir Path folder;
  private Outpost outpost;

  @AfterEach
  void end() {
    if (outpost != null) outpost.close();
  }

  @Test
  void whatItTellsIsKeptAsThePolicySays_andItIsGivenTheKey() throws IOException {
    onStandardInput(Declared.STOCK);
    var given = Map.of("product", Value.of("team"), "note", outpost.sealed("for Ada"));
    assertEquals(THREE, outpost.call("stock", "k1", given));
    assertEquals(List.of("team for Ada {baton/idempotency-key=k1}"), calls());
    assertEquals(
        Outcome.confirmed(
            Map.of("stock.left", Value.of(3), "stock.note", outpost.sealed(Warehouse.INJECTED))),
        asked("injected"));
    assertEquals(Outcome.confirmed(Map.of("stock.left", Value.of(7))), asked("text"));
    assertEquals(Outcome.confirmed(), asked("words"));
    assertEquals(new Unknown("bad-answer"), asked("code"));
    assertEquals(new Unknown("refused-by-tool"), asked("error"));
    assertEquals(new Unknown("no-look-up"), outpost.lookUp("stock", "k1", given));
  }

  @Test
  void givenThatItDies_thenNobodyKnows_andTheNextCallHasANewOne() {
    onStandardInput(Declared.STOCK);
    assertEquals(new Unknown("broken"), asked("halt"));
    assertEquals(THREE, asked("team"));
  }

  @Test
  void givenThatItHangs_thenALookUpWaits_nobodyKnows_andOthersAreAnswered() throws Exception {
    onStandardInput(Declared.STOCK);
    var call = new FutureTask<>(() -> asked("hang"));
    Thread.startVirtualThread(call);
    while (!Files.exists(folder.resolve("calls"))) Thread.onSpinWait();
    var hang = Map.of("product", Value.of("hang"));
    assertEquals(new Unknown("timed-out"), outpost.lookUp("stock", "k-hang", hang));
    assertEquals(new Unknown("timed-out"), call.get());
    assertEquals(new Unknown("no-look-up"), outpost.lookUp("stock", "k-hang", hang));
    assertEquals(THREE, asked("team"));
  }

  @Test
  void givenTenMegabytes_thenTheyAreNotTaken() {
    onStandardInput(Declared.STOCK);
    assertEquals(new Unknown("timed-out"), asked("huge"));
    assertEquals(THREE, asked("team"));
  }

  @Test
  void givenThatItChangesItsTools_thenNothingIsCalledAnyMore() throws IOException {
    onStandardInput(Declared.STOCK);
    assertEquals(Outcome.confirmed(Map.of("stock.left", Value.of(0))), asked("removed"));
    assertEquals(new Failed("tool-changed"), eventually("team"));
    assertEquals(1, calls().size());
  }

  @Test
  void givenThatItDoesNotTakeWhatIsDeclared_thenNothingIsCalled() throws IOException {
    onStandardInput(
        Declared.STOCK.replace("\"note\": {\"type\": \"text\"", "\"colour\": {\"type\": \"text\""));
    assertEquals(new Failed("tool-changed"), asked("team"));
    assertEquals(false, Files.exists(folder.resolve("calls")));
  }

  @Test
  void givenAToolThatOnlyReads_thenItIsAskedAgain() throws IOException {
    onStandardInput(
        Declared.STOCK.replace(
            "\"server\"", "\"readOnly\": true, \"errorMeans\": \"not-done\", \"server\""));
    assertEquals(new Failed("refused-by-tool"), asked("error"));
    var team = Map.of("product", Value.of("team"));
    assertEquals(THREE, outpost.lookUp("stock", "k1", team));
    assertEquals(2, calls().size());
  }

  @Test
  void givenThatTheServerSaysThatItDoesNotOnlyRead_thenNothingIsCalled() throws IOException {
    onStandardInput(
        Declared.STOCK
            .replace("\"server\"", "\"readOnly\": true, \"server\"")
            .replace("check_stock", "take_stock"));
    assertEquals(new Failed("tool-changed"), asked("team"));
    assertEquals(false, Files.exists(folder.resolve("calls")));
    assertEquals(Optional.of("it is not read-only, says the server"), lacks());
  }

  @Test
  void givenACommandThatIsNone_thenItIsUnreachable() {
    outpost = new Outpost(folder, "servers.warehouse.mcp = [no-such-command]", Declared.STOCK);
    assertEquals(new Failed("unreachable"), asked("team"));
    assertEquals(
        Optional.of("the server cannot be reached: see that it runs, and check servers.warehouse"),
        lacks());
  }

  @Test
  void overHttpItIsTheSame() throws IOException, InterruptedException {
    var port = folder.resolve("port");
    var process = new ProcessBuilder(command()).redirectErrorStream(true);
    process.command().add(port.toString());
    var server = process.redirectOutput(folder.resolve("out").toFile()).start();
    try {
      while (!Files.exists(port) && server.isAlive()) Thread.onSpinWait();
      outpost =
          new Outpost(
              folder,
              "servers.warehouse { mcp-url = \"http://127.0.0.1:"
                  + Files.readString(port)
                  + "/mcp\", within = 2s }",
              Declared.STOCK);
      assertEquals(THREE, asked("team"));
      assertEquals(new Unknown("refused-by-tool"), asked("error"));
      assertEquals(new Unknown("timed-out"), asked("hang"));
      assertEquals("Unknown", asked("huge").getClass().getSimpleName());
      assertEquals(THREE, eventually("team"));
      assertEquals("Unknown", asked("halt").getClass().getSimpleName());
      server.waitFor();
      assertEquals(new Failed("unreachable"), eventually("team"));
    } finally {
      server.destroyForcibly();
    }
  }

  private void onStandardInput(String declared) {
    var words = command().stream().map(word -> "\"" + word + "\"").toList();
    outpost =
        new Outpost(
            folder,
            "servers.warehouse { mcp = [" + String.join(", ", words) + "], within = 3s }",
            declared);
  }

  private List<String> command() {
    return new java.util.ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Warehouse.class.getName(),
            folder.resolve("calls").toString()));
  }

  private Outcome asked(String product) {
    return outpost.call("stock", "k-" + product, Map.of("product", Value.of(product)));
  }

  /// After the server has got itself into order, or out of it.
  private Outcome eventually(String product) {
    var first = asked(product);
    return first instanceof Unknown ? asked(product) : first;
  }

  /// What `tools check` says.
  private Optional<String> lacks() {
    var server = outpost.servers.named("warehouse").orElseThrow();
    return server.lacks(outpost.policy.tools().get("stock"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
