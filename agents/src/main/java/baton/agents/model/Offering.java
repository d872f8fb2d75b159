package baton.agents.model;

import baton.handoff.agent.Briefing;
import baton.handoff.policy.OutsideTool;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a model is offered: the kinds of action that its role's mandate allows at this moment, each
/// as a tool. What is not allowed is not there to be called.
///
/// @param topics to which the policy wants a buyer's yes
/// @param schemas JSON Schema of a kind's arguments, as the tool tells it that carries it out;
///   empty where there is no such tool
/// @param outside tools that the policy declares, by name
record Offering(
    Briefing briefing,
    SortedSet<String> topics,
    Function<String, Optional<String>> schemas,
    Map<String, OutsideTool> outside) {
  /// Words that put a question: the buyer's next yes or no is an answer to it.
  static final String ASK = "ask";

  private static final String SPEAK = "speak";

  /// What is said without a call, and what the engine alone begins.
  private static final Set<String> NOT_CALLED = Set.of(SPEAK, "initiate-contact");

  /// Kinds that no tool carries out, and those whose words the agent seals itself.
  private static final Map<String, ToolSpecification> OWN =
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

  /// What tools do, for a model.
  private static final Map<String, String> DOES =
      Map.of(
          "find-slots", "looks for free times in the seller's calendar",
          "book", "books a free time that find-slots gave",
          "reschedule", "moves a booking to another free time",
          "cancel", "cancels a booking",
          "quote", "makes an offer at list price",
          "concede", "takes so many percent off an offer, in all",
          "take-commitment", "turns an offer into an order, once the buyer has agreed to it",
          "write-crm", "keeps facts, named as they are known here, in the CRM");

  private static Map.Entry<String, ToolSpecification> own(
      String kind, String description, String... arguments) {
    var parameters = JsonObjectSchema.builder().additionalProperties(false);
    for (var argument : arguments) parameters.addStringProperty(argument, hint(argument));
    parameters.required(arguments);
    return Map.entry(kind, tool(kind, description, parameters.build()));
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
    var called =
        briefing.may().stream()
            .filter(kind -> !NOT_CALLED.contains(kind))
            .flatMap(kind -> tool(kind).stream());
    return Stream.concat(asks() ? Stream.of(ask()) : Stream.empty(), called).toList();
  }

  private boolean asks() {
    return briefing.may().contains(SPEAK) && !topics.isEmpty();
  }

  private ToolSpecification ask() {
    var parameters =
        JsonObjectSchema.builder()
            .addEnumProperty("topic", List.copyOf(topics), "what the answer is about")
            .addStringProperty("text", hint("text"))
            .required("topic", "text")
            .additionalProperties(false)
            .build();
    return tool(ASK, "asks the buyer for a yes or a no that counts, in your words", parameters);
  }

  private Optional<ToolSpecification> tool(String kind) {
    var own = OWN.get(kind);
    if (own != null) return Optional.of(own);
    var declared = declared(kind);
    if (declared.isPresent()) return declared.map(Offering::tool);
    return schemas
        .apply(kind)
        .map(Arguments::tree)
        .map(schema -> tool(kind, DOES.getOrDefault(kind, kind), parameters(schema)));
  }

  /// The tool of a kind, where the policy declares one.
  Optional<OutsideTool> declared(String kind) {
    return kind.startsWith("tool:")
        ? Optional.ofNullable(outside.get(kind.substring("tool:".length())))
        : Optional.empty();
  }

  private static ToolSpecification tool(OutsideTool declared) {
    var does =
        declared.undoable() || declared.readOnly()
            ? declared.description()
            : declared.description() + " (cannot be taken back)";
    return tool(declared.kind(), does, parameters(Given.schema(declared)));
  }

  private static ToolSpecification tool(
      String kind, String description, JsonObjectSchema parameters) {
    return ToolSpecification.builder()
        .name(name(kind))
        .description(description)
        .parameters(parameters)
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
    if (name.equals(ASK)) return asks() ? Optional.of(ASK) : Optional.empty();
    return briefing.may().stream()
        .filter(kind -> !NOT_CALLED.contains(kind) && name(kind).equals(name))
        .findFirst();
  }

  /// Servers take letters, digits, `_` and `-`.
  private static String name(String kind) {
    return kind.replace(":", "__");
  }
}
