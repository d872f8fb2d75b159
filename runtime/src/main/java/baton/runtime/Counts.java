package baton.runtime;

import baton.handoff.Event;
import baton.handoff.gate.Verdict;
import baton.runtime.pages.console.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Decisions made by this process, by verdict and by check.
final class Counts {
  private final Map<Verdict, LongAdder> verdicts = none();
  private final Map<String, Map<Verdict, LongAdder>> checks = new ConcurrentSkipListMap<>();

  void decided(Event.Decided decided) {
    verdicts.get(decided.verdict()).increment();
    for (var finding : decided.findings()) {
      if (finding.verdict() == Verdict.PERMIT) continue;
      checks.computeIfAbsent(finding.check(), _ -> none()).get(finding.verdict()).increment();
    }
  }

  Map<String, Long> byVerdict() {
    var named = new TreeMap<String, Long>();
    verdicts.forEach((v, count) -> named.put(v.name().toLowerCase(Locale.ROOT), count.sum()));
    return named;
  }

  /// All decisions first, then each check that ever spoke against something.
  List<Tally> byCheck() {
    var all = new ArrayList<>(List.of(tally("all", verdicts)));
    checks.forEach((check, counts) -> all.add(tally(check, counts)));
    return all;
  }

  private static Tally tally(String name, Map<Verdict, LongAdder> counts) {
    return new Tally(
        name,
        counts.get(Verdict.PERMIT).sum(),
        counts.get(Verdict.DEFER).sum(),
        counts.get(Verdict.ESCALATE).sum(),
        counts.get(Verdict.DENY).sum());
  }

  private static Map<Verdict, LongAdder> none() {
    var counts = new EnumMap<Verdict, LongAdder>(Verdict.class);
    for (var verdict : Verdict.values()) counts.put(verdict, new LongAdder());
    return counts;
  }
}
