package baton.persistence.policy;

import baton.handoff.Role;
import baton.handoff.policy.Lexicon;
import baton.handoff.policy.Playbook;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the lexicon and the playbooks of a document that has passed all checks.
final class TalkReader {
  private TalkReader() {}

  static Lexicon lexicon(Tree document) {
    var tree = document.get("lexicon").orElse(document);
    return new Lexicon(
        tree.text("version"),
        tree.text("language"),
        tree.list("entries").stream()
            .map(entry ->
                new Lexicon.Entry(
                    entry.text("signal"),
                    entry.text("value"),
                    (int) entry.whole("weight"),
                    entry.texts("phrases").stream().map(Tree.Text::value).toList()))
            .toList());
  }

  static Map<Role, Playbook> playbooks(Tree document) {
    var map = new TreeMap<Role, Playbook>();
    for (var tree : document.list("playbooks")) {
      var role = new Role(tree.text("role"));
      map.put(role, new Playbook(role, tree.list("rules").stream().map(TalkReader::rule).toList()));
    }
    return map;
  }

  private static Playbook.Rule rule(Tree tree) {
    return new Playbook.Rule(
        tree.text("id"),
        tree.texts("when").stream().map(Tree.Text::value).toList(),
        tree.list("then").stream().map(TalkReader::action).toList());
  }

  private static SortedMap<String, String> action(Tree tree) {
    var map = new TreeMap<String, String>();
    if (tree instanceof Tree.Members members) {
      members.values().keySet().forEach(name -> map.put(name, tree.text(name)));
    }
    return map;
  }
}
