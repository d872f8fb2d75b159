package baton.agents.model;

import baton.agents.Desk;
import baton.handoff.Outcome;
import baton.handoff.Prompt;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Value;
import baton.handoff.gate.Finding;
import baton.handoff.policy.Template;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Fills a prompt's fields from a briefing. What came from outside stands in quotes, as data.
///
/// @param words a finding in one sentence
record Prompting(Briefing briefing, Memory memory, Desk desk, Function<Finding, String> words) {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm", Locale.ROOT);

  String filled(Template template) {
    return template.filled(this::value);
  }

  private String value(String field) {
    return switch (field) {
      case "role" -> briefing.role().name();
      case "campaign" -> briefing.campaign();
      case "time" -> CLOCK.format(briefing.at().atZone(ZoneId.of(briefing.zone())));
      case "zone" -> briefing.zone() + (briefing.zoneKnown() ? "" : " (the seller's)");
      case "happened" -> lines(briefing.prompts().stream().map(Prompting::happened));
      case "facts" -> facts();
      case "consents" ->
          lines(
              briefing.consents().entrySet().stream()
                  .map(c -> c.getKey() + ": " + name(c.getValue().state())));
      case "disclosures" -> lines(briefing.disclosed().stream());
      case "allowed" -> lines(briefing.may().stream());
      case "refused" -> refused();
      case "memory" -> memory.read(desk);
      case String personal when personal.startsWith(Template.PERSONAL) ->
          personal(personal.substring(Template.PERSONAL.length()));
      case String unknown -> throw new IllegalArgumentException(unknown + " is no field");
    };
  }

  private static String lines(java.util.stream.Stream<String> lines) {
    return lines.map(line -> "- " + line + "\n").collect(Collectors.joining());
  }

  private static String happened(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Started(var previous) -> "you have the conversation now; before you: " + previous;
      case Prompt.Arrived(var channel) -> "the buyer has come by " + channel;
      case Prompt.Heard heard -> {
        var signals =
            heard.signals().stream()
                .map(signal -> signal.name() + "=" + quoted(signal.value()))
                .collect(Collectors.joining(", "));
        yield "the buyer spoke" + (signals.isEmpty() ? "" : "; understood: " + signals);
      }
      case Prompt.Voiced _ -> "the buyer was told what you said";
      case Prompt.Settled(_, var kind, var outcome) -> kind + ": " + outcome(outcome);
      case Prompt.Refused(_, var kind, var verdict, _) ->
          kind + " was not permitted: " + name(verdict);
      case Prompt.Waiting(_, var kind, _) -> kind + " waits for a person's approval";
      case Prompt.Silence(var count) -> "the buyer says nothing, for the " + count + ". time";
      case Prompt.FollowUp(var channel) -> "it is time for the follow-up by " + channel;
    };
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed _ -> "done; what it told is among the facts";
      case Outcome.Failed(var reason) -> "not done: " + reason;
      case Outcome.Unknown _ -> "nobody knows yet whether it was done";
    };
  }

  /// Personal facts are named, and not said.
  private String facts() {
    return lines(
        briefing.facts().entrySet().stream()
            .map(fact -> {
              var known = fact.getValue();
              var stale = known.freshAt(briefing.at()) ? "" : ", out of date";
              return fact.getKey()
                  + " = "
                  + quoted(known.value())
                  + " ("
                  + name(known.source())
                  + ", "
                  + known.confidence()
                  + " %"
                  + stale
                  + ")";
            }));
  }

  private String personal(String name) {
    return Optional.ofNullable(briefing.facts().get(name))
        .map(fact -> fact.value() instanceof Value.Secret(var sealed) ? desk.read(sealed) : "")
        .orElse("");
  }

  private String refused() {
    return lines(
        briefing.prompts().stream()
            .filter(Prompt.Refused.class::isInstance)
            .map(Prompt.Refused.class::cast)
            .flatMap(refused ->
                refused.findings().stream()
                    .map(finding -> refused.kind() + ": " + words.apply(finding))));
  }

  /// As JSON writes it, so that no value ends its own quotes.
  private static String quoted(Value value) {
    return switch (value) {
      case Value.Whole(var number) -> Long.toString(number);
      case Value text -> Arguments.quoted(text.shown());
    };
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
