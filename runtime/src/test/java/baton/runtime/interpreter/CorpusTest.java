package baton.runtime.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How well the shipped lexicon reads the corpus: precision and recall of each signal, with floors.
/// The table goes to `target/corpus-report.txt`.
class CorpusTest {
  private static final LexiconInterpreter INTERPRETER =
      new LexiconInterpreter(PolicyCompiler.sample("inbound-trial").orThrow().lexicon());

  private static final Set<String> TUNED = Set.of("buyers.txt", "agents.txt");
  private static final Set<String> TAKING_BACK =
      Set.of(Signal.NO, Signal.VAGUE, Signal.OPT_OUT, Signal.WITHDRAW_CONSENT);

  private static final int ROUNDS = 3;

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final Map<String, List<Reading>> READINGS = new TreeMap<>();

  /// @param signals as they were read
  private record Reading(Corpus row, List<Signal> signals) {
    Set<String> shown() {
      return Corpus.shown(signals, row.expected());
    }

    boolean expects(String name) {
      return row.expected().stream().anyMatch(part -> part.split("=")[0].equals(name));
    }

    boolean reads(String name) {
      return signals.stream().anyMatch(signal -> signal.name().equals(name));
    }

    /// As the gate takes it: a yes, and nothing that takes it back.
    boolean consents() {
      return reads(Signal.YES) && TAKING_BACK.stream().noneMatch(this::reads);
    }

    boolean mayConsent() {
      return expects(Signal.YES) && TAKING_BACK.stream().noneMatch(this::expects);
    }

    boolean refuses() {
      return expects(Signal.NO) || expects(Signal.WITHDRAW_CONSENT);
    }

    boolean heardAsRefusal() {
      boolean refusal = reads(Signal.NO) || reads(Signal.WITHDRAW_CONSENT) || reads(Signal.OPT_OUT);
      return refusal && !consents();
    }
  }

  /// Counts of one signal.
  private record Count(int expected, int read, int right) {
    Count plus(Count other) {
      return new Count(expected + other.expected, read + other.read, right + other.right);
    }

    double precision() {
      return read == 0 ? 1 : (double) right / read;
    }

    double recall() {
      return expected == 0 ? 1 : (double) right / expected;
    }
  }

  @BeforeAll
  static void read() throws IOException {
    for (var file :
        List.of("buyers.txt", "buyers-held-out.txt", "agents.txt", "agents-held-out.txt")) {
      var readings = new ArrayList<Reading>();
      for (var row : Corpus.read(file)) readings.add(new Reading(row, read(row)));
      READINGS.put(file, readings);
    }
    Files.writeString(Path.of("target/corpus-report.txt"), report());
    System.out.print(report());
  }

  @Test
  void theCorpusIsAsLargeAsItSaysAndNoUtteranceStandsThereTwice() {
    long buyers = READINGS.get("buyers.txt").size();
    assertTrue(buyers >= 450, "utterances of buyers: " + buyers);
    assertTrue(READINGS.get("buyers-held-out.txt").size() >= 120);
    assertTrue(READINGS.get("agents.txt").size() >= 80);
    var texts = READINGS.values().stream().flatMap(List::stream).map(reading -> reading.row.text());
    var seen = texts.toList();
    assertEquals(List.of(), seen.stream().filter(text -> count(seen, text) > 1).toList());
  }

  @Test
  void everySignalIsReadAtLeastAsWellAsItsFloorSays() throws IOException {
    var floors = new ArrayList<String>();
    for (var line : floors()) {
      var cell = line.split("\\s+");
      var count = counts(READINGS.get(cell[0])).getOrDefault(cell[1], new Count(0, 0, 0));
      boolean holds =
          count.precision() * 100 >= Double.parseDouble(cell[2])
              && count.recall() * 100 >= Double.parseDouble(cell[3]);
      if (!holds) floors.add(line + ": only " + percent(count.precision(), count.recall()));
    }
    assertEquals(List.of(), floors);
  }

  @Test
  void everySignalOfTheCorpusHasAFloor() throws IOException {
    var held = floors().stream().map(line -> line.replaceAll("\\s+", " ").split(" ")).toList();
    for (var file : READINGS.keySet()) {
      for (var name : counts(READINGS.get(file)).keySet()) {
        assertTrue(
            held.stream().anyMatch(cell -> cell[0].equals(file) && cell[1].equals(name)),
            file + ": no floor for " + name);
      }
    }
  }

  @Test
  void aWishToBeLeftAloneIsHeard() {
    assertTrue(optOuts() >= 0.99, "opt-out recall " + optOuts());
  }

