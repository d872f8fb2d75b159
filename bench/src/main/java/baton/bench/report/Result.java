package baton.bench.report;

import baton.bench.load.Machine;
import java.util.List;
import java.util.Optional;

/// What one measurement of one workload gave.
///
/// @param workload its name on the command line
/// @param title what was measured, in words
/// @param yardstick what the figures stand beside, in words; empty where there is none
/// @param spread of single steps; empty where single ones were not timed
/// @param machine who had the processors; empty where the system does not say
/// @param notes what else is worth knowing
/// @param wrong what was not as it should be: then the figures mean nothing
public record Result(
    String workload,
    String title,
    List<Figure> figures,
    Optional<String> yardstick,
    Optional<Spread> spread,
    Optional<Machine.Share> machine,
    List<String> notes,
    List<String> wrong) {

  /// Milliseconds below which so many of a hundred, or of a thousand, stayed.
  public record Spread(int conversations, double p50, double p90, double p99, double p999) {}

  public static Result of(String workload, String title, List<Figure> figures) {
    return new Result(
        workload,
        title,
        figures,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /// Whether any figure stands beside the yardstick.
  public boolean hasRatio() {
    return figures.stream().anyMatch(figure -> figure.ratio().isPresent());
  }

  public Result beside(String words) {
    return new Result(workload, title, figures, Optional.of(words), spread, machine, notes, wrong);
  }

  public Result on(Optional<Machine.Share> share) {
    return new Result(workload, title, figures, yardstick, spread, share, notes, wrong);
  }

  public Result noted(String... words) {
    return new Result(workload, title, figures, yardstick, spread, machine, List.of(words), wrong);
  }

  public Result wrong(List<String> words) {
    return new Result(workload, title, figures, yardstick, spread, machine, notes, words);
  }
}
