package baton.simulation.explore;

import baton.handoff.Role;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.Autonomy;
import baton.handoff.policy.Policy.SafeState;
import baton.handoff.policy.Policy.Transition;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The two policies that are explored: three roles, the fewest lines, every deadline within
/// [#TICK]. The second is the first with one right taken away.
final class Ground {
  static final String CAMPAIGN = "explored";
  static final String CONTACT = "contact";

  /// All deadlines that were set before a tick are over after it.
  static final Duration TICK = Duration.ofMinutes(1);

  private static final Duration SOON = Duration.ofSeconds(30);

  static final Policy LOOSE = policy("loose", 20);
  static final Policy TIGHT = policy("tight", 15);

  private Ground() {}

  private static Policy policy(String hash, long operatorsPercent) {
    return new Policy(
        hash,
        CAMPAIGN,
        "A small campaign",
        "sales-lead",
        "to be explored",
        true,
        Role.BOOKING,
        ZoneId.of("UTC"),
        Set.of("chat"),
        autonomy(
            "speak",
            "ask-consent",
            "interpret-consent",
            "book",
            "request-hand-off",
            "concede",
            "write-crm",
            "close"),
        Map.of(
            Role.BOOKING,
            mandate(
                Role.BOOKING,
                Set.of("ask-consent", "interpret-consent", "book", "request-hand-off"),
                Set.of("concede")),
            Role.TRANSFER,
            mandate(Role.TRANSFER, Set.of("write-crm", "request-hand-off"), Set.of("book")),
            Role.CLOSING,
            mandate(Role.CLOSING, Set.of("concede", "request-hand-off"), Set.of("book")),
            Role.HUMAN,
            mandate(Role.HUMAN, Set.of("speak"), Set.of())),
        List.of(
            edge(
                Role.BOOKING,
                Role.TRANSFER,
                List.of(new Transition.Needed("booking", 90)),
                Set.of(CONTACT)),
            edge(Role.TRANSFER, Role.CLOSING, List.of(), Set.of(CONTACT)),
            edge(Role.CLOSING, Role.TRANSFER, List.of(), Set.of())),
        Map.of(
            "concede",
            List.of(
                right("closing-10", 10, new Policy.Right.Holder.ByRole(Role.CLOSING)),
                right("operator", operatorsPercent, new Policy.Right.Holder.ByOperator()))),
        Map.of(
            "book", List.of(new Policy.Limit(clause("limit.book"), "kind:book", 1, Verdict.DENY))),
        Map.of(),
        Map.of("book", List.of(new Policy.ConsentRule(clause("consent.contact"), CONTACT))),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(
            "stopped",
            new Policy.Line(clause("line.stopped"), "stopped", "We will stop.", true, true)),
        Map.of(),
        new Policy.Timing(SOON, SOON, SOON, SOON, SOON, SOON),
        new Policy.Fallbacks(2, 3, SafeState.HUMAN),
        Optional.empty(),
        "en-1");
  }

  private static Map<String, Autonomy> autonomy(String... kinds) {
    var autonomy = new TreeMap<String, Autonomy>();
    for (var kind : kinds) {
      autonomy.put(kind, new Autonomy(clause("autonomy." + kind), Autonomy.Level.BOUNDED, ""));
    }
    return autonomy;
  }

  private static Policy.Mandate mandate(Role role, Set<String> may, Set<String> never) {
    var scope =
        new Policy.Scope(
            clause("scope." + role),
            Set.of("*"),
            Set.of("chat"),
            Set.of("*"),
            Set.of("stage"),
            Optional.empty());
    return new Policy.Mandate(
        role, "explored", clauses("may", may), clauses("never", never), scope);
  }

  private static Map<String, Clause> clauses(String prefix, Set<String> kinds) {
    var clauses = new TreeMap<String, Clause>();
    for (var kind : kinds) clauses.put(kind, clause(prefix + "." + kind));
    return clauses;
  }

  private static Transition edge(
      Role from, Role to, List<Transition.Needed> requires, Set<String> consents) {
    return new Transition(
        clause("pass." + from + "-" + to),
        from,
        to,
        requires,
        Set.of(),
        consents,
        Set.of("booking"),
        1,
        SOON,
        SafeState.RETURN);
  }

  private static Policy.Right right(String id, long upTo, Policy.Right.Holder holder) {
    return new Policy.Right(clause("right." + id), id, "percent", upTo, holder);
  }

  private static Clause clause(String id) {
    return new Clause(id, "sales-lead", "so that there is little to do and much to get wrong");
  }
}
