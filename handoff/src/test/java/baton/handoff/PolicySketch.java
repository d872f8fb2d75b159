package baton.handoff;

import baton.handoff.fact.Money;
import baton.handoff.gate.Condition;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.Autonomy;
import baton.handoff.policy.Policy.SafeState;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A policy on the drawing board: clauses are added one by one, then it is compiled.
public final class PolicySketch {
  public String hash = "p1";
  public boolean inbound = true;
  public Role start = Role.BOOKING;
  public ZoneId zone = ZoneId.of("UTC");
  public final Set<String> channels = new HashSet<>(Set.of("chat", "phone"));
  public final Map<String, Autonomy> autonomy = new TreeMap<>();
  public final Map<Role, Policy.Mandate> mandates = new TreeMap<>();
  public final List<Policy.Transition> transitions = new ArrayList<>();
  public final Map<String, List<Policy.Right>> rights = new TreeMap<>();
  public final Map<String, List<Policy.Limit>> limits = new TreeMap<>();
  public final Map<String, List<Policy.Disclosure>> disclosures = new TreeMap<>();
  public final Map<String, List<Policy.ConsentRule>> consents = new TreeMap<>();
  public final Map<String, List<Policy.Hours>> hours = new TreeMap<>();
  public final Map<String, List<Policy.Certainty>> certainty = new TreeMap<>();
  public final Map<String, List<Policy.Fairness>> fairness = new TreeMap<>();
  public final List<Policy.Language> language = new ArrayList<>();
  public final Map<String, List<Policy.Custom>> custom = new TreeMap<>();
  public final Map<String, Policy.Line> lines = new TreeMap<>();
  public final Map<String, Duration> freshness = new TreeMap<>();
  public Policy.Timing timing =
      new Policy.Timing(
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofDays(1));
  public Optional<Policy.Outreach> outreach = Optional.empty();
  public Policy.Fallbacks fallbacks = new Policy.Fallbacks(2, 4, SafeState.RETURN);

  public static Clause clause(String id) {
    return new Clause(id, "sales-lead", "so that tests can tell it from others");
  }

  public PolicySketch hash(String name) {
    hash = name;
    return this;
  }

  public PolicySketch level(String kind, Autonomy.Level level, String right) {
    autonomy.put(kind, new Autonomy(clause("autonomy." + kind), level, right));
    return this;
  }

  public PolicySketch mandate(Role role, Policy.Scope scope, Set<String> may, Set<String> never) {
    mandates.put(
        role,
        new Policy.Mandate(
            role,
            "playbook",
            clauses("may." + role + ".", may),
            clauses("never." + role + ".", never),
            scope));
    return this;
  }

  public PolicySketch never(Role role, String kind) {
    var mandate = mandates.get(role);
    var never = new TreeMap<>(mandate.never());
    never.put(kind, clause("never." + role + "." + kind));
    mandates.put(
        role, new Policy.Mandate(role, mandate.agent(), mandate.may(), never, mandate.scope()));
    return this;
  }

  public PolicySketch scope(Role role, Policy.Scope scope) {
    var old = mandates.get(role);
    mandates.put(role, new Policy.Mandate(role, old.agent(), old.may(), old.never(), scope));
    return this;
  }

  public static Policy.Scope scope(
      Role role, Set<String> products, Set<String> channels, Set<String> fields, long priceTo) {
    var price = priceTo < 0 ? Optional.<Money>empty() : Optional.of(new Money("USD", priceTo));
    return new Policy.Scope(
        clause("scope." + role), products, channels, Set.of("*"), fields, price);
  }

  public PolicySketch edge(Policy.Transition transition) {
    transitions.removeIf(t -> t.from().equals(transition.from()) && t.to().equals(transition.to()));
    transitions.add(transition);
    return this;
  }

  public PolicySketch edge(Role from, Role to, SafeState otherwise, int bounceMax) {
    return edge(
        new Policy.Transition(
            clause("edge." + from + "." + to),
            from,
            to,
            List.of(),
            Set.of(),
            Set.of(),
            Set.of("product"),
            bounceMax,
            Duration.ofSeconds(30),
            otherwise));
  }

