package baton.persistence.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A playbook can be played: every rule has its turn, every goal can be reached, and nothing is
/// proposed that the role's mandate never grants.
final class JourneyMeaning {
  /// Which facts an action gives, where it takes place.
  private static final Map<String, Set<String>> GIVES =
      Map.of(
          "find-slots", Set.of("slots"),
          "book", Set.of("booking"),
          "reschedule", Set.of("booking"),
          "quote", Set.of("quote"),
          "concede", Set.of("quote"),
          "take-commitment", Set.of("order"));

  /// Actions for which nothing needs to be known.
  private static final Set<String> ALWAYS =
      Set.of(
          "speak",
          "ask-consent",
          "disclose",
          "request-hand-off",
          "transfer-to-human",
          "schedule-follow-up",
          "escalate",
          "close");

  private final Tree document;
  private final Tree playbook;
  private final Problems problems;

  private JourneyMeaning(Tree document, Tree playbook, Problems problems) {
    this.document = document;
    this.playbook = playbook;
    this.problems = problems;
  }

  static void check(Tree document, Tree playbook, Problems problems) {
    var meaning = new JourneyMeaning(document, playbook, problems);
    meaning.turns(playbook.list("rules").stream().filter(Tree.Members.class::isInstance).toList());
    playbook.list("goals").forEach(meaning::goal);
    meaning.mandate();
  }

  // --- rules

  private void turns(List<Tree> rules) {
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var when = when(rule);
      contradiction(rule, when);
      if (when.stream().noneMatch(JourneyMeaning::isOfATurn)) continue;
      for (var before : rules.subList(0, i)) {
        if (!isAlwaysTaken(before) || !when.containsAll(when(before))) continue;
        problems.add(
            rule.at("id"),
            "the rule \""
                + rule.text("id")
                + "\" is never taken: \""
                + before.text("id")
                + "\" (line "
                + before.at("id").line()
                + ") comes first whenever it fits; put it before that one, or remove it");
        break;
      }
    }
  }

  private void contradiction(Tree rule, Set<String> when) {
    for (var text : rule.texts("when")) {
      if (!text.value().startsWith("!") || !when.contains(text.value().substring(1))) continue;
      problems.add(
          text.at(),
          "\"" + text.value() + "\" contradicts another condition of this rule: remove one");
    }
  }

  private static Set<String> when(Tree rule) {
    return rule.texts("when").stream().map(Tree.Text::value).collect(Collectors.toSet());
  }

  /// Holds only while what was heard, or the lease, is new: in that turn no rule is taken twice,
  /// and the rule before it has the last word.
  private static boolean isOfATurn(String atom) {
    return atom.equals("heard")
        || atom.equals("started")
        || Stream.of("signal:", "asked:", "role-was:").anyMatch(atom::startsWith);
  }

  private static boolean isAlwaysTaken(Tree rule) {
    return rule.list("then").stream()
        .allMatch(line ->
            ALWAYS.contains(line.text("action"))
                && !line.text("say").contains("{")
                && line.get("go-on").isEmpty());
  }

  // --- goals

  private void goal(Tree goal) {
    var asked =
        playbook.list("questions").stream()
            .map(question -> question.text("fact"))
            .collect(Collectors.toCollection(HashSet::new));
    for (var other : playbook.list("goals")) asked.add(other.text("gives"));
    for (var need : goal.texts("needs")) {
      if (need.value().endsWith("?") || asked.contains(need.value())) continue;
      problems.add(
          need.at(),
          "nothing asks for \""
              + need.value()
              + "\": add a question for it, or a goal that gives it"
              + Nearest.to(need.value(), asked));
    }
    var gives = goal.text("gives");
    boolean given =
        gives.isEmpty()
            || goal.list("then").stream()
                .map(line -> line.text("action"))
                .anyMatch(kind ->
                    kind.startsWith("tool:") || GIVES.getOrDefault(kind, Set.of()).contains(gives));
    if (!given) {
      problems.add(
          goal.at("gives"),
          "nothing here gives \"" + gives + "\": add the action to then, or correct the name");
    }
    if (goal.get("confirm").isPresent() && goal.get("asks").isEmpty()) {
      problems.add(goal.at("confirm"), "a yes needs a topic: add asks");
    }
    if (goal.list("needs").isEmpty() && goal.list("then").isEmpty()) {
      problems.add(goal.at("id"), "this goal brings nothing about: add needs or then");
    }
  }

  // --- mandates

  private void mandate() {
    var mandates =
        document.list("mandates").stream()
            .filter(mandate -> mandate.text("role").equals(playbook.text("role")))
            .toList();
    boolean isSaidElsewhere = mandates.size() != 1 || !RoleMeaning.isAgent(playbook.text("role"));
    if (isSaidElsewhere) return;
    var may = mandates.getFirst().list("may");
    var never = mandates.getFirst().list("never");
    var granted = new HashSet<String>();
    may.forEach(grant -> granted.addAll(Kinds.named(grant)));
    if (may.stream().anyMatch(Kinds::everyone)) granted.addAll(Kinds.rest(never));
    for (var section : List.of("goals", "rules")) {
      for (var item : playbook.list(section)) {
        var when = when(item);
        for (var line : item.list("then")) allowed(line, granted, when);
      }
    }
  }

  private void allowed(Tree line, Set<String> granted, Set<String> when) {
    var kind = line.text("action");
    if (kind.isEmpty() || granted.contains(kind) || when.contains("may:" + kind)) return;
    problems.add(
        line.at("action"),
        "the mandate of "
            + playbook.text("role")
            + " never grants "
            + kind
            + ": grant it, remove the action, or add the condition \"may:"
            + kind
            + "\"");
  }
}
