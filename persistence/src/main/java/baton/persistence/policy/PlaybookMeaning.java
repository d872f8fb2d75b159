package baton.persistence.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Playbooks speak of roles, actions, lines and conditions that there are.
final class PlaybookMeaning {
  private static final String AGENT = "playbook";
  private static final Pattern ATOM =
      Pattern.compile(
          "!?(started|heard|silence|human-available"
              + "|(signal|fact):[a-z][a-z0-9.-]*(=.+)?"
              + "|(confirmed|declined|asked):[a-z][a-z0-9.-]*"
              + "|consent:[a-z][a-z0-9-]*=(granted|unclear|refused|withdrawn|unknown)"
              + "|(done|failed|pending|may):(?<kind>[a-z][A-Za-z0-9_:-]*)"
              + "|refused:(?<refused>[a-z][A-Za-z0-9_:-]*)(=[a-z][a-z -]*)?"
              + "|role-was:[a-z][a-z0-9-]*)");

  private final Problems problems;
  private final Set<String> roles;
  private final Map<String, Tree> lines;
  private final Set<String> disclosures;

  private PlaybookMeaning(Tree document, Problems problems) {
    this.problems = problems;
    this.roles = RoleMeaning.roles(document);
    this.lines = LineMeaning.lines(document);
    this.disclosures =
        document.list("disclosures").stream()
            .map(disclosure -> disclosure.text("disclosure"))
            .collect(Collectors.toSet());
  }

  static void check(Tree document, Problems problems) {
    var meaning = new PlaybookMeaning(document, problems);
    var playbooks =
        document.list("playbooks").stream().filter(Tree.Members.class::isInstance).toList();
    meaning.roles(playbooks);
    playbooks.forEach(playbook -> meaning.rules(playbook.list("rules")));
    if (playbooks.size() == document.list("playbooks").size()) {
      meaning.agents(document.list("mandates"), playbooks);
    }
  }

  private void roles(List<Tree> playbooks) {
    var first = new HashMap<String, Place>();
    for (var playbook : playbooks) {
      var role = playbook.text("role");
      if (role.isEmpty()) continue;
      if (!roles.contains(role)) {
        problems.add(
            playbook.at("role"),
            "the role \"" + role + "\" has no mandate: add one, or leave this playbook out");
      }
      var before = first.putIfAbsent(role, playbook.at("role"));
      if (before != null) {
        problems.add(
            playbook.at("role"),
            "the role \""
                + role
                + "\" has two playbooks (the other is "
                + before.file()
                + "): leave one out");
      }
    }
  }

  private void agents(List<Tree> mandates, List<Tree> playbooks) {
    var played = playbooks.stream().map(playbook -> playbook.text("role")).toList();
    for (var mandate : mandates) {
      var role = mandate.text("role");
      if (RoleMeaning.isAgent(role)
          && mandate.text("agent").equals(AGENT)
          && !played.contains(role)) {
        problems.add(
            mandate.at("agent"),
            "the role \""
                + role
                + "\" has no playbook: add one to playbooks, or name another agent");
      }
    }
  }

  private void rules(List<Tree> rules) {
    var ids = new HashSet<String>();
    for (var rule : rules) {
      var id = rule.text("id");
      if (!id.isEmpty() && !ids.add(id)) {
        problems.add(
            rule.at("id"), "the rule id \"" + id + "\" is used twice: give each rule its own");
      }
      rule.texts("when").forEach(this::atom);
      rule.list("then").forEach(this::action);
    }
  }

  private void atom(Tree.Text text) {
    var matcher = ATOM.matcher(text.value());
    if (!matcher.matches()) {
      problems.add(
          text.at(), "\"" + text.value() + "\" is no condition: see the list in docs/policy.md");
      return;
    }
    var kind = matcher.group("kind") == null ? matcher.group("refused") : matcher.group("kind");
    if (kind != null && !Kinds.known(kind)) problems.add(text.at(), ClauseMeaning.unknown(kind));
  }

  private void action(Tree action) {
    var kind = action.text("action");
    if (!kind.isEmpty() && (kind.equals("*") || !Kinds.known(kind))) {
      problems.add(action.at("action"), ClauseMeaning.unknown(kind));
    }
    LineMeaning.known(action, lines, problems);
    var disclosure = action.text("disclosure");
    if (!disclosure.isEmpty() && !disclosures.contains(disclosure)) {
      problems.add(
          action.at("disclosure"),
          "there is no disclosure \""
              + disclosure
              + "\": add it to disclosures, or correct the"
              + " name"
              + Nearest.to(disclosure, disclosures));
    }
  }
}
