package baton.persistence.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every sentence that is said by name is there, and the engine has those it cannot do without.
final class LineMeaning {
  /// What the supervisor itself says, and when.
  static final Map<String, String> ENGINE_LINES =
      Map.of(
          "moment", "while a decision waits for a person",
          "stopped", "when a buyer has opted out",
          "goodbye", "when a conversation is closed",
          "silent", "when the buyer has been silent for too long",
          "sorry", "when an answer failed",
          "human-soon", "while a person is called");

  private LineMeaning() {}

  static Map<String, Tree> lines(Tree document) {
    var lines = new HashMap<String, Tree>();
    document.list("lines").forEach(line -> lines.putIfAbsent(line.text("line"), line));
    return lines;
  }

  static void check(Tree document, Problems problems) {
    var lines = lines(document);
    twice(document.list("lines"), lines, problems);
    if (document.get("lines").isPresent()) engine(document, lines, problems);
    var disclosed = new HashMap<String, String>();
    for (var disclosure : document.list("disclosures")) {
      known(disclosure, lines, problems);
      var name = disclosure.text("disclosure");
      var before = disclosed.putIfAbsent(name, disclosure.text("line"));
      if (before != null && !before.equals(disclosure.text("line"))) {
        problems.add(
            disclosure.at("line"),
            "the disclosure \"" + name + "\" has two lines: give one of them another name");
      }
    }
  }

  private static void twice(List<Tree> all, Map<String, Tree> lines, Problems problems) {
    for (var line : all) {
      var first = lines.get(line.text("line"));
      if (first != null && first != line) {
        problems.add(
            line.at("line"),
            "the line \""
                + line.text("line")
                + "\" is there twice (first in line "
                + first.at("line").line()
                + "): remove one");
      }
    }
  }

  private static void engine(Tree document, Map<String, Tree> lines, Problems problems) {
    var missing =
        ENGINE_LINES.keySet().stream().filter(name -> !lines.containsKey(name)).sorted().toList();
    if (!missing.isEmpty()) {
      problems.add(
          document.at("lines"),
          "the engine says fixed lines that are missing: add "
              + String.join(", ", missing.stream().map(LineMeaning::described).toList()));
    }
    for (var name : ENGINE_LINES.keySet()) {
      var line = lines.get(name);
      if (line != null && line.get("engine").isPresent() && !line.truth("engine")) {
        problems.add(
            line.at("engine"), "the engine itself says \"" + name + "\": set engine: true");
      }
    }
    var stopped = lines.get("stopped");
    if (stopped != null
        && stopped.get("afterOptOut").isPresent()
        && !stopped.truth("afterOptOut")) {
      problems.add(
          stopped.at("afterOptOut"),
          "\"stopped\" is said to a buyer who has opted out: set afterOptOut: true");
    }
  }

  private static String described(String name) {
    return "\"" + name + "\" (said " + ENGINE_LINES.get(name) + ")";
  }

  /// A line that is named here must be in the document.
  static void known(Tree tree, Map<String, Tree> lines, Problems problems) {
    var name = tree.text("line");
    if (name.isEmpty() || lines.containsKey(name)) return;
    problems.add(
        tree.at("line"),
        "there is no line \""
            + name
            + "\": add it to lines, or correct the name"
            + Nearest.to(name, lines.keySet()));
  }
}
