package baton.simulation.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every checker over histories that were recorded before: the one that is kept, or those in the
/// folder that is named by `-Dhistory.folder`.
class HistoryFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("history.folder", "src/test/resources/histories"));

  @Test
  void givenRecordedHistories_whenChecked_thenNothingIsViolated() throws IOException {
    var files = recorded();
    assertFalse(files.isEmpty(), "no history in " + FOLDER);
    for (var file : files) System.out.println(CheckedHistory.of(file));
  }

  private static List<Path> recorded() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }
}
