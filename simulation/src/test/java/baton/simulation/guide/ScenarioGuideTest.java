package baton.simulation.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.Problems;
import baton.persistence.policy.ScenarioFile;
import baton.runtime.Rehearsal;
import baton.simulation.PolicyFiles;
import baton.simulation.scenario.Batch;
import baton.simulation.scenario.Scenario;
import baton.simulation.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every scenario on docs/testing.md is played, and goes as the page says.
class ScenarioGuideTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  @TempDir private Path folder;

  @Test
  void everyScenarioOnThePageIsMet() throws IOException {
    var scenarios = blocks("scenario:").stream().map(ScenarioGuideTest::read).toList();
    assertEquals(
        List.of(
            "fifteen percent is somebody's decision", "small teams get the list price", "a crowd"),
        scenarios.stream().map(Scenario::name).toList());
    var unmet = new ArrayList<String>();
    var batch = new Batch(PolicyFiles.inbound(), scenarios, 1);
    var tally = batch.play(60, played -> unmet.addAll(played.unmet()));
    assertEquals(List.of(), unmet);
    assertTrue(tally.met(), tally.lines().toString());
  }

  @Test
  void thePolicyOnThePageBringsItsScenario() throws IOException {
    var policy = PolicyFiles.inbound(folder, blocks("scenarios:").getFirst());
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(
        folder.resolve("tests/nothing-is-kept-without-consent.yaml"),
        """
        scenario: nothing is kept without consent
        shows: A no is a no.
        replies: [{asks: consent.contact, say: "no"}]
        expect:
          - no-effect: write-crm
          - consent: {contact: refused}
        """);
    assertEquals(Optional.empty(), Rehearsal.wrong(PolicyCompiler.compile(policy).orThrow()));
  }

  private static Scenario read(String yaml) {
    var problems = new Problems();
    var scenario =
        ScenarioFile.read("testing.md", yaml, Includes.none(), problems)
            .flatMap(new ScenarioReader(PolicyFiles.inbound(), problems)::read);
    assertEquals(List.of(), problems.sorted(""));
    return scenario.orElseThrow();
  }

  private static List<String> blocks(String begin) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs/testing.md")))
        .results()
        .map(block -> block.group(1))
        .filter(yaml -> yaml.startsWith(begin))
        .toList();
  }
}
