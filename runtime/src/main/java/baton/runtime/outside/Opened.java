package baton.runtime.outside;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Form;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a tool is given, as it goes out: opened at the last moment, and held against the policy's
/// declaration once more, whoever proposed it.
final class Opened {
  /// Why nothing goes out, as a word for the record.
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String code) {
      super(code, null, false, false);
    }

    String code() {
      return getMessage();
    }
  }

  private Opened() {}

  /// @param open the clear text, or empty where its key is destroyed
  static ObjectNode of(
      OutsideTool tool, Map<String, Value> given, Function<Sealed, Optional<String>> open)
      throws Wrong {
    var arguments = JsonNodeFactory.instance.objectNode();
    for (var argument : tool.arguments().entrySet()) {
      var value = given.get(argument.getKey());
      if (value != null) {
        put(arguments, argument.getKey(), argument.getValue().form(), value, open);
      } else if (argument.getValue().required()) {
        throw new Wrong("bad-arguments");
      }
    }
    if (!tool.arguments().keySet().containsAll(given.keySet())) throw new Wrong("bad-arguments");
    return arguments;
  }

  private static void put(
      ObjectNode arguments,
      String name,
      Form form,
      Value value,
      Function<Sealed, Optional<String>> open)
      throws Wrong {
    var text =
        value instanceof Value.Secret(var sealed)
            ? open.apply(sealed).orElseThrow(() -> new Wrong("erased"))
            : value.shown();
    boolean fits =
        switch (form) {
          case Form.Text(int maxChars) -> !text.isBlank() && text.length() <= maxChars;
          case Form.Name _ -> Form.Name.fits(text);
          case Form.Choice(var of) -> of.contains(text);
          case Form.Time _ -> isTime(text);
          case Form.Whole(long atLeast, long atMost) ->
              text.matches("-?[0-9]{1,18}")
                  && Long.parseLong(text) >= atLeast
                  && Long.parseLong(text) <= atMost;
        };
    if (!fits) throw new Wrong("bad-arguments");
    switch (form) {
      case Form.Whole _ -> arguments.put(name, Long.parseLong(text));
      case Form.Text _, Form.Name _, Form.Choice _, Form.Time _ -> arguments.put(name, text);
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }
}
