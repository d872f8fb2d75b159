package baton.simulation.report;

import baton.handoff.Role;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.simulation.Played;
import baton.simulation.report.Journey.Milestone;
import baton.simulation.report.Journey.Move;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a batch of conversations comes to, counted as they are played.
public final class Tally {
  private static final int UNMET_MAX = 100;
  private static final String MORE = "others";

  private final SequencedSet<String> order;
  private final Map<String, ScenarioRow> scenarios = new LinkedHashMap<>();
  private final Map<String, RoleRow> roles = new LinkedHashMap<>();
  private final Map<String, SortedMap<String, Long>> endings = new TreeMap<>();
  private final Map<Rule, Denial> denials = new LinkedHashMap<>();
  private final SortedMap<Move, Long> moves = new TreeMap<>();
  private final SortedMap<Move, Long> refused = new TreeMap<>();
  private final Map<Milestone, Spread> times = new EnumMap<>(Milestone.class);
  private final SortedMap<String, Conceded> concessions = new TreeMap<>();
  private long conversations;
  private long failed;
  private long denied;

  Tally(Policy policy) {
    this.order = order(policy);
    for (var role : order) roles.put(role, RoleRow.none(role));
    for (var milestone : Milestone.values()) times.put(milestone, new Spread());
  }

  /// @param failed conversations in which an expectation was not met
  /// @param unmet how often each was not met
  public record ScenarioRow(
      String name, long conversations, long failed, SortedMap<String, Long> unmet) {
    /// The most frequent first.
    public List<Map.Entry<String, Long>> often(int atMost) {
      return unmet.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .limit(atMost)
          .toList();
    }
  }

  /// @param reason why they were closed, or empty for those that are open
  /// @param with who had them last
  public record Ending(String reason, long count, SortedMap<String, Long> with) {}

  /// What denies.
  public record Rule(String clause, String check, String owner) {}

  /// @param example number of the first conversation in which it did
  /// @param role who had proposed it there
  /// @param kind what
  public record Denial(Rule rule, long count, int example, String role, String kind) {}

  /// @param refused how often it was offered and not taken
  public record MoveRow(String from, String to, long count, long refused) {}

  /// @param quoted conversations of this segment in which a quote was made
  /// @param percent the last concession of each in which there was one
  public record Conceded(long quoted, Spread percent) {}

  void add(Played played) {
    var journey = Journey.of(played);
    conversations++;
    if (!played.unmet().isEmpty()) failed++;
    scenario(played);
    for (var holder : journey.holders()) {
      roles.compute(holder, (role, row) -> orNone(role, row).having(journey));
    }
    for (var judged : journey.judged()) {
      roles.compute(judged.role(), (role, row) -> orNone(role, row).hearing(judged.verdict()));
      if (judged.verdict() == Verdict.DENY) denial(judged, played.number());
    }
    endings
        .computeIfAbsent(journey.ending(), _ -> new TreeMap<>())
        .merge(journey.lastHolder(), 1L, Long::sum);
    journey.moves().forEach(move -> moves.merge(move, 1L, Long::sum));
    journey.refused().forEach(move -> refused.merge(move, 1L, Long::sum));
    journey.reached().forEach((milestone, after) -> times.get(milestone).add(after.toSeconds()));
    concession(journey);
  }

  private static RoleRow orNone(String role, RoleRow row) {
    return row == null ? RoleRow.none(role) : row;
  }

  private void scenario(Played played) {
    var before =
        scenarios.getOrDefault(
            played.scenario(), new ScenarioRow(played.scenario(), 0, 0, new TreeMap<>()));
    var unmet = before.unmet();
    for (var words : new LinkedHashSet<>(played.unmet())) {
      boolean fits = unmet.containsKey(words) || unmet.size() < UNMET_MAX;
      unmet.merge(fits ? words : MORE, 1L, Long::sum);
    }
    long failures = before.failed() + (played.unmet().isEmpty() ? 0 : 1);
    scenarios.put(
        played.scenario(),
        new ScenarioRow(played.scenario(), before.conversations() + 1, failures, unmet));
  }

