package baton.simulation.engine;

import baton.simulation.check.Checkers;
import baton.simulation.history.HistoryReader;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation;
import baton.simulation.history.Occurrence.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/// A history that every checker has seen from its file, in figures.
///
/// @param answers how many, by operation and result
record CheckedHistory(
    Path file,
    int occurrences,
    int conversations,
    int claims,
    int kills,
    Map<String, Integer> answers) {

  /// @throws AssertionError where a property does not hold
  static CheckedHistory of(Path file) throws IOException {
    var checkers = new Checkers();
    var count = new Count();
    HistoryReader.read(
        file,
        occurrence -> {
          count.see(occurrence);
          checkers.see(occurrence);
        });
    checkers.end();
    return new CheckedHistory(
        file,
        count.occurrences,
        count.conversations.size(),
        count.claims,
        count.kills,
        count.answers);
  }

  private static final class Count {
    private final Map<Long, String> asked = new HashMap<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final HashSet<Object> conversations = new HashSet<>();
    private int occurrences;
    private int claims;
    private int kills;

    void see(Occurrence occurrence) {
      occurrences++;
      switch (occurrence) {
        case Occurrence.Invoked(_, var number, var operation) -> asked.put(number, name(operation));
        case Occurrence.Returned(_, var number, var result, _) ->
            answers.merge(asked.get(number) + " " + name(result), 1, Integer::sum);
        case Occurrence.Journaled journaled -> conversations.add(journaled.conversation());
        case Occurrence.Claimed _ -> claims++;
        case Occurrence.Killed _ -> kills++;
        case Occurrence.Advanced _, Occurrence.Called _, Occurrence.Settled _ -> {}
      }
    }

    private static String name(Operation operation) {
      return switch (operation) {
        case Operation.Say _ -> "say";
        case Operation.Control(_, var mode) -> mode.name().toLowerCase();
        case Operation.Activate _ -> "activate";
        case Operation.TakeOver _ -> "take-over";
      };
    }

    private static String name(Result result) {
      return result.name().toLowerCase();
    }
  }

  @Override
  public String toString() {
    return "%s: %d occurrences, %d conversations, %d claims, %d kills, no violation; %s"
        .formatted(file.getFileName(), occurrences, conversations, claims, kills, answers);
  }
}
