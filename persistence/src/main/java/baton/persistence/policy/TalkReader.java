package baton.persistence.policy;

import baton.handoff.Role;
import baton.handoff.policy.Lexicon;
import baton.handoff.policy.Model;
import baton.handoff.policy.Playbook;
import baton.handoff.policy.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the lexicon, the playbooks and the models of a document that has passed all checks.
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
      map.put(
          role,
          new Playbook(
              role,
              tree.list("questions").stream().map(TalkReader::question).toList(),
              tree.list("goals").stream().map(TalkReader::goal).toList(),
              tree.list("rules").stream().map(TalkReader::rule).toList()));
    }
    return map;
  }

  static Map<Role, Model> models(Tree document) {
    var map = new TreeMap<Role, Model>();
    for (var tree : document.list("models")) {
      var role = new Role(tree.text("role"));
      map.put(
          role,
          new Model(
              role,
              PolicyReader.clause(tree),
              tree.text("model"),
              tree.get("temperature").map(_ -> (int) tree.whole("temperature")),
              tree.get("streaming").map(s -> Duration.parse(s.text("firstWordWithin"))),
              limits(tree.get("limits").orElseThrow()),
              PolicyReader.constant(Model.OnFailure.class, tree.text("onFailure")),
              Template.of(tree.text("prompt")),
              tree.texts("guardrails").stream().map(Tree.Text::value).toList(),
              tree.get("judge").map(j -> new Model.Judge(j.text("model"), j.text("prompt")))));
    }
    return map;
  }

  private static Model.Limits limits(Tree tree) {
    return new Model.Limits(
        Duration.parse(tree.text("answerWithin")),
        tree.whole("tokensPerTurn"),
        tree.whole("tokensPerConversation"),
        (int) tree.whole("rounds"),
        (int) tree.whole("answerChars"),
        (int) tree.whole("memoryLines"));
  }

  private static Playbook.Question question(Tree tree) {
    return new Playbook.Question(
        tree.text("fact"),
        tree.text("asks"),
        tree.text("ask"),
        tree.text("again"),
        tree.text("unsure"),
        tree.truth("once"));
  }

  private static Playbook.Goal goal(Tree tree) {
    return new Playbook.Goal(
        tree.text("id"),
        texts(tree, "when"),
        texts(tree, "needs"),
        tree.text("confirm"),
        tree.text("again"),
        tree.text("asks"),
        tree.text("gives"),
        tree.list("then").stream().map(TalkReader::action).toList());
  }

  private static Playbook.Rule rule(Tree tree) {
    return new Playbook.Rule(
        tree.text("id"),
        texts(tree, "when"),
        tree.list("then").stream().map(TalkReader::action).toList());
  }

  private static List<String> texts(Tree tree, String name) {
    return tree.texts(name).stream().map(Tree.Text::value).toList();
  }

  private static SortedMap<String, String> action(Tree tree) {
    var map = new TreeMap<String, String>();
    if (tree instanceof Tree.Members members) {
      members.values().keySet().forEach(name -> map.put(name, tree.text(name)));
    }
    return map;
  }
}
