package baton.runtime.view;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The sentence for each code that the gate's checks give. Of several, the first is taken whose
/// details are all there.
final class Sentences {
  private static final Pattern DETAIL = Pattern.compile("\\{([a-z]+)}");

  /// As [baton.handoff.fact.Value#shown] writes an amount that has at least three digits.
  private static final Pattern AMOUNT = Pattern.compile("^([A-Z]{3}) ([0-9]+)([0-9]{2})$");

  private static final Map<String, String> MEASURES =
      Map.of(
          "turns", "messages of the buyer",
          "speech", "sentences voiced",
          "rounds", "answers without a word of the buyer",
          "silences", "silences",
          "hand-offs", "hand-offs",
          "retries", "refused proposals in a row",
          "minutes", "minutes since the conversation was opened",
          "unanswered", "sentences without a word of the buyer",
          "percent", "a concession in percent",
          "attempts", "contacts of this buyer over all conversations");

  static final Map<String, List<String>> TABLE = table();

  private Sentences() {}

  static Optional<String> of(String code, Map<String, String> details) {
    String topic = topic(details);
    boolean yesIsMissing = !topic.isEmpty() && code.equals("fact-missing");
    var readable = readable(details, topic);
    return TABLE.getOrDefault(yesIsMissing ? "unconfirmed" : code, List.of()).stream()
        .filter(sentence -> names(sentence).allMatch(readable::containsKey))
        .findFirst()
        .map(sentence -> filled(sentence, readable));
  }

  /// What the buyer was to confirm: such facts are called `confirmed.TOPIC`.
  private static String topic(Map<String, String> details) {
    String fact = details.getOrDefault("fact", "");
    return fact.startsWith("confirmed.") ? fact.substring("confirmed.".length()) : "";
  }

  /// The same details with units, and without names that only an engineer knows.
  private static Map<String, String> readable(Map<String, String> details, String topic) {
    var readable = new HashMap<>(details);
    if (!topic.isEmpty()) {
      readable.put("topic", topic);
      readable.put("fact", "the yes to " + topic);
    }
    readable.replaceAll((_, text) -> AMOUNT.matcher(text).replaceAll("$1 $2.$3"));
    String measure = details.getOrDefault("measure", "");
    readable.computeIfPresent(
        "limit",
        (_, limit) ->
            switch (measure) {
              case "percent" -> limit + " %";
              case "amount" -> BigDecimal.valueOf(Long.parseLong(limit), 2).toPlainString();
              default -> limit;
            });
    readable.computeIfPresent("measure", (_, name) -> MEASURES.getOrDefault(name, kind(name)));
    return readable;
  }

  private static String kind(String measure) {
    return measure.startsWith("kind:")
        ? measure.substring("kind:".length()).replace('-', ' ')
        : measure.replace('-', ' ');
  }

  private static Stream<String> names(String sentence) {
    return DETAIL.matcher(sentence).results().map(found -> found.group(1));
  }

  private static String filled(String sentence, Map<String, String> details) {
    return DETAIL
        .matcher(sentence)
        .replaceAll(found -> Matcher.quoteReplacement(details.get(found.group(1))));
  }

  private static Map<String, List<String>> table() {
    var table = new HashMap<String, List<String>>();
    who(table);
    where(table);
    buyer(table);
    certainty(table);
    bounds(table);
    words(table);
    handOff(table);
    return Map.copyOf(table);
  }

  private static void who(Map<String, List<String>> table) {
    table.put("nothing-against", List.of("Nothing speaks against it."));
    table.put("paused", List.of("The engine is paused for {scope}.", "The engine is paused here."));
    table.put(
        "not-holder",
        List.of("Only the holder of the conversation may act, and this role does not hold it."));
    table.put("stale-epoch", List.of("It was proposed under a lease that has ended since."));
    table.put(
        "policy-not-current",
        List.of("The policy that it was to be decided by is not the active one."));
    table.put("mandate-missing", List.of("The policy gives this role no mandate."));
    table.put(
        "not-granted",
        List.of("The role's mandate does not grant it, and what is not granted is denied."));
    table.put("prohibited", List.of("The role's mandate forbids it."));
    table.put("autonomy-off", List.of("The policy lets no machine do this."));
    table.put(
        "autonomy-assist",
        List.of(
            "The policy asks for a person's yes each time, from a holder of the right “{right}”.",
            "The policy asks for a person's yes each time."));
    table.put(
        "right-exceeded",
        List.of(
            "It goes beyond {limit}, and nobody's right goes further.",
            "It goes beyond what anybody's right covers."));
    table.put(
        "right-needed",
        List.of(
            "It takes a holder of the right “{right}”, which goes up to {limit}.",
            "It takes a holder of the right “{right}” to permit it.",
            "It takes a right-holder to permit it."));
    table.put(
        "approved",
        List.of("A holder of the right “{right}” has approved it.", "It has been approved."));
  }

