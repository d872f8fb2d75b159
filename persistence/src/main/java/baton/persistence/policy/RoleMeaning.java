package baton.persistence.policy;

import baton.handoff.Role;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Every role that is spoken of has a mandate, no mandate contradicts itself, and every way leads
/// somewhere.
final class RoleMeaning {
  private static final String HUMAN = Role.HUMAN.name();
  private static final String ENGINE = Role.ENGINE.name();

  private final Tree document;
  private final Problems problems;
  private final Set<String> roles;

  private RoleMeaning(Tree document, Problems problems) {
    this.document = document;
    this.problems = problems;
    this.roles = roles(document);
  }

  static Set<String> roles(Tree document) {
    return document.list("mandates").stream()
        .map(mandate -> mandate.text("role"))
        .collect(Collectors.toSet());
  }

  static void check(Tree document, Problems problems) {
    var meaning = new RoleMeaning(document, problems);
    meaning.start();
    meaning.mandates();
    meaning.autonomy();
    meaning.transitions();
    document.get("fallbacks").ifPresent(fallbacks -> meaning.safeState(fallbacks, "thinking"));
    for (var clause : document.list("language")) clause.texts("roles").forEach(meaning::role);
  }

  /// Operators and the supervisor are none.
  static boolean isAgent(String role) {
    return !role.equals(HUMAN) && !role.equals(ENGINE);
  }

  private void role(Tree.Text text) {
    if (text.value().isEmpty() || roles.contains(text.value())) return;
    problems.add(
        text.at(),
        "the role \""
            + text.value()
            + "\" has no mandate: add one, or correct the name"
            + Nearest.to(text.value(), roles));
  }

  private void role(Tree tree, String name) {
    tree.get(name, Tree.Text.class).ifPresent(this::role);
  }

  private void start() {
    role(document, "start");
    var start = document.text("start");
    if (!start.isEmpty() && !isAgent(start)) {
      problems.add(
          document.at("start"), "the role " + start + " cannot start: name a role of an agent");
    }
  }

  private void mandates() {
    var first = new HashMap<String, Place>();
    for (var mandate : document.list("mandates")) {
      var role = mandate.text("role");
      var before = first.putIfAbsent(role, mandate.at("role"));
      if (before != null) {
        problems.add(
            mandate.at("role"),
            "the role \""
                + role
                + "\" has two mandates (first in line "
                + before.line()
                + "): put them together");
      }
      if (role.equals(RightMeaning.OPERATOR)) {
        problems.add(
            mandate.at("role"),
            "operator stands for people who are asked for an approval: call the role otherwise");
      }
      contradictions(mandate);
      channels(mandate.get("scope").orElse(mandate).texts("channels"));
      currency(mandate.get("scope").flatMap(scope -> scope.get("priceTo")).orElse(mandate));
    }
    document
        .get("outreach")
        .flatMap(outreach -> outreach.get("channel", Tree.Text.class))
        .ifPresent(channel -> channels(List.of(channel)));
    var engine = mandate(ENGINE);
    if (document.get("mandates").isPresent() && !mayHold(engine, "speak")) {
      problems.add(
          document.at("mandates"),
          "the role engine may not speak: give it a mandate with speak, or nobody can say the fixed"
              + " lines");
    }
  }

  private List<Tree> mandate(String role) {
    return document.list("mandates").stream()
        .filter(mandate -> mandate.text("role").equals(role))
        .toList();
  }

  private static boolean mayHold(List<Tree> mandates, String kind) {
    return mandates.stream()
        .flatMap(mandate -> mandate.list("may").stream())
        .anyMatch(grant -> Kinds.everyone(grant) || Kinds.named(grant).contains(kind));
  }

  private void contradictions(Tree mandate) {
    var may = places(mandate.list("may"));
    for (var grant : mandate.list("never")) {
      for (var text : grant.texts("actions")) {
        var granted = may.get(text.value());
        if (granted == null) continue;
        problems.add(
            text.at(),
            "the mandate of "
                + mandate.text("role")
                + " permits what it also forbids: \""
                + text.value()
                + "\" is granted in line "
                + granted.line()
                + "; remove one of them");
      }
    }
    places(mandate.list("never"));
  }

