package baton.runtime.pages.console;

import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.Right.Holder;
import baton.handoff.port.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A policy for reading: every clause once, in words, with who answers for it and why it is there.
public record PolicyBook(
    String campaign,
    String title,
    String owner,
    String purpose,
    String hash,
    Instant since,
    String operator,
    List<Chapter> chapters) {

  public record Chapter(String title, String about, List<Entry> clauses) {}

  /// @param says what it rules
  public record Entry(String id, String owner, String reason, List<String> says) {}

  static PolicyBook of(Policy policy, Policies.Active active) {
    return new PolicyBook(
        policy.campaign(),
        policy.title(),
        policy.owner(),
        policy.purpose(),
        policy.hash(),
        active.since(),
        active.operator(),
        new Reading(policy).chapters());
  }

  /// Collects the clauses of one policy. A clause that rules several kinds of action is one entry.
  private static final class Reading {
    private final Policy policy;
    private final List<Chapter> chapters = new ArrayList<>();
    private final Map<String, Clause> clauses = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> says = new LinkedHashMap<>();

    Reading(Policy policy) {
      this.policy = policy;
    }

    List<Chapter> chapters() {
      policy.autonomy().forEach((kind, rule) -> add(rule.clause(), autonomy(kind, rule)));
      chapter("Autonomy", "How far each action goes without a person.");
      policy.mandates().values().stream()
          .sorted(java.util.Comparator.comparing(Policy.Mandate::role))
          .forEach(this::mandate);
      chapter("Mandates", "What each role may and may never do, and within what.");
      policy.transitions().forEach(edge -> add(edge.clause(), edge(edge)));
      chapter("Hand-offs", "Who may pass the conversation to whom, and on which conditions.");
      policy
          .rights()
          .forEach(
              (kind, rights) -> rights.forEach(right -> add(right.clause(), right(kind, right))));
      chapter("Decision rights", "Who may permit what lies beyond a threshold.");
      policy
          .consents()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind) + " needs consent to " + Show.plain(rule.purpose()))));
      policy
          .disclosures()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind)
                          + " needs the disclosure “"
                          + rule.id()
                          + "” first"
                          + (rule.rearm() ? ", by each new holder" : ""))));
      policy
          .hours()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind)
                          + " from "
                          + rule.from()
                          + " to "
                          + rule.until()
                          + " on the buyer's clock")));
      chapter("Consents, disclosures and hours", "What must be so before an action.");
      policy
          .certainty()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind)
                          + " needs "
                          + rule.confidence()
                          + " % certainty"
                          + (rule.facts().isEmpty() ? "" : " and " + names(rule.facts())))));
      policy
          .limits()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind)
                          + ": at most "
                          + rule.atMost()
                          + " "
                          + measure(rule.measure())
                          + ", then "
                          + then(rule.then()))));
      policy
          .fairness()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind)
                          + ": at most "
                          + rule.atMost()
                          + " "
                          + measure(rule.measure())
                          + ", and no right lifts it")));
      chapter("Certainty, limits and fairness", "How sure, how often, how hard.");
      policy
          .language()
          .forEach(rule ->
              add(
                  rule.clause(),
                  "No “"
                      + Show.plain(rule.signal())
                      + "” in an agent's words, else "
                      + then(rule.then())));
      policy
          .custom()
          .forEach((kind, rules) ->
              rules.forEach(rule ->
                  add(
                      rule.clause(),
                      kind(kind) + ": a condition of its own, then " + then(rule.then()))));
      chapter("Language and conditions", "What may not be said, and what data cannot say.");
      policy.lines().values().stream()
          .sorted(java.util.Comparator.comparing(Policy.Line::name))
          .forEach(line -> add(line.clause(), "“" + line.text() + "”"));
      chapter("Fixed lines", "The policy's own sentences.");
      return chapters;
    }

    private void mandate(Policy.Mandate mandate) {
      String role = Show.holder(mandate.role().name());
      mandate.may().forEach((kind, clause) -> add(clause, role + " may: " + act(kind)));
      mandate.never().forEach((kind, clause) -> add(clause, role + " may never: " + act(kind)));
      var scope = mandate.scope();
      add(scope.clause(), role + " deals with: " + names(scope.products()));
      add(scope.clause(), role + " writes: " + names(scope.crmFields()));
      scope
          .priceTo()
          .ifPresent(price ->
              add(
                  scope.clause(),
                  role
                      + " handles totals up to "
                      + price.currency()
                      + " "
                      + java.math.BigDecimal.valueOf(price.minor(), 2).toPlainString()));
    }

    private void add(Clause clause, String words) {
      clauses.putIfAbsent(clause.id(), clause);
      says.computeIfAbsent(clause.id(), _ -> new TreeSet<>()).add(words);
    }

    private void chapter(String title, String about) {
      if (clauses.isEmpty()) return;
      var entries =
          clauses.values().stream()
              .map(clause ->
                  new Entry(
                      clause.id(),
                      clause.owner(),
                      clause.reason(),
                      together(says.get(clause.id()))))
              .toList();
      chapters.add(new Chapter(title, about, entries));
      clauses.clear();
      says.clear();
    }
  }

  /// "A: x" and "A: y" become "A: x, y", and "A: x" and "B: x" become "A, B: x".
  static List<String> together(Collection<String> says) {
    return merged(merged(says, true), false);
  }

  private static List<String> merged(Collection<String> says, boolean byBeginning) {
    var groups = new LinkedHashMap<String, List<String>>();
    for (var words : says) {
      int colon = words.indexOf(": ");
      boolean whole = colon < 0 || words.startsWith("“");
      String begins = whole ? words : words.substring(0, colon);
      String ends = whole ? "" : words.substring(colon + 2);
      groups
          .computeIfAbsent(byBeginning ? begins : ends, _ -> new ArrayList<>())
          .add(byBeginning ? ends : begins);
    }
    var lines = new ArrayList<String>();
    groups.forEach((key, rest) -> {
      String joined = String.join(", ", rest);
      if (byBeginning) lines.add(joined.isEmpty() ? key : key + ": " + joined);
      else if (key.isEmpty()) lines.addAll(rest);
      else lines.add(joined + ": " + key);
    });
    return lines;
  }

  private static String autonomy(String kind, Policy.Autonomy rule) {
    return switch (rule.level()) {
      case OFF -> kind(kind) + ": never by a machine";
      case ASSIST -> kind(kind) + ": each time with a yes by “" + rule.right() + "”";
      case BOUNDED -> kind(kind) + ": within the other clauses";
    };
  }

  private static String edge(Policy.Transition edge) {
    var words =
        new StringBuilder(Show.holder(edge.from().name()))
            .append(" to ")
            .append(Show.holder(edge.to().name()));
    if (!edge.requires().isEmpty()) {
      words
          .append(", needs ")
          .append(names(edge.requires().stream().map(Policy.Transition.Needed::fact).toList()));
    }
    if (!edge.consents().isEmpty())
      words.append(", with consent to ").append(names(edge.consents()));
    words.append(", at most ").append(Show.count(edge.bounceMax(), "time"));
    words.append(", answered within ").append(lasting(edge.answerWithin()));
    return words
        .append(
            switch (edge.otherwise()) {
              case RETURN -> ", else it goes back";
              case HUMAN -> ", else a person is called";
              case CLOSE -> ", else it is closed";
            })
        .toString();
  }

  private static String right(String kind, Policy.Right right) {
    String upTo =
        switch (right.measure()) {
          case "percent" -> " up to " + right.upTo() + " %";
          case "amount" ->
              " up to " + java.math.BigDecimal.valueOf(right.upTo(), 2).toPlainString();
          default -> "";
        };
    return kind(kind)
        + upTo
        + switch (right.holder()) {
          case Holder.ByRole(var role) -> ": " + Show.holder(role.name()) + " by itself";
          case Holder.ByOperator _ -> ": with a yes by “" + right.id() + "”";
        };
  }

  private static String lasting(Duration time) {
    return time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }

  private static String then(baton.handoff.gate.Verdict verdict) {
    return switch (verdict) {
      case PERMIT -> "permitted";
      case DEFER -> "deferred";
      case ESCALATE -> "escalated";
      case DENY -> "denied";
    };
  }

  private static String kind(String kind) {
    return Show.sentence(act(kind));
  }

  /// `tool:invitation` is what the tool of that name does.
  private static String act(String kind) {
    String tool = "tool:";
    return kind.startsWith(tool)
        ? "use the tool " + kind.substring(tool.length())
        : Show.plain(kind);
  }

  private static String measure(String measure) {
    return Show.plain(measure.replace("kind:", ""));
  }

  private static String names(Collection<String> names) {
    if (names.isEmpty()) return "nothing";
    return String.join(", ", names.stream().sorted().map(PolicyBook::name).toList());
  }

  private static String name(String name) {
    return name.equals("*") ? "all" : Show.plain(name);
  }
}
