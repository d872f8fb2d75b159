package baton.agents.model;

import baton.handoff.agent.Briefing;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What a model is offered: the kinds of action that its role's mandate allows at this moment, each
/// as a tool. What is not allowed is not there to be called.
///
/// @param schemas JSON Schema of a kind's arguments, as the tool tells it that carries it out
record Offering(Briefing briefing, Function<String, String> schemas) {
  /// What is said without a call, and what the engine alone begins.
  private static final Set<String> NOT_CALLED = Set.of("speak", "initiate-contact");

  private record Own(String description, String schema) {}

  /// Kinds that no tool carries out, and those whose words the agent seals itself.
  private static final Map<String, Own> OWN =
      Map.ofEntries(
          own("disclose", "says a disclosure of the policy", "disclosure"),
          own("ask-consent", "asks the buyer for consent, in your words", "purpose", "text"),
          own(
              "interpret-consent",
              "says what the buyer's last answer means: granted, refused or unclear",
              "purpose",
              "state"),
          own("raise-urgency", "says why it is urgent, in your words", "text"),
          own("request-commitment", "asks the buyer to order, in your words", "quote", "text"),
          own("request-hand-off", "asks that another role goes on", "to", "reason"),
          own("transfer-to-human", "offers the conversation to a person", "reason"),
          own("send-message", "sends a message outside this conversation", "channel", "text"),
          own("schedule-follow-up", "comes back to the buyer at a later time", "at", "channel"),
          own("record", "starts recording this contact", "channel"),
          own("escalate", "asks for a person's attention", "reason"),
          own("close", "ends the conversation", "reason"));

  private static Map.Entry<String, Own> own(String kind, String description, String... names) {
    var properties = new ArrayList<String>();
    for (var name : names) {
      properties.add(
          "\"" + name + "\":{\"type\":\"string\",\"description\":\"" + hint(name) + "\"}");
    }
    var required = "\"" + String.join("\",\"", names) + "\"";
    var schema =
        "{\"type\":\"object\",\"required\":["
            + required
            + "],\"properties\":{"
            + String.join(",", properties)
            + "}}";
    return Map.entry(kind, new Own(description, schema));
  }

  private static String hint(String name) {
    return switch (name) {
      case "text" -> "what is said to the buyer";
      case "reason" -> "a few words in lower case, joined by hyphens";
      case "at" -> "a date and time with its offset, as 2026-11-30T09:00:00-05:00";
      case "state" -> "granted, refused or unclear";
      default -> "its name";
    };
  }

  List<ToolSpecification> tools() {
    return briefing.may().stream()
        .filter(kind -> !NOT_CALLED.contains(kind))
        .map(this::tool)
        .toList();
  }

  private ToolSpecification tool(String kind) {
    var own = Optional.ofNullable(OWN.get(kind));
    var schema = Arguments.tree(own.map(Own::schema).orElseGet(() -> schemas.apply(kind)));
    return ToolSpecification.builder()
        .name(name(kind))
        .description(own.map(Own::description).orElse(kind))
        .parameters(parameters(schema))
        .build();
  }

  private static JsonObjectSchema parameters(JsonNode schema) {
    var parameters = JsonObjectSchema.builder().additionalProperties(false);
    schema
        .path("properties")
        .properties()
        .forEach(
            p -> parameters.addProperty(p.getKey(), JsonRawSchema.from(p.getValue().toString())));
    var required = new ArrayList<String>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    return parameters.required(required).build();
  }

  /// The kind that a tool's name stands for, where it was offered.
  Optional<String> kind(String name) {
    return briefing.may().stream()
        .filter(kind -> !NOT_CALLED.contains(kind) && name(kind).equals(name))
        .findFirst();
  }

  /// Servers take letters, digits, `_` and `-`.
  private static String name(String kind) {
    return kind.replace(":", "__");
  }
}
