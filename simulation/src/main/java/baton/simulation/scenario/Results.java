package baton.simulation.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How the expectations of a batch were met, scenario by scenario.
public final class Results {
  private final Map<String, Counts> counts = new LinkedHashMap<>();

  Results(List<Scenario> scenarios) {
    scenarios.forEach(scenario -> counts.put(scenario.name(), new Counts(scenario)));
  }

  private static final class Counts {
    private final Scenario scenario;
    private final long[] met;
    private int played;
    private int failed;

    Counts(Scenario scenario) {
      this.scenario = scenario;
      this.met = new long[scenario.expectations().size()];
    }
  }

  /// @param unmet expectations about shares that were not met, in words
  public record Line(Scenario scenario, int played, int failed, List<String> unmet) {
    public boolean met() {
      return failed == 0 && unmet.isEmpty();
    }
  }

  void add(Scenario scenario, Performance.Shown shown) {
    var count = counts.get(scenario.name());
    count.played++;
    if (!shown.played().unmet().isEmpty()) count.failed++;
    for (int i = 0; i < count.met.length; i++) if (shown.met().get(i)) count.met[i]++;
  }

  public List<Line> lines() {
    return counts.values().stream()
        .map(each -> new Line(each.scenario, each.played, each.failed, unmet(each)))
        .toList();
  }

  /// The expectations about shares that were not met, in words, by scenario.
  public Map<String, List<String>> unmet() {
    return lines().stream()
        .filter(line -> !line.unmet().isEmpty())
        .collect(Collectors.toMap(line -> line.scenario().name(), Line::unmet));
  }

  /// Whether every expectation is met.
  public boolean met() {
    return lines().stream().allMatch(Line::met);
  }

  private static List<String> unmet(Counts count) {
    var unmet = new ArrayList<String>();
    for (int i = 0; i < count.met.length; i++) {
      var expectation = count.scenario.expectations().get(i);
      if (!expectation.isShare()) continue;
      long met = count.met[i];
      boolean few =
          expectation.atLeast().isPresent()
              && met * 100 < (long) expectation.atLeast().getAsInt() * count.played;
      boolean many =
          expectation.atMost().isPresent()
              && met * 100 > (long) expectation.atMost().getAsInt() * count.played;
      if (!few && !many) continue;
      unmet.add(
          String.format(
              Locale.ROOT,
              "%s %d %% were %s, and %d of %d were (%.1f %%)",
              few ? "at least" : "at most",
              few ? expectation.atLeast().getAsInt() : expectation.atMost().getAsInt(),
              expectation.wanted().words(),
              met,
              count.played,
              100.0 * met / count.played));
    }
    return unmet;
  }
}
