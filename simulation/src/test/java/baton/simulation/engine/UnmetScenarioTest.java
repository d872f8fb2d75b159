package baton.simulation.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.policy.PolicyCompiler;
import baton.runtime.engine.ApiClient;
import baton.runtime.engine.EngineProcess;
import baton.simulation.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy whose own scenarios are not met, and a real engine: it does not become active, neither
/// where the engine would start with it nor where an operator sends it.
class UnmetScenarioTest {
  private static final String UNMET =
      """
      scenarios:
        - scenario: hello is an order
          shows: It is not, and this policy must not become active.
          opening: "hello"
          expect:
            - closed: ordered
      """;
  private static final String WHY =
      "scenario \"hello is an order\": it was to be closed for ordered, and is open with booking";

  @TempDir private Path folder;

  @Test
  void givenAPolicyWhoseScenarioFails_thenItDoesNotBecomeActiveAndOneLineSaysWhy()
      throws IOException {
    var policy = PolicyFiles.inbound(Files.createDirectory(folder.resolve("policies")), UNMET);
    try (var engine = EngineProcess.in("unmet-scenario").under(folder)) {
      engine.launch();
      assertEquals(1, engine.exited(Duration.ofSeconds(60)));
      assertEquals(
          "baton: the policy of inbound-trial is not activated: " + WHY + "\n", engine.err());
      assertEquals("", engine.out());
      assertTrue(engine.address().isEmpty(), "it takes requests");

      // On the same data, and the samples as they are: nothing of it was kept.
      engine.under(Files.createDirectory(folder.resolve("nothing"))).launch().ready();
      var sample = PolicyFiles.inbound().policy().hash();
      assertEquals(sample, active(engine.operator()));

      var json = PolicyCompiler.compile(policy).orThrow().json();
      var refused = engine.operator().putText("/v1/policies/active", "application/json", json);
      assertEquals(422, refused.status(), refused.toString());
      assertEquals(WHY, refused.body().get("errors").get(0).asText());
      assertEquals(1, refused.body().get("errors").size());
      assertEquals(sample, active(engine.operator()));
    }
  }

  private static String active(ApiClient operator) {
    return ApiClient.list(operator.get("/v1/policies").as(200)).stream()
        .filter(policy -> policy.get("campaign").asText().equals("inbound-trial"))
        .map(policy -> policy.get("version").asText())
        .findFirst()
        .orElseThrow();
  }
}
