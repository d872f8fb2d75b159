package baton.simulation.history;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A short history of a real engine that was killed: recorded as docs/contributing.md says, under
/// the policy beside it.
public final class Recorded {
  static final Path POLICY = Path.of("src", "test", "resources", "histories", "echo.yaml");
  private static final JsonMapper JSON = new JsonMapper();

  private Recorded() {}

  public static Path file() {
    return Path.of("src", "test", "resources", "histories", "killed.jsonl");
  }

  /// The same, with rows as they were before they left out what is empty.
  static Path inFormat1() {
    return Path.of("src", "test", "resources", "histories", "killed-format-1.jsonl");
  }

  public static List<Occurrence> occurrences() throws IOException {
    return occurrences(file());
  }

  static List<Occurrence> occurrences(Path history) throws IOException {
    var occurrences = new ArrayList<Occurrence>();
    HistoryReader.read(history, occurrences::add);
    return occurrences;
  }

  /// @param line one of type `policy`
  static PolicyDocument policy(String line) throws IOException {
    return PolicyCompiler.fromJson(JSON.readTree(line).get("document").toString()).orThrow();
  }
}
