package baton.persistence.policy;

import baton.handoff.action.Action;
import baton.handoff.policy.Clause;
import java.util.HashMap;
import java.util.Map;

/// Every clause has a name of its own, names actions that there are, and says a condition that can
/// be worked out.
final class ClauseMeaning {
  private final Problems problems;
  private final Map<String, Place> first = new HashMap<>();

  private ClauseMeaning(Problems problems) {
    this.problems = problems;
  }

  static void check(Tree document, Problems problems) {
    if (!(document instanceof Tree.Members members)) return;
    var meaning = new ClauseMeaning(problems);
    members
        .values()
        .forEach((name, section) -> {
          if (!name.equals("lexicon") && !name.equals("playbooks")) meaning.walk(section);
        });
  }

  private void walk(Tree tree) {
    switch (tree) {
      case Tree.Items(_, var values) -> values.forEach(this::walk);
      case Tree.Members members -> {
        id(tree);
        tree.texts("actions").forEach(this::action);
        measure(tree);
        condition(tree);
        members.values().values().forEach(this::walk);
      }
      case Tree.Text _, Tree.Whole _, Tree.Truth _ -> {}
    }
  }

  private void id(Tree tree) {
    var id = tree.text("id");
    if (id.isEmpty()) return;
    var at = tree.at("id");
    if (id.equals(Clause.ENGINE.id())) {
      problems.add(at, "the clause id \"engine\" is the engine's own: choose another");
    }
    var before = first.putIfAbsent(id, at);
    if (before != null) {
      problems.add(
          at,
          "the clause id \""
              + id
              + "\" is used twice (first in line "
              + before.line()
              + "): give each clause its own");
    }
  }

  private void action(Tree.Text text) {
    if (Kinds.known(text.value())) return;
    problems.add(text.at(), unknown(text.value()));
  }

  static String unknown(String kind) {
    return "there is no action \""
        + kind
        + "\": see the list in docs/policy.md"
        + Nearest.to(kind, Action.KINDS);
  }

  private void measure(Tree tree) {
    var measure = tree.text("measure");
    if (!measure.startsWith("kind:")) return;
    var kind = measure.substring("kind:".length());
    if (kind.equals("*") || !Kinds.known(kind)) problems.add(tree.at("measure"), unknown(kind));
  }

  private void condition(Tree tree) {
    tree.get("when", Tree.Text.class)
        .filter(when -> !when.value().isEmpty()) // the schema says so
        .ifPresent(when ->
            CelConditions.problem(when.value()).ifPresent(words -> problems.add(when.at(), words)));
  }
}