  /// Where each kind is named first; a second time is a problem.
  private Map<String, Place> places(List<Tree> clauses) {
    var places = new LinkedHashMap<String, Place>();
    for (var clause : clauses) {
      for (var text : clause.texts("actions")) {
        var before = places.putIfAbsent(text.value(), text.at());
        if (before != null) {
          problems.add(
              text.at(),
              "\""
                  + text.value()
                  + "\" is named twice here (first in line "
                  + before.line()
                  + "): one clause answers for it");
        }
      }
    }
    return places;
  }

  private void channels(List<Tree.Text> named) {
    var known = document.texts("channels").stream().map(Tree.Text::value).toList();
    if (known.isEmpty()) return;
    for (var text : named) {
      if (!known.contains(text.value())) {
        problems.add(
            text.at(),
            "the policy has no channel \""
                + text.value()
                + "\": add it to channels, or remove it"
                + " here");
      }
    }
  }

  private void currency(Tree price) {
    var code = price.text("currency");
    if (code.isEmpty()) return;
    boolean known =
        Currency.getAvailableCurrencies().stream()
            .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    if (known) return;
    problems.add(
        price.at("currency"),
        "there is no currency \"" + code + "\": write an ISO 4217 code such as USD");
  }

  /// What an agent may do must have a level, else it could never be done.
  private void autonomy() {
    var section = document.list("autonomy");
    if (section.isEmpty()) return; // the schema says so
    var level = new HashSet<>(places(section).keySet());
    if (level.contains("*")) level.addAll(Kinds.rest(List.of()));
    for (var mandate : document.list("mandates")) {
      if (!isAgent(mandate.text("role"))) continue;
      for (var grant : mandate.list("may")) {
        for (var text : grant.texts("actions")) {
          var kind = text.value();
          if (kind.equals("*") || !Kinds.known(kind) || level.contains(kind)) continue;
          problems.add(
              text.at(),
              "the autonomy of \"" + kind + "\" is not said: name it in an autonomy clause");
        }
      }
    }
  }

  private void transitions() {
    var edges = new HashMap<String, Place>();
    for (var edge : document.list("transitions")) {
      role(edge, "from");
      role(edge, "to");
      safeState(edge, "otherwise");
      var from = edge.text("from");
      var to = edge.text("to");
      if (from.isEmpty() || to.isEmpty()) continue;
      if (from.equals(to)) {
        problems.add(edge.at("to"), "a transition leads from a role to another one: change to");
      }
      if (to.equals(ENGINE) || from.equals(ENGINE)) {
        problems.add(edge.at("to"), "the role engine never holds a conversation: remove this edge");
      }
      var before = edges.putIfAbsent(from + " " + to, edge.at("to"));
      if (before != null) {
        problems.add(
            edge.at("to"),
            "the transition from "
                + from
                + " to "
                + to
                + " is there twice (first in line "
                + before.line()
                + "): put them together");
      }
    }
    reached(edges.keySet());
  }

  /// A role that nobody can come to is a mistake in the table or in the mandates.
  private void reached(Set<String> edges) {
    var start = document.text("start");
    if (!roles.contains(start) || !isAgent(start)) return;
    var reached = new HashSet<>(Set.of(start, HUMAN, ENGINE));
    var queue = new ArrayList<>(reached);
    while (!queue.isEmpty()) {
      var from = queue.removeLast();
      for (var to : roles) {
        if (edges.contains(from + " " + to) && reached.add(to)) queue.add(to);
      }
    }
    for (var mandate : document.list("mandates")) {
      var role = mandate.text("role");
      if (role.isEmpty() || reached.contains(role)) continue;
      problems.add(
          mandate.at("role"),
          "no transition leads to the role \"" + role + "\": add one, or remove the mandate");
    }
  }

  private void safeState(Tree tree, String name) {
    if (!tree.text(name).equals("human") || roles.contains(HUMAN)) return;
    problems.add(
        tree.at(name),
        "the safe state human needs operators: add a mandate for the role human, or choose return"
            + " or close");
  }
}
