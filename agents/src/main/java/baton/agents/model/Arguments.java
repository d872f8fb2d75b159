package baton.agents.model;

import baton.agents.Desk;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the arguments of a call into an action, strictly: what is missing, more, or of another
/// type than it should be is an error that the model can use. Free text of a model goes nowhere but
/// into words that are sealed.
final class Arguments {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
  private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /// What is wrong with a call, in words for the model.
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String words) {
      super(words);
    }
  }

  private final Briefing briefing;
  private final Desk desk;
  private final SortedSet<String> topics;
  private final JsonNode given;
  private final Set<String> used = new HashSet<>();

  private Arguments(Briefing briefing, Desk desk, SortedSet<String> topics, JsonNode given) {
    this.topics = topics;
    this.briefing = briefing;
    this.desk = desk;
    this.given = given;
  }

  static Action read(
      String kind, String json, Briefing briefing, Desk desk, SortedSet<String> topics)
      throws Wrong {
    var arguments = new Arguments(briefing, desk, topics, object(json));
    var action = arguments.action(kind);
    for (var field : arguments.given.properties()) {
      if (!arguments.used.contains(field.getKey()))
        throw new Wrong("there is an argument too many");
    }
    return action;
  }

  static JsonNode object(String json) throws Wrong {
    try {
      var tree = JSON.readTree(json == null || json.isBlank() ? "{}" : json);
      if (tree != null && tree.isObject()) return tree;
    } catch (JsonProcessingException broken) {
      throw new Wrong("the arguments are no JSON");
    }
    throw new Wrong("the arguments are no JSON object");
  }

  /// A schema of our own.
  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("a tool's schema is no JSON", broken);
    }
  }

  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  private Action action(String kind) throws Wrong {
    return switch (kind) {
      case Offering.ASK -> new Action.Speak(words(), topic());
      case "disclose" -> {
        var disclosure = name("disclosure");
        yield new Action.Disclose(disclosure, new Words.Line("disclosure-" + disclosure));
      }
      case "ask-consent" -> new Action.AskConsent(name("purpose"), words());
      case "interpret-consent" ->
          new Action.InterpretConsent(
              name("purpose"), constant(Consent.State.class, "state"), heard());
      case "raise-urgency" -> new Action.RaiseUrgency(words());
      case "request-commitment" -> new Action.RequestCommitment(name("quote"), words());
      case "request-hand-off" -> new Action.RequestHandOff(role(), reason());
      case "transfer-to-human" -> new Action.TransferToHuman(reason());
      case "send-message" -> new Action.SendMessage(name("channel"), words());
      case "schedule-follow-up" -> new Action.ScheduleFollowUp(time("at"), name("channel"));
      case "record" -> new Action.Record(name("channel"));
      case "escalate" -> new Action.Escalate(reason());
      case "close" -> new Action.Close(reason());
      case "find-slots" ->
          new Action.FindSlots(
              time("from"),
              time("until"),
              name("zone"),
              given.has("part") ? Optional.of(name("part")) : Optional.empty());
      case "book" -> new Action.Book(name("slot"), time("start"), name("zone"));
      case "reschedule" ->
          new Action.Reschedule(name("booking"), name("slot"), time("start"), name("zone"));
      case "cancel" -> new Action.Cancel(name("booking"));
      case "quote" -> new Action.Quote(name("product"), whole(given, "seats", 1_000_000));
      case "concede" -> new Action.Concede(name("quote"), (int) whole(given, "percent", 100));
      case "take-commitment" -> new Action.TakeCommitment(name("quote"), total());
      case "write-crm" -> new Action.WriteCrm(known());
      case String tool when tool.startsWith("tool:") ->
          new Action.UseTool(tool.substring("tool:".length()), plain());
      case String other -> throw new Wrong(other + " cannot be called");
    };
  }

  private JsonNode member(String name) throws Wrong {
    used.add(name);
    var value = given.get(name);
    if (value == null || value.isNull()) throw new Wrong("the argument " + name + " is missing");
    return value;
  }

  private String text(String name) throws Wrong {
    var value = member(name);
    if (!value.isTextual()) throw new Wrong("the argument " + name + " is no text");
    return value.asText();
  }

  private String name(String argument) throws Wrong {
    var text = text(argument);
    if (NAME.matcher(text).matches() || isKnown(text)) return text;
    throw new Wrong("the argument " + argument + " is no name");
  }

  /// What a tool has told goes back as it came, whatever characters it has.
  private boolean isKnown(String text) {
    var value = Value.of(text);
    return briefing.facts().values().stream()
        .anyMatch(fact -> fact.source() == Fact.Source.TOOL && fact.value().equals(value));
  }

  private String reason() throws Wrong {
    var text = text("reason");
    if (REASON.matcher(text).matches()) return text;
    throw new Wrong("reason is a few words in lower case, joined by hyphens");
  }

  private Words words() throws Wrong {
    var spoken = Spoken.clean(text("text"));
    if (spoken.isEmpty()) throw new Wrong("the argument text is empty");
    return desk.words(spoken);
  }

  private Instant time(String name) throws Wrong {
    try {
      return OffsetDateTime.parse(text(name)).toInstant();
    } catch (DateTimeException unreadable) {
      throw new Wrong(name + " is a date and time with its offset, as 2026-11-30T09:00:00-05:00");
    }
  }

  private static long whole(JsonNode in, String name, long most) throws Wrong {
    var value = in.get(name);
    boolean fits = value != null && value.isIntegralNumber() && value.canConvertToLong();
    if (fits && value.asLong() >= 1 && value.asLong() <= most) return value.asLong();
    throw new Wrong(name + " is a whole number from 1 to " + most);
  }

  private long whole(JsonNode in, String name, int most) throws Wrong {
    used.add(name);
    return whole(in, name, (long) most);
  }

  private <E extends Enum<E>> E constant(Class<E> type, String name) throws Wrong {
    var text = text(name).toUpperCase(Locale.ROOT);
    for (var constant : type.getEnumConstants()) if (constant.name().equals(text)) return constant;
    throw new Wrong(name + " is granted, refused or unclear");
  }

  private String topic() throws Wrong {
    var topic = text("topic");
    if (topics.contains(topic)) return topic;
    throw new Wrong("topic is one of " + String.join(", ", topics));
  }

  private Role role() throws Wrong {
    var name = text("to");
    if (!REASON.matcher(name).matches()) throw new Wrong("to is the name of a role");
    return new Role(name);
  }

  private long heard() throws Wrong {
    var heard =
        briefing.prompts().stream()
            .filter(Prompt.Heard.class::isInstance)
            .map(prompt -> ((Prompt.Heard) prompt).seq())
            .toList();
    if (heard.isEmpty()) throw new Wrong("the buyer has said nothing new");
    return heard.getLast();
  }

  private Money total() throws Wrong {
    var total = member("total");
    var currency = total.path("currency").asText();
    if (!currency.matches("[A-Z]{3}") || total.size() != 2) {
      throw new Wrong("total is {\"currency\": \"USD\", \"minor\": 120000}");
    }
    return new Money(currency, whole(total, "minor", 1_000_000_000_000L));
  }

  /// Fields are named; their values are the facts of that name.
  private TreeMap<String, Value> known() throws Wrong {
    var fields = new TreeMap<String, Value>();
    for (var field : member("fields").properties()) {
      var fact = briefing.facts().get(field.getKey());
      if (fact == null) throw new Wrong("there is no fact " + Spoken.brief(field.getKey()));
      fields.put(field.getKey(), fact.value());
    }
    if (fields.isEmpty()) throw new Wrong("fields names at least one fact");
    return fields;
  }

  private TreeMap<String, Value> plain() throws Wrong {
    var values = new TreeMap<String, Value>();
    for (var name : List.copyOf(given.properties())) {
      var value = name.getValue();
      used.add(name.getKey());
      if (value.isIntegralNumber() && value.canConvertToLong()) {
        values.put(name.getKey(), Value.of(value.asLong()));
      } else if (value.isTextual() && NAME.matcher(value.asText()).matches()) {
        values.put(name.getKey(), Value.of(value.asText()));
      } else {
        throw new Wrong("an argument is neither a whole number nor a name");
      }
    }
    return values;
  }
}
