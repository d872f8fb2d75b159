package baton.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.bench.report.Measure;
import baton.bench.report.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// docs/performance.md names every target as the command does.
class PerformancePageTest {
  @Test
  void everyMeasureHasItsRow() throws IOException {
    var rows =
        Files.readAllLines(Path.of("../docs/performance.md")).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|"))
            .filter(cells -> cells.length > 4)
            .map(cells -> cells[1].strip() + " | " + cells[2].strip() + " | " + cells[3].strip())
            .filter(row ->
                Arrays.stream(Measure.values()).anyMatch(m -> row.startsWith(m.title() + " |")))
            .toList();
    var expected =
        Arrays.stream(Measure.values())
            .map(m ->
                m.title()
                    + " | "
                    + Wording.amount(m.must(), m.unit())
                    + " | "
                    + Wording.amount(m.aim(), m.unit()))
            .toList();
    assertEquals(expected, rows);
  }
}
