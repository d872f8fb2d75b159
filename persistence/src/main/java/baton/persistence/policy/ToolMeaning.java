package baton.persistence.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// An outside tool has a mandate and a limit of its own before anybody can use it, says the bounds
/// of all that it is given and tells, and tells nothing under the names of others.
final class ToolMeaning {
  /// What facts of built-in tools and of buyers begin with.
  private static final Set<String> TAKEN =
      Set.of(
          "booking",
          "confirmed",
          "consent",
          "crm",
          "human",
          "invitation",
          "order",
          "quote",
          "slot");

  private static final Map<String, List<String>> BOUNDS =
      Map.of("text", List.of("maxChars"), "choice", List.of("of"), "whole", List.of("atMost"));

  private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern FACT = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final Tree document;
  private final Problems problems;

  private ToolMeaning(Tree document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  static void check(Tree document, Problems problems) {
    var meaning = new ToolMeaning(document, problems);
    var first = new HashMap<String, Place>();
    for (var tool : document.list("tools")) {
      meaning.name(tool, first);
      meaning.members(
          tool, "arguments", ARGUMENT, "letters, digits and _, a letter first, at most 64");
      meaning.members(tool, "facts", FACT, "a-z, 0-9 and -, a letter first, at most 32");
    }
  }

  private void name(Tree tool, Map<String, Place> first) {
    var name = tool.text("tool");
    if (name.isEmpty()) return;
    var at = tool.at("tool");
    var before = first.putIfAbsent(name, at);
    if (before != null) {
      problems.add(
          at,
          "the tool \""
              + name
              + "\" is there twice (first in line "
              + before.line()
              + "): leave one out");
    }
    if (TAKEN.contains(name)) {
      problems.add(at, "facts of \"" + name + "\" are the engine's own: choose another name");
    }
    var kind = "tool:" + name;
    boolean granted =
        document.list("mandates").stream()
            .flatMap(mandate -> mandate.list("may").stream())
            .anyMatch(grant -> Kinds.named(grant).contains(kind));
    if (!granted) {
      problems.also(
          at, "no role may use it: grant " + kind + " in a mandate, or leave this tool out");
    }
    boolean limited =
        document.list("limits").stream().anyMatch(limit -> Kinds.named(limit).contains(kind));
    if (!limited) {
      problems.also(
          at, "it has no limit: name " + kind + " in limits, for instance by measure kind:" + kind);
    }
  }

  private void members(Tree tool, String section, Pattern allowed, String words) {
    tool.get(section, Tree.Members.class)
        .ifPresent(members ->
            members
                .values()
                .forEach((key, value) -> {
                  if (!allowed.matcher(key).matches()) {
                    problems.add(
                        members.keys().getOrDefault(key, members.at()),
                        "\"" + key + "\" is no name here: " + words);
                  }
                  form(value);
                }));
  }

  private void form(Tree form) {
    var type = form.text("type");
    if (!(form instanceof Tree.Members members) || type.isEmpty()) return;
    for (var needed : BOUNDS.getOrDefault(type, List.of())) {
      if (form.get(needed).isEmpty()) {
        problems.add(form.at("type"), "a " + word(type) + " has a bound: add " + needed);
      }
    }
    for (var key : List.of("maxChars", "of", "atLeast", "atMost")) {
      boolean fits =
          switch (key) {
            case "maxChars" -> type.equals("text");
            case "of" -> type.equals("choice");
            default -> type.equals("whole");
          };
      if (members.values().containsKey(key) && !fits) {
        problems.add(
            members.keys().getOrDefault(key, form.at()),
            "a " + word(type) + " has no " + key + ": remove it");
      }
    }
    if (form.whole("atLeast") > form.whole("atMost") && type.equals("whole")) {
      problems.add(form.at("atLeast"), "atLeast is more than atMost: change one of them");
    }
  }

  private static String word(String type) {
    return type.equals("whole") ? "whole number" : type;
  }
}
