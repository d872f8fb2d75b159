package baton.bench.kernel;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.interpreter.LexiconInterpreter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One text read by the sample policy's lexicon: what buyer and agent say in workload W, and what
/// buyers say otherwise; and beside it what it takes to look each word up in a set.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterpreterBenchmark {
  static final String BUYER_OF_W =
      "We are a small office and would like to see how it works for us.";
  static final String AGENT_OF_W = "Thank you for telling me, that helps. What else should I know?";

  /// From the corpus of the interpreter's tests.
  static final List<String> BUYERS =
      List.of(
          "pls stop",
          "no more emails from you guys ok?",
          "yes",
          "yes, team plan, 20 seats and tomorrow at 10 works",
          "Could we talk on Tuesday at 3 pm about the starter plan?",
          "not before 3, and not on Monday",
          "we are 12 people",
          "what does it cost per month?",
          "our budget is $5,000",
          "could you do ten percent?",
          "I'm Tom from Denver, tom@acme.example",
          "call me on 303 499 7111",
          "I would rather talk to a human",
          "let me think about it and get back to you next week",
          "ich hätte gern ein Angebot für zehn Personen",
          "thanks, that was helpful");

  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("America/Denver");
  private static final Sealed SEALED = new Sealed("buyer", "contact", "digest", "ciphertext");

  private LexiconInterpreter interpreter;
  private Set<String> words;
  private int next;

  @Setup
  public void read() {
    var lexicon = PolicyCompiler.sample("inbound-trial").orThrow().lexicon();
    interpreter = new LexiconInterpreter(lexicon);
    words = new HashSet<>();
    for (var entry : lexicon.entries()) {
      for (var phrase : entry.phrases()) words.addAll(List.of(phrase.split(" ")));
    }
  }

  @Benchmark
  public List<Signal> buyerOfW() {
    return buyer(BUYER_OF_W);
  }

  @Benchmark
  public List<Signal> agentOfW() {
    return interpreter.agent(AGENT_OF_W);
  }

  @Benchmark
  public List<Signal> buyers() {
    next = next + 1 < BUYERS.size() ? next + 1 : 0;
    return buyer(BUYERS.get(next));
  }

  /// The yardstick.
  @Benchmark
  public int lookUp() {
    int known = 0;
    for (var word : BUYER_OF_W.toLowerCase(Locale.ROOT).split(" ")) {
      if (words.contains(word)) known++;
    }
    return known;
  }

  List<Signal> buyer(String text) {
    return interpreter.buyer(text, NOW, ZONE, _ -> SEALED);
  }
}
