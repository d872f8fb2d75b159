package baton.simulation.world;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.check.Checkers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// One [Trial] after another, each from the next seed.
public final class Trials {
  /// How many commands are decided in one trial before its faults end.
  public static final int STEPS = 1_000;

  private static final Pattern UP_TO = Pattern.compile("\"upTo\":([0-9]+)");
  private static final int FAILURES_MAX = 20;

  /// @param steps commands decided
  /// @param failures at most 20
  public record Report(long seeds, long steps, List<Failure> failures) {
    public Report {
      failures = List.copyOf(failures);
    }
  }

  /// @param words which property does not hold, and what was seen instead
  public record Failure(long seed, String words) {}

  private Trials() {}

  /// @param from the first seed
  /// @param progress is told after each seed
  public static Report run(long from, long seeds, Consumer<Report> progress) {
    var policies = policies();
    var failures = new ArrayList<Failure>();
    long steps = 0;
    for (long i = 0; i < seeds && failures.size() < FAILURES_MAX; i++) {
      long seed = from + i;
      try {
        steps += new Trial(seed, policies, new Checkers()).run(STEPS);
      } catch (RuntimeException | AssertionError broken) {
        failures.add(new Failure(seed, broken.toString()));
      }
      progress.accept(new Report(i + 1, steps, failures));
    }
    return new Report(seeds, steps, failures);
  }

  /// The sample that Baton brings, and the same with every right halved: each is active for a
  /// while.
  static List<PolicyDocument> policies() {
    var sample = PolicyCompiler.sample("inbound-trial").orThrow();
    var halved =
        UP_TO
            .matcher(sample.json())
            .replaceAll(right -> "\"upTo\":" + Long.parseLong(right.group(1)) / 2);
    return List.of(sample, PolicyCompiler.fromJson(halved).orThrow());
  }
}
