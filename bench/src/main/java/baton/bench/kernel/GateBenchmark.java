package baton.bench.kernel;

import baton.handoff.gate.Gate;
import baton.handoff.gate.Gate.Judgement;
import baton.handoff.gate.Inquiry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One judgement with all checks and findings, over all that a conversation from hello to order
/// asks the gate; and beside it what a scan of twenty rules in plain Java takes.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {
  private static final int CONDITIONS = 20;

  private record Rule(String action, long atMost) {}

  private List<Inquiry> plain;
  private List<Inquiry> conditional;
  private List<Rule> rules;
  private int next;

  @Setup
  public void play() {
    plain = Journey.plain().inquiries();
    conditional = Journey.with(CONDITIONS).inquiries();
    var kinds = Journey.plain().kinds();
    rules =
        IntStream.range(0, CONDITIONS)
            .mapToObj(i -> new Rule(kinds.get(i % kinds.size()), 1_000_000 + i))
            .toList();
  }

  @Benchmark
  public Judgement gate() {
    return Gate.judge(of(plain));
  }

  @Benchmark
  public Judgement gateWithConditions() {
    return Gate.judge(of(conditional));
  }

  /// The yardstick.
  @Benchmark
  public long scan() {
    var kind = of(plain).kind();
    long strict = 0;
    for (var rule : rules) if (rule.action.equals(kind) && rule.atMost < next) strict++;
    return strict;
  }

  private Inquiry of(List<Inquiry> inquiries) {
    next = next + 1 < inquiries.size() ? next + 1 : 0;
    return inquiries.get(next);
  }
}
