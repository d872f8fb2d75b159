package baton.persistence.policy;

import baton.handoff.action.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which kinds of action a list of a document names.
///
/// @param all every kind, with the tools that some role may use
record Kinds(Set<String> all) {
  private static final String EVERY = "*";

  /// Tools count where a mandate grants them: elsewhere their name gives nothing.
  static Kinds of(Tree document) {
    var all = new LinkedHashSet<>(Action.KINDS);
    for (var mandate : document.list("mandates")) {
      for (var grant : mandate.list("may")) all.addAll(tools(grant));
    }
    return new Kinds(all);
  }

  static boolean known(String kind) {
    return kind.equals(EVERY) || kind.startsWith("tool:") || Action.KINDS.contains(kind);
  }

  /// A clause's kinds, each once, where `*` stands for all.
  Set<String> in(Tree clause) {
    return everyone(clause) ? all : named(clause);
  }

  /// The kinds of clauses of which one may speak for a kind: `*` stands for those that no other
  /// clause of them names. Tools are never granted by `*`.
  static Set<String> rest(List<Tree> clauses) {
    var rest = new LinkedHashSet<>(Action.KINDS);
    clauses.forEach(clause -> rest.removeAll(named(clause)));
    return rest;
  }

  static boolean everyone(Tree clause) {
    return clause.texts("actions").stream().anyMatch(text -> text.value().equals(EVERY));
  }

  /// The kinds that a clause calls by their name.
  static Set<String> named(Tree clause) {
    var named = new LinkedHashSet<String>();
    for (var text : clause.texts("actions")) {
      if (!text.value().equals(EVERY)) named.add(text.value());
    }
    return named;
  }

  private static Set<String> tools(Tree clause) {
    var tools = new TreeSet<>(named(clause));
    tools.removeIf(kind -> !kind.startsWith("tool:"));
    return tools;
  }
}
