package baton.runtime.outside;

import baton.handoff.Outcome;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Form;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads of an answer the facts that the policy names, and nothing else. Text is sealed.
///
/// @param seal under the key of the buyer
record Answers(OutsideTool tool, Function<String, Sealed> seal) {
  static final Outcome BAD = new Outcome.Unknown("bad-answer");

  /// It took place, and this is what the server told of it.
  Outcome done(JsonNode answer) {
    var facts = new TreeMap<String, Value>();
    for (var told : tool.facts().entrySet()) {
      var found = answer.at(told.getValue().at());
      if (found.isMissingNode() || found.isNull()) continue;
      var value = value(told.getValue().form(), found);
      if (value.isEmpty()) return BAD;
      facts.put(tool.name() + "." + told.getKey(), value.get());
    }
    return Outcome.confirmed(facts);
  }

  private Optional<Value> value(Form form, JsonNode found) {
    var text = Optional.of(found).filter(JsonNode::isTextual).map(JsonNode::asText);
    return switch (form) {
      case Form.Text(int maxChars) ->
          text.filter(words -> words.length() <= maxChars).map(seal).map(Value::of);
      case Form.Name _ -> text.filter(Form.Name::fits).map(Value::of);
      case Form.Choice(var of) -> text.filter(of::contains).map(Value::of);
      case Form.Time _ -> text.flatMap(Answers::time);
      case Form.Whole(long atLeast, long atMost) ->
          Optional.of(found)
              .filter(number -> number.isIntegralNumber() && number.canConvertToLong())
              .map(JsonNode::asLong)
              .filter(number -> number >= atLeast && number <= atMost)
              .map(Value::of);
    };
  }

  private static Optional<Value> time(String text) {
    try {
      return Optional.of(Value.of(OffsetDateTime.parse(text).toInstant()));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
