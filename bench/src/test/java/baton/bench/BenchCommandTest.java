package baton.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.cli.Commands;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./baton bench`, as it is typed.
class BenchCommandTest {
  @TempDir private Path folder;

  private record Ran(int status, String out, String err) {}

  @Test
  void givenTwoBuyersWhenWRunsForASecondThenTheirConversationsWentAsTheyShould() throws Exception {
    var json = folder.resolve("w.json");
    var page = folder.resolve("w.html");
    var ran =
        bench(
            "w --conversations 2 --warm-up 300ms --measure 1s --json "
                + json
                + " --report "
                + page);
    assertEquals("", ran.err);
    assertEquals(0, ran.status, ran.out);
    var result = new ObjectMapper().readTree(Files.readString(json)).path("results").path(0);
    assertEquals("w", result.path("workload").asText());
    assertEquals("governed steps", result.path("figures").path(0).path("name").asText());
    assertTrue(result.path("figures").path(0).path("value").asDouble() > 0, ran.out);
    assertTrue(result.path("figures").path(0).path("ratio").asDouble() > 0, ran.out);
    assertEquals("[]", result.path("wrong").toString());
    assertTrue(
        ran.out.contains("   2 conversations came to their end and went as they should\n"),
        ran.out);
    assertTrue(Files.readString(page).contains("<h1>Measured; nothing of it has a target</h1>"));
  }

  @Test
  void givenTenTimesWhatItCanTakeThenWhatWasAcceptedIsKeptAndWhatWasNotIsToldWhenToComeAgain()
      throws Exception {
    var json = folder.resolve("overload.json");
    var ran = bench("overload --conversations 2 --warm-up 300ms --measure 500ms --json " + json);
    var result = new ObjectMapper().readTree(Files.readString(json)).path("results").path(0);
    var figures = new HashMap<String, Double>();
    for (var figure : result.path("figures")) {
      figures.put(figure.path("name").asText(), figure.path("value").asDouble());
    }
    assertTrue(figures.get("accepted") > 0, ran.out);
    assertEquals(0, figures.get("accepted and lost"), ran.out);
    assertEquals(0, figures.get("of them without Retry-After"), ran.out);
    assertEquals(0, figures.get("failed otherwise"), ran.out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "x|there is no workload \"x\": name some of gate, codec, fold, interpreter, worlds, w,"
            + " w-http, voice, models, pause, recovery, idle-heap, start, overload, growth",
        "overload --conversations 193|overload takes up to 192 --conversations: an engine keeps 256"
            + " event streams",
        "w --conversations 0|--conversations are 1 to 100,000 each",
        "w --conversations 1,200000|--conversations are 1 to 100,000 each",
        "w --measure 0s|--measure is a time up to an hour, such as 500ms, 20s or 2m",
        "w --warm-up 2h|--warm-up is a time up to an hour, such as 500ms, 20s or 2m",
        "w --measure 61m|--measure is a time up to an hour, such as 500ms, 20s or 2m",
        "w --url http://127.0.0.1:1|only w-http measures an engine that runs: name it alone with"
            + " --url",
        "--url http://127.0.0.1:1|only w-http measures an engine that runs: name it alone with"
            + " --url",
        "w-http --token t|--token goes with --url",
        "w-http --url http://127.0.0.1:1 --token t|no engine answers at http://127.0.0.1:1: start"
            + " one with ./baton serve, or leave out --url",
        "w-http --url nonsense --token t|no engine answers at nonsense: start one with ./baton"
            + " serve, or leave out --url",
        "w-http --url http://127.0.0.1:1 --data none|cannot read none/operator-token: name the"
            + " engine's folder with --data, or give its token with --token",
        "w-http --url http://127.0.0.1:1 --token t --db jdbc:postgresql:x|an engine that runs has"
            + " its own database: leave out --db or --url",
        "w --json none/x.json|cannot write none/x.json: name a file with --json in a folder that"
            + " is there",
        "w --db mysql:x|a database is named as jdbc:postgresql://HOST:PORT/NAME",
        "w --db jdbc:postgresql://127.0.0.1:1/x|cannot connect to the database: check that it"
            + " runs, and its address, user and password"
      })
  void whatCannotBeUsedIsToldInOneLineAndNothingIsMeasured(String arguments, String line) {
    assertEquals(new Ran(2, "", "baton: " + line.replace("\"\"", "\"") + "\n"), bench(arguments));
  }

  @Test
  void givenAnEngineWithoutTheCampaignThenItSaysHowToGiveItOne() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var engine = HttpServer.create(loopback, 0);
    engine.createContext(
        "/v1/campaigns",
        exchange -> {
          var body =
              "[{\"campaign\":\"inbound-trial\",\"inbound\":true}]"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    engine.start();
    try {
      var url = "http://127.0.0.1:" + engine.getAddress().getPort();
      assertEquals(
          new Ran(
              2,
              "",
              "baton: the engine at %s has no campaign \"workload\": give it one with ./baton policy activate bench/target/classes/bench/workload.yaml --url %s\n"
                  .formatted(url, url)),
          bench("w-http --token t --url " + url));
    } finally {
      engine.stop(0);
    }
  }

  private static Ran bench(String arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Commands.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    int status = line.execute(("bench " + arguments).split(" "));
    return new Ran(status, out.toString(), err.toString());
  }
}
