package baton.bench;

import baton.bench.kernel.Benchmarks;
import baton.bench.kernel.GateBenchmark;
import baton.bench.kernel.InterpreterBenchmark;
import baton.bench.kernel.JournalBenchmark;
import baton.bench.load.Machine;
import baton.bench.load.Plan;
import baton.bench.report.Figure;
import baton.bench.report.Measure;
import baton.bench.report.Result;
import baton.bench.report.Wording;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/// The kernel's own speed, through JMH: the gate, the codec, the fold and the interpreter.
final class Kernel {
  private static final String ON = "a conversation from hello to order";

  private Kernel() {}

  static void gate(Plan plan, Consumer<Result> results) throws RunnerException {
    var watch = Machine.watch(Machine.NO_DATABASE);
    var scan = Benchmarks.sample(plan, GateBenchmark.class, "scan").getPercentile(50);
    var plain = Benchmarks.sample(plan, GateBenchmark.class, "gate");
    var conditional = Benchmarks.sample(plan, GateBenchmark.class, "gateWithConditions");
    results.accept(
        Result.of(
                "gate",
                "one judgement, all checks and findings, on " + ON,
                List.of(
                    Figure.of(Measure.GATE, "p50", plain.getPercentile(50)).over(scan),
                    Figure.of("p99", plain.getPercentile(99), "ns"),
                    Figure.of(
                            Measure.GATE_CEL,
                            "p50 with 20 CEL conditions",
                            conditional.getPercentile(50))
                        .over(scan),
                    Figure.of("p99 with 20 CEL conditions", conditional.getPercentile(99), "ns")))
            .beside(Wording.amount(scan, "ns") + " for a scan of 20 rules in plain Java")
            .on(watch.get()));
  }

  static void codec(Plan plan, Consumer<Result> results) throws RunnerException {
    var watch = Machine.watch(Machine.NO_DATABASE);
    var write = Benchmarks.sample(plan, JournalBenchmark.class, "write");
    var read = Benchmarks.sample(plan, JournalBenchmark.class, "read");
    results.accept(
        Result.of(
                "codec",
                "one row of the journal, on " + ON,
                List.of(
                    Figure.of("to bytes, hashed, p50", write.getPercentile(50) / 1_000, "µs"),
                    Figure.of("to bytes, hashed, p99", write.getPercentile(99) / 1_000, "µs"),
                    Figure.of("and back, p50", read.getPercentile(50) / 1_000, "µs"),
                    Figure.of("and back, p99", read.getPercentile(99) / 1_000, "µs")))
            .on(watch.get()));
  }

  static void fold(Plan plan, Consumer<Result> results) throws RunnerException {
    var watch = Machine.watch(Machine.NO_DATABASE);
    var fold = Benchmarks.sample(plan, JournalBenchmark.class, "fold");
    results.accept(
        Result.of(
                "fold",
                "the whole journal to its state, on " + ON,
                List.of(
                    Figure.of("p50", fold.getPercentile(50) / 1_000, "µs"),
                    Figure.of("p99", fold.getPercentile(99) / 1_000, "µs")))
            .on(watch.get()));
  }

  static void interpreter(Plan plan, Consumer<Result> results) throws RunnerException {
    var watch = Machine.watch(Machine.NO_DATABASE);
    var lookUp = Benchmarks.sample(plan, InterpreterBenchmark.class, "lookUp").getPercentile(50);
    var buyer = Benchmarks.sample(plan, InterpreterBenchmark.class, "buyerOfW");
    var agent = Benchmarks.sample(plan, InterpreterBenchmark.class, "agentOfW");
    var buyers = Benchmarks.sample(plan, InterpreterBenchmark.class, "buyers");
    results.accept(
        Result.of(
                "interpreter",
                "one text read, those of W and others of buyers",
                List.of(
                    Figure.of("a buyer's of W, p50", buyer.getPercentile(50) / 1_000, "µs")
                        .over(lookUp / 1_000),
                    Figure.of("a buyer's of W, p99", buyer.getPercentile(99) / 1_000, "µs"),
                    Figure.of("an agent's of W, p50", agent.getPercentile(50) / 1_000, "µs")
                        .over(lookUp / 1_000),
                    Figure.of("an agent's of W, p99", agent.getPercentile(99) / 1_000, "µs"),
                    Figure.of("16 of buyers, mean", buyers.getMean() / 1_000, "µs")
                        .over(lookUp / 1_000),
                    Figure.of("16 of buyers, p99", buyers.getPercentile(99) / 1_000, "µs")))
            .beside(
                Wording.amount(lookUp, "ns")
                    + " for each word of the buyer's text of W looked up in a set")
            .on(watch.get()));
  }
}
