package baton.agents.model;

import baton.agents.Desk;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Form;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.TreeMap;

/// What a model gives to a tool that a policy declares: told as JSON Schema, and read back strictly
/// by the declaration. Text is sealed before anybody sees it.
final class Given {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Given() {}

  static JsonNode schema(OutsideTool tool) {
    var schema = JSON.objectNode().put("type", "object");
    var properties = schema.putObject("properties");
    var required = schema.putArray("required");
    tool.arguments()
        .forEach((name, argument) -> {
          var property = schema(argument.form());
          if (!argument.description().isEmpty()) {
            property.put("description", argument.description());
          }
          properties.set(name, property);
          if (argument.required()) required.add(name);
        });
    return schema;
  }

  private static ObjectNode schema(Form form) {
    var schema = JSON.objectNode();
    return switch (form) {
      case Form.Text(int maxChars) -> schema.put("type", "string").put("maxLength", maxChars);
      case Form.Name _ ->
          schema.put("type", "string").put("pattern", "^" + Form.Name.PATTERN + "$");
      case Form.Choice(var of) -> {
        of.forEach(schema.put("type", "string").putArray("enum")::add);
        yield schema;
      }
      case Form.Whole(long atLeast, long atMost) ->
          schema.put("type", "integer").put("minimum", atLeast).put("maximum", atMost);
      case Form.Time _ -> schema.put("type", "string").put("format", "date-time");
    };
  }

  static Action read(OutsideTool tool, String json, Desk desk) throws Arguments.Wrong {
    var given = Arguments.object(json);
    var values = new TreeMap<String, Value>();
    for (var field : given.properties()) {
      var argument = tool.arguments().get(field.getKey());
      if (argument == null) throw new Arguments.Wrong("there is an argument too many");
      values.put(field.getKey(), value(field.getKey(), argument.form(), field.getValue(), desk));
    }
    for (var argument : tool.arguments().entrySet()) {
      if (argument.getValue().required() && !values.containsKey(argument.getKey())) {
        throw new Arguments.Wrong("the argument " + argument.getKey() + " is missing");
      }
    }
    return new Action.UseTool(tool.name(), values);
  }

  private static Value value(String name, Form form, JsonNode given, Desk desk)
      throws Arguments.Wrong {
    var text = given.isTextual() ? given.asText() : "";
    return switch (form) {
      case Form.Text(int maxChars) when !text.isBlank() && text.length() <= maxChars ->
          Value.of(desk.seal(text));
      case Form.Text(int maxChars) ->
          throw new Arguments.Wrong(name + " is text of at most " + maxChars + " characters");
      case Form.Name _ when Form.Name.fits(text) -> Value.of(text);
      case Form.Name _ -> throw new Arguments.Wrong("the argument " + name + " is no name");
      case Form.Choice(var of) when of.contains(text) -> Value.of(text);
      case Form.Choice(var of) ->
          throw new Arguments.Wrong(name + " is one of " + String.join(", ", of));
      case Form.Whole(long atLeast, long atMost)
          when given.isIntegralNumber()
              && given.canConvertToLong()
              && given.asLong() >= atLeast
              && given.asLong() <= atMost ->
          Value.of(given.asLong());
      case Form.Whole(long atLeast, long atMost) ->
          throw new Arguments.Wrong(name + " is a whole number from " + atLeast + " to " + atMost);
      case Form.Time _ -> time(name, text);
    };
  }

  private static Value time(String name, String text) throws Arguments.Wrong {
    try {
      return Value.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      throw new Arguments.Wrong(
          name + " is a date and time with its offset, as 2026-11-30T09:00:00-05:00");
    }
  }
}