  public PolicySketch roleRight(String kind, Role role, String measure, long upTo) {
    var holder = new Policy.Right.Holder.ByRole(role);
    String id = role + "-" + kind;
    return right(kind, new Policy.Right(clause("right." + id), id, measure, upTo, holder));
  }

  public PolicySketch operatorRight(String kind, String id, String measure, long upTo) {
    var holder = new Policy.Right.Holder.ByOperator();
    return right(kind, new Policy.Right(clause("right." + id), id, measure, upTo, holder));
  }

  private PolicySketch right(String kind, Policy.Right right) {
    rights.computeIfAbsent(kind, _ -> new ArrayList<>()).add(right);
    return this;
  }

  public PolicySketch limit(String kind, String measure, long atMost, Verdict then) {
    limits
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(new Policy.Limit(clause("limit." + kind + "." + measure), measure, atMost, then));
    return this;
  }

  public PolicySketch disclosure(String kind, String id, String line, boolean rearm) {
    disclosures
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(new Policy.Disclosure(clause("disclose." + id), id, line, rearm));
    return this;
  }

  public PolicySketch consent(String kind, String purpose) {
    consents
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(new Policy.ConsentRule(clause("consent." + purpose), purpose));
    return this;
  }

  public PolicySketch hours(String kind, int from, int until, boolean inboundToo) {
    hours
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(
            new Policy.Hours(
                clause("hours." + kind),
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(from, 0),
                LocalTime.of(until, 0),
                inboundToo));
    return this;
  }

  public PolicySketch certain(String kind, int confidence, Set<String> facts) {
    certainty
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(new Policy.Certainty(clause("certain." + kind), confidence, facts));
    return this;
  }

  public PolicySketch fair(String kind, String measure, long atMost) {
    fairness
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(new Policy.Fairness(clause("fair." + kind + "." + measure), measure, atMost));
    return this;
  }

  public PolicySketch words(String signal, Set<String> values, Set<Role> roles, Verdict then) {
    return words(signal, values, roles, false, then);
  }

  /// @param reframe whether they may be put in another way once
  public PolicySketch words(
      String signal, Set<String> values, Set<Role> roles, boolean reframe, Verdict then) {
    language.add(
        new Policy.Language(clause("words." + signal), signal, values, roles, reframe, then));
    return this;
  }

  public PolicySketch outreach(String channel, Duration... again) {
    channels.add(channel);
    outreach =
        Optional.of(
            new Policy.Outreach(
                clause("outreach"), channel, Duration.ofMinutes(1), List.of(again)));
    return this;
  }

  public PolicySketch custom(String kind, String name, Condition when, Verdict then) {
    custom
        .computeIfAbsent(kind, _ -> new ArrayList<>())
        .add(new Policy.Custom(clause("custom." + name), when, then));
    return this;
  }

  public PolicySketch line(String name, boolean engine, boolean afterOptOut) {
    lines.put(
        name,
        new Policy.Line(
            clause("line." + name), name, "The " + name + " line.", engine, afterOptOut));
    return this;
  }

  public Policy compile() {
    return new Policy(
        hash,
        "inbound-trial",
        "A policy under test",
        "sales-lead",
        "to prove the kernel",
        inbound,
        start,
        zone,
        Set.copyOf(channels),
        new HashMap<>(autonomy),
        new HashMap<>(mandates),
        List.copyOf(transitions),
        lists(rights),
        lists(limits),
        lists(disclosures),
        lists(consents),
        lists(hours),
        lists(certainty),
        lists(fairness),
        List.copyOf(language),
        lists(custom),
        new HashMap<>(lines),
        new HashMap<>(freshness),
        timing,
        fallbacks,
        outreach,
        "en-1");
  }

  private static <T> Map<String, List<T>> lists(Map<String, List<T>> lists) {
    var copied = new HashMap<String, List<T>>();
    lists.forEach((kind, list) -> copied.put(kind, List.copyOf(list)));
    return copied;
  }

  private static Map<String, Clause> clauses(String prefix, Set<String> kinds) {
    var clauses = new LinkedHashMap<String, Clause>();
    kinds.stream().sorted().forEach(kind -> clauses.put(kind, clause(prefix + kind)));
    return clauses;
  }
}
