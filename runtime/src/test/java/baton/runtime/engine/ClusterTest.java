package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.cli.Commands;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes of one cluster: any of them serves any conversation, and what one leaves the others
/// take up.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
  private static final int CONVERSATIONS = 12;
  private static final Duration SILENT_MAX = Duration.ofSeconds(40);
  private static final Duration REFUSED_MAX = Duration.ofSeconds(30);

  private final EngineProcess one = EngineProcess.in("cluster-1");
  private final EngineProcess two = EngineProcess.beside(one, "cluster-2");
  private final EngineProcess three = EngineProcess.beside(one, "cluster-3");
  private final List<Talk> talks = new ArrayList<>();
  @TempDir Path folder;

  @BeforeAll
  void start() {
    one.launch().ready();
    two.join();
    three.join();
    two.ready();
    three.ready();
  }

  @AfterAll
  void end() {
    three.close();
    two.close();
    one.close();
  }

  @Test
  @Order(1)
  void anyNodeServesAnyConversation() {
    for (int i = 0; i < CONVERSATIONS; i++) talks.add(Talk.open(node(i)));
    // Said at the next, followed at the one after that.
    for (int i = 0; i < CONVERSATIONS; i++) {
      var talk = talks.get(i);
      long seq = talk.on(node(i + 1)).saying("Hello");
      talk.on(node(i + 2)).until(seq, "buyers-turn");
      assertEquals(List.of(), talk.irregularities());
    }
  }

  @Test
  @Order(1)
  void whoIsThere_isSeenFromEach() {
    for (var node : List.of(one, two, three)) {
      var cluster = node.operator().get("/v1/cluster").as(200);
      assertEquals(List.of("up", "up", "up"), texts(cluster.get("nodes"), "state"));
      assertEquals(addresses(), texts(cluster.get("nodes"), "address"));
      assertEquals(
          1, texts(cluster.get("nodes"), "leader").stream().filter("true"::equals).count());
    }
    var told = new StringWriter();
    var line = Commands.line().setOut(new PrintWriter(told));
    var url = one.address().orElseThrow().toString();
    assertEquals(0, line.execute("cluster", "--url", url, "--token", one.operatorToken()));
    assertTrue(told.toString().contains(two.address().orElseThrow().toString()), told::toString);
    assertTrue(told.toString().contains("Conversations: "), told::toString);
  }

  @Test
  @Order(2)
  void whatIsStoppedAtOneNode_isStoppedAtAll() {
    one.operator().control("conversation:" + talks.getFirst().id(), "paused", "a test").as(200);
    var paused = talks.getFirst().on(two);
    long seq = paused.saying("and now?");
    assertEquals("paused", paused.on(three).status());
    two.operator().control("conversation:" + paused.id(), "running", "a test").as(200);
    paused.on(one).until(seq, "buyers-turn");
  }

  @Test
  @Order(3)
  void whoeverDoesNotBelongHere_isTurnedAwayInALine() throws IOException {
    var database =
        "jdbc:postgresql://localhost:" + port() + "/postgres?user=postgres&password=" + password();
    assertEquals(
        "baton: another engine runs on this database: join it with --join "
            + addresses().getFirst()
            + ", or stop it first",
        refusal("--db", database, "--data", keys().toString()));
    assertEquals(
        "baton: no node of this database is at 127.0.0.1:1: join one that is there ("
            + String.join(", ", addresses())
            + "), or name the database of the others",
        refusal("--data", one.data().toString(), "--join", "127.0.0.1:1"));
    assertEquals(
        "baton: a node that joins needs the keys of the others: name the folder that has them with"
            + " --keys",
        refusal("--db", database, "--data", folder.toString(), "--join", one.clusterAddress()));
    var other = keys();
    Files.writeString(other.resolve("token-secret"), "ab".repeat(32));
    assertTrue(
        refusal("--db", database, "--data", other.toString(), "--join", one.clusterAddress())
            .startsWith("baton: these keys are not those of the nodes at "));
    givenAPolicyOfANewerVersion(() ->
        assertEquals(
            "baton: the policy of inbound-trial cannot be read by this version of Baton: run the"
                + " version that the other nodes run",
            refusal("--data", one.data().toString(), "--join", one.clusterAddress())));
    assertEquals(
        "baton: --join has addresses such as 10.0.0.5:7355, of which \"nowhere\" is none",
        refusal("--data", one.data().toString(), "--join", "nowhere"));
  }

  @Test
  @Order(4)
  void givenThatANodeIsKilled_thenTheOthersAnswerForIt_andNothingIsLostOrDoneTwice() {
    var said = talks.stream().map(talk -> talk.on(one).saying("I would like a demo")).toList();
    two.kill9();
    for (int i = 0; i < CONVERSATIONS; i++) talks.get(i).on(one).until(said.get(i), "buyers-turn");
    for (var talk : talks) {
      talk.on(three).sayUntilTaken("Hello again");
      assertEquals(List.of(), talk.on(three).irregularities());
    }
  }

  @Test
  @Order(5)
  void givenThatANodeIsStopped_thenItHandsOverFirst_andOneIsEnough() {
    three.stop();
    for (var talk : talks) {
      talk.on(one).sayUntilTaken("still there?");
      assertEquals(List.of(), talk.on(one).irregularities());
    }
    two.join().ready();
    for (var talk : talks) talk.on(two).sayUntilTaken("and now?");
  }

  @Test
  @Order(6)
  void givenThatANodeFallsSilent_thenNobodyPermitsUntilItIsOut_andItComesBack() {
    two.signal("STOP");
    Wait.until(SILENT_MAX, "the other sees no majority", () -> states().contains("unreachable"));
    assertEquals(503, one.anybody().get("/health/ready").status());
    Wait.until(SILENT_MAX, "it is put out", () -> !states().contains("unreachable"));
    for (var talk : talks) talk.on(one).sayUntilTaken("are you there?");

    two.signal("CONT");
    Wait.until(SILENT_MAX, "it is back", () -> states().equals(List.of("up", "up")));
    Wait.until(SILENT_MAX, "it serves again", () -> two.anybody().isReady());
    for (var talk : talks) {
      talk.on(two).sayUntilTaken("and now?");
      assertEquals(List.of(), talk.on(two).irregularities());
    }
    assertTrue(two.err().contains("baton: this node was left out of its cluster, and comes back"));
  }

  @Test
  @Order(7)
  void givenThatAllAreOutAtOnce_thenOneFormsAClusterAnew_andTheOthersComeToIt() {
    three.join().ready();
    execute("update formation set number = number + 1");
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = 'baton-node'");
    for (var node : List.of(one, two, three)) {
      Wait.until(SILENT_MAX, "it is out", () -> node.err().contains("this node stops: another"));
    }
    for (var node : List.of(one, two, three)) {
      Wait.until(SILENT_MAX, "it serves again", () -> node.anybody().isReady());
    }
    Wait.until(SILENT_MAX, "all are in", () -> states().equals(List.of("up", "up", "up")));
    for (var talk : talks) {
      talk.on(three).sayUntilTaken("and all of you?");
      assertEquals(List.of(), talk.on(three).irregularities());
    }
  }

  /// As the first node sees them.
  private List<String> states() {
    return texts(one.operator().get("/v1/cluster").as(200).get("nodes"), "state");
  }

  private static List<String> texts(JsonNode nodes, String name) {
    return nodes.findValuesAsText(name);
  }

  private List<String> addresses() {
    return Stream.of(one, two, three).map(EngineProcess::clusterAddress).sorted().toList();
  }

  private EngineProcess node(int i) {
    return List.of(one, two, three).get(i % 3);
  }

  /// As far as whoever comes can see: those who run know theirs by its hash.
  private void givenAPolicyOfANewerVersion(Runnable then) {
    var damage = "update policy set json = replace(json, '\"format\":1', '\"format\":9')";
    var repair = "update policy set json = replace(json, '\"format\":9', '\"format\":1')";
    execute(damage);
    try {
      then.run();
    } finally {
      execute(repair);
    }
  }

  private void execute(String sql) {
    try (var connection = one.database().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// What an engine that cannot start says.
  private String refusal(String... options) {
    try (var refused = EngineProcess.beside(one, "cluster-refused")) {
      refused.launch(options);
      assertEquals(1, refused.exited(REFUSED_MAX));
      var lines = refused.err().lines().filter(line -> line.startsWith("baton: ")).toList();
      assertEquals(1, lines.size(), refused.err());
      return lines.getFirst();
    }
  }

  /// A folder with the cluster's keys.
  private Path keys() throws IOException {
    var keys = Files.createTempDirectory(folder, "keys");
    for (var name :
        List.of("master-key", "token-secret", "operator-token", "permit-key", "checkpoint-key")) {
      Files.copy(one.data().resolve(name), keys.resolve(name));
    }
    return keys;
  }

  private String port() throws IOException {
    return Files.readString(one.data().resolve("postgres-port")).strip();
  }

  private String password() throws IOException {
    return Files.readString(one.data().resolve("postgres-password")).strip();
  }
}