  @Test
  void aRefusalOfConsentIsHeard() {
    assertTrue(refusals() >= 0.99, "refusal recall " + refusals());
  }

  @Test
  void consentIsNotReadWhereNoneWasGiven() {
    assertTrue(falseConsents() <= 0.005, "false consents " + falseConsents());
  }

  private static double optOuts() {
    var said = buyers().filter(reading -> reading.expects(Signal.OPT_OUT)).toList();
    long heard = said.stream().filter(reading -> reading.reads(Signal.OPT_OUT)).count();
    return (double) heard / said.size();
  }

  private static double refusals() {
    var said =
        buyers()
            .filter(reading -> reading.row.section().equals("consent") && reading.refuses())
            .toList();
    return (double) said.stream().filter(Reading::heardAsRefusal).count() / said.size();
  }

  /// The share of utterances without a plain yes in which one was read.
  private static double falseConsents() {
    var others = buyers().filter(reading -> !reading.mayConsent()).toList();
    long taken = others.stream().filter(reading -> reading.consents()).count();
    return (double) taken / others.size();
  }

  private static Stream<Reading> buyers() {
    return Stream.of("buyers.txt", "buyers-held-out.txt")
        .flatMap(file -> READINGS.get(file).stream());
  }

  private static List<Signal> read(Corpus row) {
    return row.file().startsWith("agents")
        ? INTERPRETER.agent(row.text())
        : INTERPRETER.buyer(
            row.text(),
            Corpus.NOW,
            Corpus.DENVER,
            clear -> new Sealed("s", "contact", "digest", clear));
  }

  private static Map<String, Count> counts(List<Reading> readings) {
    var counts = new TreeMap<String, Count>();
    for (var reading : readings) {
      var shown = reading.shown();
      for (var part : reading.row.expected()) {
        add(counts, part, new Count(1, 0, shown.contains(part) ? 1 : 0));
      }
      for (var part : shown) add(counts, part, new Count(0, 1, 0));
    }
    return counts;
  }

  private static void add(Map<String, Count> counts, String part, Count count) {
    counts.merge(part.split("=")[0], count, Count::plus);
  }

  private static List<String> floors() throws IOException {
    try (var in = CorpusTest.class.getResourceAsStream("/corpus/floors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  private static long count(List<String> texts, String text) {
    return texts.stream().filter(text::equals).count();
  }

  private static String report() {
    var report = new StringBuilder("How well ").append(INTERPRETER.version()).append(" reads\n");
    READINGS.forEach((file, readings) -> {
      long exact = readings.stream().filter(r -> r.shown().equals(r.row.expected())).count();
      var kind = TUNED.contains(file) ? "tuned on" : "held out";
      report.append(
          "\n%s (%s): %d utterances, %d read exactly (%.1f %%)%n"
              .formatted(file, kind, readings.size(), exact, 100.0 * exact / readings.size()));
      report.append(
          "%-18s %8s %6s %6s %10s %7s%n"
              .formatted("signal", "expected", "read", "right", "precision", "recall"));
      var counts = counts(readings);
      counts.forEach((name, count) -> report.append(line(name, count)));
      var all = counts.values().stream().reduce(new Count(0, 0, 0), Count::plus);
      report.append(line("all", all));
    });
    report.append(
        "\nopt-out recall %.2f %%, refusal of consent recall %.2f %%, false consent %.2f %%%n"
            .formatted(100 * optOuts(), 100 * refusals(), 100 * falseConsents()));
    return report.append(speed()).toString();
  }

  private static String line(String name, Count count) {
    return "%-18s %8d %6d %6d %s%n"
        .formatted(
            name,
            count.expected,
            count.read,
            count.right,
            percent(count.precision(), count.recall()));
  }

  private static String percent(double precision, double recall) {
    return "%9.1f%% %6.1f%%".formatted(100 * precision, 100 * recall);
  }

  /// For reading only: nothing rests on how fast the machine is.
  private static String speed() {
    var times = new ArrayList<Long>();
    var rows = READINGS.values().stream().flatMap(List::stream).map(Reading::row).toList();
    for (int round = 0; round < ROUNDS; round++) {
      times.clear();
      for (var row : rows) {
        long began = CLOCK.getCurrentThreadCpuTime();
        read(row);
        times.add((CLOCK.getCurrentThreadCpuTime() - began) / 1_000);
      }
    }
    Collections.sort(times);
    return "processor time of an utterance: median %d µs, 99 of 100 below %d µs, at most %d µs%n"
        .formatted(
            times.get(times.size() / 2), times.get(times.size() * 99 / 100), times.getLast());
  }
}
