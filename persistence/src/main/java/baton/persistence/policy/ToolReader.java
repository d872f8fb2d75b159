package baton.persistence.policy;

import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Argument;
import baton.handoff.policy.OutsideTool.ErrorMeans;
import baton.handoff.policy.OutsideTool.Form;
import baton.handoff.policy.OutsideTool.Told;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads the outside tools of a document that has passed all checks.
final class ToolReader {
  private ToolReader() {}

  static Map<String, OutsideTool> tools(Tree document) {
    var tools = new TreeMap<String, OutsideTool>();
    for (var tree : document.list("tools")) tools.put(tree.text("tool"), tool(tree));
    return tools;
  }

  private static OutsideTool tool(Tree tree) {
    var name = tree.text("tool");
    return new OutsideTool(
        name,
        PolicyReader.clause(tree),
        tree.text("server"),
        tree.get("calls").isPresent() ? tree.text("calls") : name,
        tree.text("description"),
        tree.truth("undoable"),
        tree.truth("readOnly"),
        tree.get("errorMeans").isPresent()
            ? PolicyReader.constant(ErrorMeans.class, tree.text("errorMeans").replace('-', '_'))
            : ErrorMeans.UNKNOWN,
        each(
            tree,
            "arguments",
            argument ->
                new Argument(
                    form(argument), !argument.truth("optional"), argument.text("description"))),
        each(tree, "facts", fact -> new Told(fact.text("at"), form(fact))));
  }

  private static <T> SortedMap<String, T> each(Tree tree, String name, Function<Tree, T> read) {
    var all = new TreeMap<String, T>();
    tree.get(name, Tree.Members.class)
        .ifPresent(
            members -> members.values().forEach((key, value) -> all.put(key, read.apply(value))));
    return all;
  }

  private static Form form(Tree tree) {
    return switch (tree.text("type")) {
      case "text" -> new Form.Text((int) tree.whole("maxChars"));
      case "name" -> new Form.Name();
      case "choice" -> new Form.Choice(tree.texts("of").stream().map(Tree.Text::value).toList());
      case "whole" -> new Form.Whole(tree.whole("atLeast"), tree.whole("atMost"));
      case "time" -> new Form.Time();
      case String other -> throw new IllegalArgumentException(other + " is no type");
    };
  }
}
