package baton.runtime;

import baton.handoff.gate.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// Decisions made by this process, by verdict.
final class Counts {
  private final Map<Verdict, LongAdder> verdicts = new EnumMap<>(Verdict.class);

  Counts() {
    for (var verdict : Verdict.values()) verdicts.put(verdict, new LongAdder());
  }

  void decided(Verdict verdict) {
    verdicts.get(verdict).increment();
  }

  Map<String, Long> byVerdict() {
    var named = new TreeMap<String, Long>();
    verdicts.forEach((v, count) -> named.put(v.name().toLowerCase(Locale.ROOT), count.sum()));
    return named;
  }
}
