package baton.bench.kernel;

import baton.bench.load.Plan;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/// Runs one benchmark through JMH, in a process of its own.
public final class Benchmarks {
  private static final int ITERATIONS = 5;
  private static final long ITERATION_MAX_MS = 3_000;

  private Benchmarks() {}

  /// What single calls took, in nanoseconds.
  public static Statistics sample(Plan plan, Class<?> type, String method) throws RunnerException {
    plan.tell().accept(method + ": JMH is measuring");
    var options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(type.getName() + "." + method) + "$")
            .forks(1)
            .warmupIterations(ITERATIONS)
            .warmupTime(iteration(plan.warmUp().toMillis()))
            .measurementIterations(ITERATIONS)
            .measurementTime(iteration(plan.measure().toMillis()))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getStatistics();
  }

  private static TimeValue iteration(long allMs) {
    return TimeValue.milliseconds(Math.clamp(allMs / ITERATIONS, 10, ITERATION_MAX_MS));
  }
}
