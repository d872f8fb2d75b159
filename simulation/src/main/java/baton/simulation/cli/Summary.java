package baton.simulation.cli;

import baton.handoff.Outcome;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.PolicyDocument;
import baton.simulation.Happening;
import baton.simulation.Played;
import baton.simulation.scenario.Expectation;
import baton.simulation.scenario.Results;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a terminal shows of a batch, in at most 100 columns.
final class Summary {
  private static final int WIDTH = 100;
  private static final int BAR_MAX = 30;
  private static final int DENIALS_MAX = 8;
  private static final int NUMBERS_MAX = 1_000;
  private static final int NAME_MAX = 40;

  private final PolicyDocument policy;
  private final long seed;
  private final Map<String, Integer> reached = new TreeMap<>();
  private final Map<String, Integer> denials = new TreeMap<>();
  private final Map<String, List<Integer>> failures = new LinkedHashMap<>();
  private int played;

  Summary(PolicyDocument policy, long seed) {
    this.policy = policy;
    this.seed = seed;
  }

  void add(Played conversation) {
    played++;
    stages(conversation).forEach(stage -> reached.merge(stage, 1, Integer::sum));
    for (var each : conversation.timeline()) {
      if (each.happening() instanceof Happening.Stopped stopped) count(stopped);
    }
    if (conversation.unmet().isEmpty()) return;
    failures
        .computeIfAbsent(
            conversation.scenario() + ": " + String.join("; ", conversation.unmet()),
            _ -> new ArrayList<>())
        .add(conversation.number());
  }

  /// How far it came, each stage once.
  private static Set<String> stages(Played conversation) {
    var stages = new HashSet<String>();
    for (var each : conversation.timeline()) {
      switch (each.happening()) {
        case Happening.Consented(_, var state) when state.equals("granted") ->
            stages.add("consent given");
        case Happening.Done(_, var kind, Outcome.Confirmed _) -> stages.add(kind);
        case Happening.OptedOut _ -> stages.add("opted out");
        case Happening.Held(var role, _) when role.equals("human") -> stages.add("with a person");
        case Happening _ -> {}
      }
    }
    return stages;
  }

  private void count(Happening.Stopped stopped) {
    stopped.findings().stream()
        .filter(finding -> finding.verdict() == stopped.verdict())
        .map(finding -> finding.clause())
        .distinct()
        .forEach(clause ->
            denials.merge(
                "%-8s  %-20s %s".formatted(word(stopped.verdict()), stopped.kind(), clause),
                1,
                Integer::sum));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case PERMIT -> "permitted";
      case DEFER -> "deferred";
      case ESCALATE -> "escalated";
      case DENY -> "denied";
    };
  }

  void print(PrintWriter out, Results results) {
    out.printf(
        Locale.ROOT,
        "%s · policy %s · seed %d%n%n",
        policy.policy().title(),
        policy.policy().hash().substring(0, 12),
        seed);
    scenarios(out, results);
    out.printf(Locale.ROOT, "%nHow far they came%n");
    bar(out, "opened", played);
    byCount(reached).forEach(each -> bar(out, each.getKey(), each.getValue()));
    if (!denials.isEmpty()) {
      out.printf(Locale.ROOT, "%nWhat was stopped most often%n");
      byCount(denials).stream()
          .limit(DENIALS_MAX)
          .forEach(each -> out.printf(Locale.ROOT, "%,8d  %s%n", each.getValue(), each.getKey()));
    }
    failures(out, results);
    out.println();
    out.println(verdict(results));
    out.flush();
  }

  private static void scenarios(PrintWriter out, Results results) {
    int width =
        results.lines().stream().mapToInt(line -> name(line).length()).max().orElse(NAME_MAX);
    var row = "%s %-" + width + "s  %8s %8s %8s  %10s%n";
    out.printf(Locale.ROOT, row, " ", "Scenario", "played", "met", "unmet", "shares met");
    for (var line : results.lines()) {
      out.printf(
          Locale.ROOT,
          row,
          line.met() ? "✓" : "✗",
          name(line),
          number(line.played()),
          number(line.played() - line.failed()),
          line.failed() == 0 ? "·" : number(line.failed()),
          shares(line));
    }
  }

  private static String number(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// How many of the expectations about shares are met.
  private static String shares(Results.Line line) {
    long all = line.scenario().expectations().stream().filter(Expectation::isShare).count();
    return all == 0 ? "·" : (all - line.unmet().size()) + " of " + all;
  }

  private static String name(Results.Line line) {
    var name = line.scenario().name();
    return name.length() > NAME_MAX ? name.substring(0, NAME_MAX - 1) + "…" : name;
  }

  private static List<Map.Entry<String, Integer>> byCount(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  private void bar(PrintWriter out, String stage, int count) {
    int length = (int) Math.max(1, (long) count * BAR_MAX / Math.max(1, played));
    out.printf(
        Locale.ROOT,
        "  %-18s %,8d  %5.1f %%  %s%n",
        stage,
        count,
        100.0 * count / Math.max(1, played),
        "█".repeat(length));
  }

  private void failures(PrintWriter out, Results results) {
    if (results.met()) return;
    out.printf(Locale.ROOT, "%nNot met%n");
    for (var line : results.lines()) {
      for (var unmet : line.unmet()) out.println("  " + line.scenario().name() + ": " + unmet);
    }
    failures.forEach((why, numbers) -> {
      out.println("  " + why);
      out.println(numbers(numbers));
    });
  }

  /// `conversations 3, 8 to 10 and 12`, on as many columns as it takes.
  private static String numbers(List<Integer> numbers) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < numbers.size() && parts.size() < NUMBERS_MAX; i++) {
      int from = i;
      while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) i++;
      parts.add(from == i ? "" + numbers.get(i) : numbers.get(from) + " to " + numbers.get(i));
    }
    var lines = new StringBuilder();
    var line =
        new StringBuilder("    " + (numbers.size() == 1 ? "conversation " : "conversations "));
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i) + (i + 1 < parts.size() ? "," : "");
      if (line.length() + part.length() > WIDTH) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder("      ");
      }
      line.append(part).append(' ');
    }
    return lines + line.toString().stripTrailing();
  }

  private String verdict(Results results) {
    int all = results.lines().size();
    long unmet = results.lines().stream().filter(line -> !line.met()).count();
    var what = counted(all, "scenario") + ", " + counted(played, "conversation") + ".";
    return unmet == 0
        ? "All met: " + what
        : String.format(Locale.ROOT, "Not met: %,d of %s", unmet, what);
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
