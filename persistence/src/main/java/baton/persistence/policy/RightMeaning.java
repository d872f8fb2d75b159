package baton.persistence.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Every right that is spoken of has a holder, and every threshold can be reached.
final class RightMeaning {
  /// The holder's name for people who are asked for an approval.
  static final String OPERATOR = "operator";

  private RightMeaning() {}

  static void check(Tree document, Problems problems) {
    var rights = document.list("rights");
    rights.forEach(right -> threshold(right, problems));
    rights.forEach(right -> holder(document, right, problems));
    sameName(rights, problems);
    for (var autonomy : document.list("autonomy")) assist(autonomy, rights, problems);
    for (var fairness : document.list("fairness")) percent(fairness, "atMost", problems);
  }

  private static void threshold(Tree right, Problems problems) {
    percent(right, "upTo", problems);
    var measure = right.text("measure");
    boolean bounded = right.get("upTo").isPresent();
    if (bounded && measure.equals("any")) {
      problems.add(right.at("upTo"), "a right over any measure has no threshold: remove upTo");
    } else if (measure.equals("percent") && !Kinds.named(right).equals(Set.of("concede"))) {
      problems.add(
          right.at("measure"),
          "only concede has a percent: name it alone, or measure amount or any");
    } else if (!bounded && (measure.equals("percent") || measure.equals("amount"))) {
      problems.add(right.at("measure"), "upTo is missing: say up to which " + measure);
    }
  }

  private static void percent(Tree clause, String bound, Problems problems) {
    long percent = clause.whole(bound);
    if (clause.text("measure").equals("percent") && percent > 100) {
      problems.add(clause.at(bound), "percent goes up to 100, not " + percent + ": lower " + bound);
    }
  }

  private static void holder(Tree document, Tree right, Problems problems) {
    var holder = right.text("holder");
    if (holder.isEmpty() || holder.equals(OPERATOR)) return;
    var mandates =
        document.list("mandates").stream()
            .filter(mandate -> mandate.text("role").equals(holder))
            .flatMap(mandate -> mandate.list("may").stream())
            .toList();
    boolean every = mandates.stream().anyMatch(Kinds::everyone);
    for (var kind : Kinds.named(right)) {
      if (every || mandates.stream().anyMatch(grant -> Kinds.named(grant).contains(kind))) continue;
      problems.add(
          right.at("holder"),
          "nobody holds the right \""
              + right.text("right")
              + "\": the role "
              + holder
              + " may not "
              + kind
              + "; grant it there, or name another holder");
    }
  }

  private static void sameName(List<Tree> rights, Problems problems) {
    var holders = new HashMap<String, String>();
    for (var right : rights) {
      var name = right.text("right");
      var before = holders.putIfAbsent(name, right.text("holder"));
      if (before != null && !before.equals(right.text("holder"))) {
        problems.add(
            right.at("right"),
            "the right \"" + name + "\" has two holders: give one of them another name");
      }
    }
  }

  private static void assist(Tree autonomy, List<Tree> rights, Problems problems) {
    if (!autonomy.text("level").equals("assist")) {
      if (autonomy.get("right").isPresent()) {
        problems.add(
            autonomy.at("right"),
            "only the level assist asks for a right: remove it, or set assist");
      }
      return;
    }
    var name = autonomy.text("right");
    if (name.isEmpty()) {
      problems.add(
          autonomy.at("level"), "the level assist needs a right: say which, held by operator");
      return;
    }
    var held =
        rights.stream()
            .filter(right -> right.text("right").equals(name))
            .filter(right -> right.text("holder").equals(OPERATOR))
            .toList();
    if (held.isEmpty()) {
      problems.add(
          autonomy.at("right"),
          "nobody holds the right \"" + name + "\": add it to rights with holder operator");
    }
  }
}
