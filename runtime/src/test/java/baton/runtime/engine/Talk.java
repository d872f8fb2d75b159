package baton.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One conversation with a running engine, as its buyer leads it and an operator sees it.
final class Talk {
  static final String ZONE = "America/Denver";
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final AtomicInteger OPENED = new AtomicInteger();

  private final String id;
  private final ApiClient buyer;
  private final ApiClient operator;
  private final AtomicInteger messages;

  private Talk(String id, ApiClient buyer, ApiClient operator, AtomicInteger messages) {
    this.messages = messages;
    this.id = id;
    this.buyer = buyer;
    this.operator = operator;
  }

  /// Opens a conversation and waits for the greeting.
  static Talk open(EngineProcess engine) {
    var talk = opening(engine);
    talk.until(0, "buyers-turn");
    return talk;
  }

  /// The same in a campaign of a test's own.
  static Talk open(EngineProcess engine, String campaign) {
    var talk = opening(engine, campaign);
    talk.until(0, "buyers-turn");
    return talk;
  }

  /// Opens a conversation and waits for nothing.
  static Talk opening(EngineProcess engine) {
    return opening(engine, "inbound-trial");
  }

  static Talk opening(EngineProcess engine, String campaign) {
    var id = "talk-" + OPENED.incrementAndGet();
    var anybody = engine.anybody();
    var token = anybody.open(id, campaign, ZONE).as(201).get("token").asText();
    return new Talk(id, anybody.with(token), engine.operator(), new AtomicInteger());
  }

  /// The same conversation, at another node or where the engine runs by now.
  Talk on(EngineProcess engine) {
    return new Talk(id, engine.anybody().with(buyer.token()), engine.operator(), messages);
  }

  String id() {
    return id;
  }

  ApiClient buyer() {
    return buyer;
  }

  ApiClient operator() {
    return operator;
  }

  /// Says one sentence after the other, each when it is the buyer's turn.
  Talk say(String... sentences) {
    for (var sentence : sentences) until(saying(sentence), "buyers-turn", "closed");
    return this;
  }

  /// Says something as whoever is told "send the same again" does, and waits for the answer.
  Talk sayUntilTaken(String sentence) {
    var message = "m" + messages.incrementAndGet();
    long seq =
        Wait.upTo(
            ANSWER_MAX,
            id + " takes " + message,
            () ->
                Optional.of(buyer.say(id, message, sentence))
                    .filter(answer -> answer.status() != 503)
                    .map(answer -> answer.as(202).get("seq").asLong()));
    until(seq, "buyers-turn", "closed");
    return this;
  }

  /// Says something and waits for nothing.
  ///
  /// @return number of the last event when it was taken
  long saying(String sentence) {
    return buyer.say(id, "m" + messages.incrementAndGet(), sentence).as(202).get("seq").asLong();
  }

  /// Waits until one of these has happened after event number `after`.
  void until(long after, String... types) {
    var wanted = Set.of(types);
    Wait.upTo(
        ANSWER_MAX,
        () -> id + " comes to " + wanted + " after " + after + "; it has " + types(after),
        () -> types(after).stream().filter(wanted::contains).findFirst());
  }

  /// The types of what happened after event number `after`, in order.
  List<String> types(long after) {
    return operator.events(id, after).stream().map(event -> event.get("type").asText()).toList();
  }

  List<JsonNode> events(String type) {
    return operator.events(id, 0).stream()
        .filter(event -> event.get("type").asText().equals(type))
        .toList();
  }

  /// The messages of the buyer that were taken, in order.
  List<String> heard() {
    return events("heard").stream()
        .map(event -> event.get("data").get("message").asText())
        .toList();
  }

  /// Number of the last event.
  long seq() {
    var events = operator.events(id, 0);
    return events.getLast().get("seq").asLong();
  }

  JsonNode view() {
    return operator.view(id);
  }

  String status() {
    return view().get("status").asText();
  }

  String holder() {
    return view().get("holder").asText();
  }

  long epoch() {
    return view().get("epoch").asLong();
  }

  /// What is known under a name, or missing.
  JsonNode fact(String name) {
    return view().path("facts").path(name).path("value");
  }

  String consent() {
    return view().path("consents").path("contact").path("state").asText();
  }

  /// The role that said the last line.
  String lastSpeaker() {
    return lastLine().get("by").asText();
  }

  JsonNode lastLine() {
    var lines = view().get("transcript");
    return lines.get(lines.size() - 1);
  }

  List<JsonNode> effects(String kind) {
    return operator.effects(id).stream()
        .filter(effect -> effect.get("kind").asText().equals(kind))
        .toList();
  }

  List<JsonNode> decisions(String kind) {
    return operator.decisions(id).stream()
        .filter(decision -> decision.get("action").get("kind").asText().equals(kind))
        .toList();
  }

  /// The clauses that gave a decision its verdict.
  static Set<String> clauses(JsonNode decision) {
    return ApiClient.list(decision.get("findings")).stream()
        .filter(finding -> finding.get("verdict").equals(decision.get("verdict")))
        .map(finding -> finding.get("clause").asText())
        .collect(Collectors.toSet());
  }

  Optional<JsonNode> openApproval() {
    return operator.approvals().stream()
        .filter(approval -> approval.get("conversation").asText().equals(id))
        .findFirst();
  }

  void resolve(JsonNode approval, String verdict) {
    long before = seq();
    operator.resolve(approval.get("id").asText(), verdict, "for a test").as(200);
    until(before, "buyers-turn");
  }

  private List<JsonNode> claimed() {
    return operator.effects(id).stream()
        .filter(effect -> effect.get("state").asText().equals("claimed"))
        .toList();
  }

  /// What must hold of every conversation's effects and decisions, whatever was said.
  List<String> irregularities() {
    var wrong = new ArrayList<String>();
    Wait.until(ANSWER_MAX, id + " has nothing on its way", () -> claimed().isEmpty());
    // Before the decisions: by then each of them has its own.
    var effects = operator.effects(id);
    var decisions = operator.decisions(id);
    Predicate<JsonNode> permitted =
        effect ->
            decisions.stream()
                .anyMatch(decision ->
                    decision.get("permit").equals(effect.get("permit"))
                        && decision.get("verdict").asText().equals("permit")
                        && decision.get("role").equals(effect.get("role")));
    var keys = new java.util.HashSet<String>();
    for (var effect : effects) {
      if (!permitted.test(effect)) wrong.add("no permit for " + effect);
      if (!keys.add(effect.get("key").asText())) wrong.add("a key twice: " + effect);
      if (!effect.get("state").asText().equals("confirmed")) wrong.add("not confirmed: " + effect);
    }
    for (var decision : decisions) {
      if (!decision.get("verdict").asText().equals("permit") && clauses(decision).isEmpty()) {
        wrong.add("no clause for " + decision);
      }
      if (decision.get("words").asText().isEmpty()) wrong.add("no words for " + decision);
    }
    return wrong;
  }
}