  private static void where(Map<String, List<String>> table) {
    table.put(
        "product-out-of-scope",
        List.of(
            "The product “{product}” is outside this role's scope.",
            "The product is outside this role's scope."));
    table.put(
        "channel-out-of-scope",
        List.of(
            "The channel “{channel}” is outside this role's scope.",
            "The channel is outside this role's scope."));
    table.put(
        "segment-out-of-scope",
        List.of(
            "The segment “{segment}” is outside this role's scope.",
            "The buyer's segment is outside this role's scope."));
    table.put(
        "field-out-of-scope",
        List.of(
            "The CRM field “{field}” is not one that this role may write.",
            "The CRM field is not one that this role may write."));
    table.put(
        "price-out-of-scope",
        List.of(
            "The total of {needed} is above {limit}, the highest that this role may handle.",
            "The total is above the highest that this role may handle."));
    table.put(
        "amount-unknown",
        List.of("The amount is not known, so nobody can tell whether it is allowed."));
  }

  private static void buyer(Map<String, List<String>> table) {
    table.put(
        "consent-missing",
        List.of("The buyer has not consented to {purpose}.", "The buyer has not consented."));
    table.put(
        "consent-not-supported",
        List.of(
            "What the buyer said does not bear out this answer on {purpose}.",
            "What the buyer said does not bear out this answer."));
    table.put("opted-out", List.of("The buyer has asked not to be contacted."));
    table.put(
        "disclosure-missing",
        List.of(
            "The disclosure “{disclosure}” must be made first.",
            "A disclosure must be made first."));
    table.put(
        "unknown-disclosure",
        List.of(
            "The policy has no disclosure “{disclosure}”.", "The policy has no such disclosure."));
    table.put(
        "outside-hours",
        List.of(
            "It is allowed from {from} to {until} on the buyer's clock.",
            "It is outside the hours that are allowed on the buyer's clock."));
    table.put(
        "zone-unknown",
        List.of("The buyer's time zone is not known, so the hours cannot be checked."));
    table.put("recording-not-consented", List.of("The buyer has not consented to a recording."));
  }

  private static void certainty(Map<String, List<String>> table) {
    table.put("nobody-there", List.of("The buyer is not there to hear it."));
    table.put("hung-up", List.of("The buyer has hung up and is not there to hear it."));
    table.put("voicemail", List.of("A machine answered: nobody is there to hear it."));
    table.put(
        "confidence-low",
        List.of(
            "The buyer's last message was understood with {confidence} % certainty; {needed} % is"
                + " needed.",
            "The buyer's last message was not understood surely enough."));
    table.put(
        "fact-missing",
        List.of("“{fact}” is not known yet.", "Something that is needed is not known yet."));
    table.put(
        "fact-stale",
        List.of(
            "What is known of “{fact}” is too old and must be confirmed again.",
            "Something that is needed is too old and must be confirmed again."));
    table.put(
        "fact-doubtful",
        List.of(
            "“{fact}” is not certain enough.", "Something that is needed is not certain enough."));
    table.put(
        "fact-agent-only",
        List.of(
            "“{fact}” rests on an agent's own words alone.",
            "It rests on an agent's own words alone."));
    table.put(
        "unconfirmed",
        List.of("The buyer has not said yes to “{topic}”.", "The buyer has not confirmed it."));
  }

  private static void bounds(Map<String, List<String>> table) {
    table.put(
        "limit-reached",
        List.of(
            "The limit of {limit} for {measure} is reached.", "A limit of the policy is reached."));
    table.put(
        "too-intense",
        List.of(
            "It would press the buyer too hard: {measure} may be {limit} at most.",
            "It would press the buyer too hard."));
    table.put(
        "unequal",
        List.of(
            "It would treat this buyer too differently from others: {measure} may be {limit} at"
                + " most.",
            "It would treat this buyer too differently from others."));
    table.put(
        "outcome-unknown",
        List.of("Nobody knows yet what came of one like it, so it is not repeated."));
    table.put("custom", List.of("A condition that the policy sets holds here."));
    table.put(
        "check-failed",
        List.of("This could not be checked, and what cannot be checked is not allowed."));
  }

  private static void words(Map<String, List<String>> table) {
    table.put(
        "language",
        List.of(
            "The words hold something that may not be said: {signal}, “{value}”.",
            "The words hold something that may not be said: {signal}.",
            "The words hold something that may not be said."));
    table.put(
        "reframe",
        List.of(
            "The words hold something that may not be said: {signal}, “{value}”. They may be put in"
                + " another way.",
            "The words hold something that may not be said. They may be put in another way."));
    table.put(
        "price-not-quoted",
        List.of(
            "The words name {value}, which was not quoted.",
            "The words name a price that was not quoted."));
    table.put(
        "discount-not-quoted",
        List.of(
            "The words name {value} % off, which was not quoted.",
            "The words name a discount that was not quoted."));
    table.put(
        "unknown-line",
        List.of("The policy has no line “{line}”.", "The policy has no such line."));
  }

  private static void handOff(Map<String, List<String>> table) {
    table.put(
        "no-such-transition",
        List.of(
            "The policy has no hand-off from {from} to {to}.", "The policy has no such hand-off."));
    table.put(
        "bounce-ceiling",
        List.of(
            "The hand-off from {from} to {to} may be taken {limit} times, and has been.",
            "This hand-off may be taken {limit} times, and has been.",
            "This hand-off has been taken as often as the policy allows."));
    table.put(
        "unknown-hand-off-target",
        List.of("The policy has no role “{to}”.", "The policy has no such role."));
  }
}