  private void denial(Journey.Judged judged, int number) {
    denied++;
    var rules = new LinkedHashSet<Rule>();
    for (var finding : judged.decisive()) rules.add(rule(finding));
    for (var rule : rules) {
      denials.merge(
          rule,
          new Denial(rule, 1, number, judged.role(), judged.kind()),
          (old, _) -> new Denial(rule, old.count() + 1, old.example(), old.role(), old.kind()));
    }
  }

  private static Rule rule(Finding finding) {
    return new Rule(finding.clause(), finding.check(), finding.owner());
  }

  private void concession(Journey journey) {
    boolean isQuoted = journey.reached().containsKey(Milestone.QUOTED);
    if (!isQuoted && journey.conceded().isEmpty()) return;
    var before = concessions.getOrDefault(journey.segment(), new Conceded(0, new Spread()));
    journey.conceded().ifPresent(before.percent()::add);
    concessions.put(
        journey.segment(), new Conceded(before.quoted() + (isQuoted ? 1 : 0), before.percent()));
  }

  /// The policy's start, then its roles as its transitions name them; people come after agents.
  private static SequencedSet<String> order(Policy policy) {
    var order = new LinkedHashSet<String>();
    order.add(policy.start().name());
    for (var transition : policy.transitions()) {
      order.add(transition.from().name());
      order.add(transition.to().name());
    }
    if (order.remove(Role.HUMAN.name())) order.add(Role.HUMAN.name());
    return order;
  }

  // --- reading

  public long conversations() {
    return conversations;
  }

  public long failed() {
    return failed;
  }

  /// Decisions that denied, whatever number of clauses each rests on.
  public long denied() {
    return denied;
  }

  /// In the order in which they were played first.
  public List<ScenarioRow> scenarios() {
    return List.copyOf(scenarios.values());
  }

  /// Those of the policy in its order, then whoever else proposed something.
  public List<RoleRow> roles() {
    return List.copyOf(roles.values());
  }

  /// The most frequent first.
  public List<Ending> endings() {
    return endings.entrySet().stream()
        .map(each -> new Ending(each.getKey(), sum(each.getValue()), each.getValue()))
        .sorted(Comparator.comparing(Ending::count, Comparator.reverseOrder()))
        .toList();
  }

  /// The most frequent first.
  public List<Denial> denials() {
    return denials.values().stream()
        .sorted(
            Comparator.comparing(Denial::count, Comparator.reverseOrder())
                .thenComparing(denial -> denial.rule().clause())
                .thenComparing(denial -> denial.rule().check()))
        .toList();
  }

  /// As a conversation goes on: from the opening through the policy's roles to the end.
  public List<MoveRow> moves() {
    var all = new TreeMap<Move, Long>(refused);
    all.putAll(moves);
    var nodes = nodes();
    return all.keySet().stream()
        .map(move -> row(move))
        .sorted(
            Comparator.<MoveRow>comparingInt(row -> nodes.indexOf(row.from()))
                .thenComparingInt(row -> nodes.indexOf(row.to())))
        .toList();
  }

  private MoveRow row(Move move) {
    return new MoveRow(
        move.from(), move.to(), moves.getOrDefault(move, 0L), refused.getOrDefault(move, 0L));
  }

  /// Whoever may have a conversation, and where nobody has it.
  public List<String> nodes() {
    var nodes = new LinkedHashSet<String>();
    nodes.add(Journey.OPENED);
    nodes.addAll(order);
    for (var move : moves.keySet()) {
      if (Journey.isRole(move.to())) nodes.add(move.to());
    }
    nodes.add(Journey.NOBODY);
    nodes.add(Journey.CLOSED);
    return List.copyOf(nodes);
  }

  /// Seconds of virtual time from the opening to the first of each.
  public Spread time(Milestone milestone) {
    return times.get(milestone);
  }

  /// By segment, of all in which a quote was made.
  public SortedMap<String, Conceded> concessions() {
    return concessions;
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
