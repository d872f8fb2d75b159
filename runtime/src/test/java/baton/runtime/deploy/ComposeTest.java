package baton.runtime.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// deploy/compose.yaml is what Compose takes, and fits together and to Baton.
class ComposeTest {
  private static final List<String> NODES = List.of("baton-1", "baton-2", "baton-3");

  private final String text = Yaml.text(Yaml.deploy().resolve("compose.yaml"));
  private final JsonNode compose = Yaml.documents(text).getFirst();
  private final JsonNode services = compose.path("services");

  @Test
  void itFitsTheSchema() {
    assertEquals(List.of(), Yaml.misfits("compose.schema.json", compose));
  }

  @Test
  void givenAFieldThatComposeDoesNotKnow_thenTheSchemaSaysWhere() {
    var wrong = Yaml.documents(text.replace("restart:", "restarts:")).getFirst();

    assertTrue(Yaml.misfits("compose.schema.json", wrong).toString().contains("'restarts'"));
  }

  @Test
  void thereAreThreeNodesAndTheirDatabase() {
    var names = new TreeSet<>(NODES);
    names.add("postgres");
    assertEquals(names, new TreeSet<>(Yaml.words(services)));
    for (var name : NODES) {
      assertEquals(name, services.path(name).path("hostname").asText());
      assertEquals(
          "service_healthy",
          services.path(name).path("depends_on").path("postgres").path("condition").asText());
      assertEquals(
          "/etc/baton/baton.conf",
          services.path(name).path("configs").path(0).path("target").asText());
    }
    assertEquals(
        NODES.stream().map(name -> name + ":7355").toList(),
        conf("baton-1").getStringList("cluster.join"));
  }

  @Test
  void theDatabaseForgetsNothingThatItConfirmed_andIsTheOneThatTheNodesLookFor() {
    var command = Yaml.words(services.path("postgres").path("command"));
    assertTrue(command.containsAll(List.of("fsync=on", "synchronous_commit=on")));
    assertEquals(
        "jdbc:postgresql://postgres:5432/baton", conf("baton-1").getString("database.url"));
    var database = services.path("postgres").path("environment");
    assertEquals("baton", database.path("POSTGRES_DB").asText());
    assertEquals(
        conf("baton-1").getString("database.user"), database.path("POSTGRES_USER").asText());
    assertEquals(
        services.path("baton-1").path("environment").path("BATON_DATABASE_PASSWORD"),
        database.path("POSTGRES_PASSWORD"));
  }

  @Test
  void portsAreThoseOfTheSettings_eachOnAPortOfItsOwn() {
    var http = conf("baton-1").getInt("http.port");
    var published =
        NODES.stream().map(name -> services.path(name).path("ports").path(0).asText()).toList();
    assertEquals(
        List.of("127.0.0.1:8081:" + http, "127.0.0.1:8082:" + http, "127.0.0.1:8083:" + http),
        published);
    assertTrue(
        services.path("baton-1").path("healthcheck").toString().contains("/127.0.0.1/" + http));
  }

  @Test
  void whatIsMountedExists_andEachNodeHasItsOwnData() {
    var volumes =
        Stream.concat(NODES.stream(), Stream.of("postgres"))
            .collect(
                Collectors.toMap(
                    name -> name, name -> Yaml.words(services.path(name).path("volumes"))));
    assertEquals(
        Map.of(
            "baton-1", List.of("./keys:/keys", "data-1:/data"),
            "baton-2", List.of("./keys:/keys", "data-2:/data"),
            "baton-3", List.of("./keys:/keys", "data-3:/data"),
            "postgres", List.of("postgres:/var/lib/postgresql")),
        volumes);
    assertEquals(
        Set.of("postgres", "data-1", "data-2", "data-3"),
        Set.copyOf(Yaml.words(compose.path("volumes"))));
    assertEquals("/keys", conf("baton-1").getString("keys"));
    assertEquals("/data", conf("baton-1").getString("data"));
    assertEquals(
        "./compose.conf", compose.path("configs").path("baton-conf").path("file").asText());
  }

  @Test
  void theSettingsLoad_withTheEnvironmentThatEachNodeHas(@TempDir Path folder) throws Exception {
    for (var name : NODES) {
      var file = Files.writeString(folder.resolve(name), conf(name).root().render());
      assertEquals(name, Settings.load(file).cluster().host());
    }
  }

  private Config conf(String node) {
    var environment = new TreeMap<String, String>();
    environment.put("HOSTNAME", services.path(node).path("hostname").asText());
    for (var name : Yaml.words(services.path(node).path("environment"))) environment.put(name, "x");
    return ConfigFactory.parseFile(Yaml.deploy().resolve("compose.conf").toFile())
        .resolveWith(ConfigFactory.parseMap(environment));
  }

  @Test
  void theImageStartsBatonAsTheLauncherDoes() {
    var root = Yaml.deploy().getParent();
    var containerfile = Yaml.text(Yaml.deploy().resolve("Containerfile"));
    var launcher = Yaml.text(root.resolve("baton"));
    for (var flag :
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "baton.runtime.Main")) {
      assertTrue(launcher.contains(flag), flag);
      assertTrue(containerfile.contains('"' + flag + '"'), flag);
    }
    var conf = conf("baton-1");
    assertTrue(
        containerfile.contains(
            "EXPOSE " + conf.getInt("http.port") + " " + conf.getInt("cluster.port")));
    for (var copied : List.of("policies", "scenarios")) {
      assertTrue(Files.isDirectory(root.resolve(copied)));
    }
  }
}
