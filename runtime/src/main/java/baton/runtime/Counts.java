package baton.runtime;

import baton.handoff.Event;
import baton.handoff.agent.Origin;
import baton.handoff.gate.Verdict;
import baton.runtime.http.Series;
import baton.runtime.pages.console.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Decisions made by this process, by verdict and by check, and what language models did.
final class Counts {
  private final Map<Verdict, LongAdder> verdicts = none();
  private final Map<String, Map<Verdict, LongAdder>> checks = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> factors = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> tokens = new ConcurrentSkipListMap<>();

  void decided(Event.Decided decided) {
    verdicts.get(decided.verdict()).increment();
    for (var finding : decided.findings()) {
      if (finding.verdict() == Verdict.PERMIT) continue;
      checks.computeIfAbsent(finding.check(), _ -> none()).get(finding.verdict()).increment();
    }
  }

  /// Whether a model gave an answer, or what took its place.
  void answered(Origin origin) {
    String model = "model=\"" + origin.model() + "\"";
    add(answers, model, 1);
    for (var factor : origin.factors()) add(factors, model + ",factor=\"" + factor + "\"", 1);
    add(tokens, model + ",direction=\"in\"", origin.tokensIn());
    add(tokens, model + ",direction=\"out\"", origin.tokensOut());
  }

  private static void add(Map<String, LongAdder> counts, String labels, long more) {
    counts.computeIfAbsent(labels, _ -> new LongAdder()).add(more);
  }

  List<Series> series() {
    var named = new TreeMap<String, Long>();
    verdicts.forEach((verdict, count) ->
        named.put("verdict=\"" + verdict.name().toLowerCase(Locale.ROOT) + "\"", count.sum()));
    return List.of(
        new Series("baton_decisions_total", "Decisions made by this process.", named),
        new Series(
            "baton_model_answers_total",
            "Answers, and parts of answers, of roles that a language model fills.",
            sums(answers)),
        new Series(
            "baton_model_factors_total",
            "What kept a model from more, as the record calls it.",
            sums(factors)),
        new Series("baton_model_tokens_total", "Tokens read and written.", sums(tokens)));
  }

  private static TreeMap<String, Long> sums(Map<String, LongAdder> counts) {
    var sums = new TreeMap<String, Long>();
    counts.forEach((labels, count) -> sums.put(labels, count.sum()));
    return sums;
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
