package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The report is plain text that fits a terminal. What it says of the smallest document stands in
/// docs/policy.md, see [PolicyGuideTest].
class PolicyReportTest {
  private static String report(String campaign) {
    return PolicyReport.of(PolicyCompiler.sample(campaign));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbound-trial", "outbound-appointments"})
  void noLineIsLongerThan100ColumnsOrEndsInBlanks(String campaign) {
    for (var line : report(campaign).split("\n")) {
      assertTrue(line.codePointCount(0, line.length()) <= 100, line);
      assertEquals(line.stripTrailing(), line);
    }
  }

  @Test
  void theReportShowsRolesWaysAndTheLadderOfRights() {
    var lines = report("inbound-trial").lines().toList();
    for (var line :
        List.of(
            "Inbound trial requests by chat",
            "  engine       supervisor       2     20   no product",
            "  booking    ──▶  transfer     with booking ≥ 90 %, product ≥ 60 %, a yes to slot,"
                + " consent contact;",
            "  concede            up to 10 %                   closing by itself       "
                + " concession-10",
            "                     up to 20 %                   an operator's approval  "
                + " concession-20",
            "                     beyond                       denied",
            "  turns                         60  escalate  ask-consent, book, concede, find-slots,"
                + " quote,")) {
      assertTrue(lines.contains(line), line);
    }
  }

  @Test
  void anInvalidDocumentIsReportedByItsProblemsAlone() {
    assertEquals(
        "smallest.yaml:1:9: expected 1, not 2\n",
        PolicyReport.of(Smallest.compile(Smallest.with("format: 1", "format: 2"))));
  }
}
