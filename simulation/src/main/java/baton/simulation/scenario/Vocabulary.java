package baton.simulation.scenario;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Playbook;
import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Nearest;
import baton.persistence.policy.Problems;
import baton.persistence.policy.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/// The names that a policy has, and that a scenario may speak of.
///
/// @param kinds of action
/// @param effects kinds that a tool carries out, and that some role may
/// @param topics of the questions that its playbooks put; empty where another agent may put others
record Vocabulary(
    Set<String> roles,
    Set<String> clauses,
    Set<String> lines,
    Set<String> kinds,
    Set<String> effects,
    Set<String> rights,
    Set<String> purposes,
    Set<String> topics) {
  /// What is settled without a tool: with the words that are said, or with the decision.
  private static final Set<String> NO_EFFECTS =
      Set.of(
          "speak",
          "disclose",
          "ask-consent",
          "raise-urgency",
          "request-commitment",
          "interpret-consent",
          "request-hand-off",
          "schedule-follow-up",
          "escalate",
          "close");

  private static final Set<String> WITHOUT_QUESTIONS = Set.of("playbook", "operator", "supervisor");

  static Vocabulary of(PolicyDocument document) {
    var policy = document.policy();
    var may = new TreeSet<String>();
    policy.mandates().values().forEach(mandate -> may.addAll(mandate.may().keySet()));
    var kinds = new TreeSet<>(Action.KINDS);
    kinds.addAll(may);
    may.removeAll(NO_EFFECTS);
    var roles = new TreeSet<String>();
    policy.mandates().keySet().stream().map(Role::name).forEach(roles::add);
    roles.remove(Role.ENGINE.name());
    roles.addAll(List.of(Role.HUMAN.name(), "nobody"));
    var rights = new TreeSet<String>();
    policy.rights().values().forEach(each -> each.forEach(right -> rights.add(right.id())));
    policy.autonomy().values().forEach(autonomy -> rights.add(autonomy.right()));
    rights.remove("");
    var purposes = new TreeSet<String>();
    policy.consents().values().forEach(each -> each.forEach(rule -> purposes.add(rule.purpose())));
    return new Vocabulary(
        roles,
        clauses(policy),
        new TreeSet<>(policy.lines().keySet()),
        kinds,
        may,
        rights,
        purposes,
        topics(document));
  }

  /// Every clause that a finding can name.
  private static Set<String> clauses(Policy policy) {
    var ids = new TreeSet<String>(Set.of(Clause.ENGINE.id()));
    policy.autonomy().values().forEach(each -> ids.add(each.clause().id()));
    for (var mandate : policy.mandates().values()) {
      mandate.may().values().forEach(clause -> ids.add(clause.id()));
      mandate.never().values().forEach(clause -> ids.add(clause.id()));
      ids.add(mandate.scope().clause().id());
    }
    policy.transitions().forEach(each -> ids.add(each.clause().id()));
    policy.rights().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.limits().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.disclosures().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.consents().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.hours().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.certainty().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.fairness().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.custom().values().forEach(all -> all.forEach(each -> ids.add(each.clause().id())));
    policy.language().forEach(each -> ids.add(each.clause().id()));
    policy.lines().values().forEach(each -> ids.add(each.clause().id()));
    policy.outreach().ifPresent(each -> ids.add(each.clause().id()));
    return ids;
  }

  private static Set<String> topics(PolicyDocument document) {
    boolean others =
        document.policy().mandates().values().stream()
            .anyMatch(mandate -> !WITHOUT_QUESTIONS.contains(mandate.agent()));
    if (others) return Set.of();
    var topics = new TreeSet<String>();
    for (var playbook : document.playbooks().values()) {
      for (var question : playbook.questions()) {
        topics.add(question.asks().isEmpty() ? question.fact() : question.asks());
        topics.add("sure." + question.fact());
      }
      for (var goal : playbook.goals()) {
        topics.add(goal.asks());
        put(topics, goal.then());
      }
      playbook.rules().stream().map(Playbook.Rule::then).forEach(then -> put(topics, then));
    }
    topics.remove("");
    return topics;
  }

  private static void put(Set<String> topics, List<SortedMap<String, String>> then) {
    for (Map<String, String> line : then) {
      topics.add(line.getOrDefault("asks", ""));
      var action = line.getOrDefault("action", "");
      if (action.equals("ask-consent")) topics.add("consent." + line.getOrDefault("purpose", ""));
      if (action.equals("request-commitment")) topics.add("commitment");
    }
  }

  /// Says so where the policy has no such name.
  static void known(Tree at, String name, Set<String> names, String what, Problems problems) {
    if (names.contains(name)) return;
    problems.add(
        at.at(),
        "this policy has no "
            + what
            + " \""
            + name
            + "\": correct the name"
            + Nearest.to(name, names));
  }
}
