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
          "!?(started|arrived|reached|heard|silence|silence:[1-9]|human-available|picked|stuck"
              + "|answered|time-taken|over-budget|follow-up|newer:[a-z][a-z0-9.-]*=[a-z][a-z0-9.-]*"
              + "|(signal|fact):[a-z][a-z0-9.-]*(=.+)?"
              + "|(confirmed|declined|asked):[a-z][a-z0-9.-]*"
              + "|consent:[a-z][a-z0-9-]*=(granted|unclear|refused|withdrawn|unknown)"
              + "|(done|failed|pending|may):(?<kind>[a-z][A-Za-z0-9_:-]*)"
              + "|refused:(?<refused>[a-z][A-Za-z0-9_:-]*)(=[a-z][a-z -]*)?"
              + "|role-was:[a-z][a-z0-9-]*"
              + "|(said|taken):(?<said>[a-z][a-z0-9.-]*))");

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
    playbooks.forEach(meaning::playbook);
    playbooks.forEach(playbook -> JourneyMeaning.check(document, playbook, problems));
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

  private void playbook(Tree playbook) {
    named(playbook.list("rules"), "id", "the rule id");
    named(playbook.list("goals"), "id", "the goal id");
    named(playbook.list("questions"), "fact", "the question for");
    var rules =
        playbook.list("rules").stream().map(rule -> rule.text("id")).collect(Collectors.toSet());
    for (var section : List.of("goals", "rules")) {
      for (var item : playbook.list(section)) {
        item.texts("when").forEach(text -> atom(text, rules));
        item.list("then").forEach(this::action);
      }
    }
  }

  private void named(List<Tree> items, String name, String what) {
    var names = new HashSet<String>();
    for (var item : items) {
      var id = item.text(name);
      if (!id.isEmpty() && !names.add(id)) {
        problems.add(
            item.at(name),
            what
                + " \""
                + id
                + "\" is used twice: "
                + (name.equals("id") ? "give each its own" : "remove one"));
      }
    }
  }

  private void atom(Tree.Text text, Set<String> rules) {
    var matcher = ATOM.matcher(text.value());
    if (!matcher.matches()) {
      problems.add(
          text.at(), "\"" + text.value() + "\" is no condition: see the list in docs/policy.md");
      return;
    }
    var kind = matcher.group("kind") == null ? matcher.group("refused") : matcher.group("kind");
    if (kind != null && !Kinds.known(kind)) problems.add(text.at(), ClauseMeaning.unknown(kind));
    var said = matcher.group("said");
    if (said != null && !rules.contains(said)) {
      problems.add(
          text.at(),
          "there is no rule \"" + said + "\" here: correct the name" + Nearest.to(said, rules));
    }
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
