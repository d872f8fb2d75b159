package baton.runtime.outside;

import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Form;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether what an MCP server says that its tool takes is what the policy gives it. Pure; whatever
/// a server says of itself can only keep a call from being made.
final class Fitting {
  private Fitting() {}

  /// @param schema JSON Schema of what the tool takes
  /// @return what does not fit, in one line without a word of the server's
  static Optional<String> problem(OutsideTool tool, Map<String, Object> schema) {
    var properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    for (var argument : tool.arguments().entrySet()) {
      var name = argument.getKey();
      if (!(properties.get(name) instanceof Map<?, ?> property)) {
        return Optional.of("it takes no argument " + name);
      }
      if (!takes(property, argument.getValue().form())) {
        return Optional.of("its argument " + name + " is of another type");
      }
    }
    var needed = schema.get("required") instanceof Collection<?> all ? all : List.of();
    boolean given =
        needed.stream()
            .allMatch(name ->
                tool.arguments().containsKey(String.valueOf(name))
                    && tool.arguments().get(String.valueOf(name)).required());
    return given ? Optional.empty() : Optional.of("it needs an argument that it is not given");
  }

  private static boolean takes(Map<?, ?> property, Form form) {
    return switch (form) {
      case Form.Whole _ -> isA(property, "integer") || isA(property, "number");
      case Form.Choice(var of) ->
          isA(property, "string")
              && (!(property.get("enum") instanceof Collection<?> some) || some.containsAll(of));
      case Form.Text _, Form.Name _, Form.Time _ -> isA(property, "string");
    };
  }

  private static boolean isA(Map<?, ?> property, String type) {
    return switch (property.get("type")) {
      case null -> true;
      case Collection<?> several -> several.contains(type);
      case Object one -> one.equals(type);
    };
  }
}
