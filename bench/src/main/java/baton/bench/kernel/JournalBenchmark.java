package baton.bench.kernel;

import baton.handoff.Entry;
import baton.persistence.codec.Chained;
import baton.persistence.codec.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Rows of a journal to bytes and back, and the fold of a whole journal, on a conversation from
/// hello to order.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalBenchmark {
  private List<Entry> entries;
  private List<byte[]> rows;
  private int next;

  @Setup
  public void play() {
    entries = Journey.plain().entries();
    rows = new ArrayList<>();
    for (var entry : entries) rows.add(Link.of(Chained.FIRST, entry).bytes());
  }

  @Benchmark
  public Link write() {
    return Link.of(Chained.FIRST, entries.get(index()));
  }

  @Benchmark
  public Link read() {
    return Link.read(rows.get(index()));
  }

  @Benchmark
  public baton.handoff.State fold() {
    return Journey.fold(entries);
  }

  private int index() {
    next = next + 1 < entries.size() ? next + 1 : 0;
    return next;
  }
}
