package baton.runtime.http;

import baton.handoff.Command;
import baton.handoff.Command.Leave.How;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.action.Words;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Interpreter;
import baton.runtime.Engine;
import baton.runtime.view.ConversationView;
import baton.runtime.view.EventView;
import baton.runtime.view.Sight;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What buyers do: open a conversation, say something, read along.
public final class Buyers {
  private static final int EVENTS_MAX = 1_000;

  /// The vault's purposes.
  static final String IDENTITY = "identity";

  static final String TRANSCRIPT = "transcript";

  private final Ports ports;
  private final Desk desk;
  private final Acquaintances acquaintances;
  private final Tokens tokens;
  private final HttpSettings settings;
  private final Rates rates;
  private final Streams streams;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Buyers(
      Ports ports,
      Desk desk,
      Tokens tokens,
      HttpSettings settings,
      Rates rates,
      Streams streams,
      InstantSource clock) {
    this.ports = ports;
    this.desk = desk;
    this.acquaintances = new Acquaintances(ports.engine());
    this.tokens = tokens;
    this.settings = settings;
    this.rates = rates;
    this.streams = streams;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/conversations", Route.Access.ANYONE, this::open),
        Route.of("GET", "/v1/conversations/{id}", Route.Access.CONVERSATION, this::state),
        Route.of(
            "POST", "/v1/conversations/{id}/messages", Route.Access.CONVERSATION, this::message),
        Route.of("POST", "/v1/conversations/{id}/arrive", Route.Access.CONVERSATION, this::arrive),
        Route.of("POST", "/v1/conversations/{id}/leave", Route.Access.CONVERSATION, this::leave),
        Route.of("GET", "/v1/conversations/{id}/events", Route.Access.CONVERSATION, this::events)
            .with("after"));
  }

  private Answer open(Asked asked) throws InterruptedException {
    var opened = open(asked, asked.json("id", "campaign", "channel", "buyer"));
    var view = opened.view;
    var answer = summary(view.id(), view.holder(), view.epoch(), view.status());
    answer.put("token", tokens.of(opened.id));
    return new Answer.Value(opened.isNew ? 201 : 200, answer);
  }

  /// @param isNew whether it was not there before
  public record Opening(ConversationId id, ConversationView view, boolean isNew) {}

  /// Opens a conversation as `body` says.
  public Opening open(Asked asked, Body body) throws InterruptedException {
    String campaign = body.line("campaign", 64);
    String channel = body.line("channel", 64);
    var given = body.optionalName("id");
    var buyer = body.object("buyer", "id", "phone", "email", "timeZone", "region", "segment");
    var document = campaign(asked, campaign);
    if (!document.policy().inbound() && !asked.caller().isOperator()) {
      throw asked.caller() instanceof Caller.Anonymous
          ? Problem.of(401, "this campaign takes no inbound chat: send the operator token")
          : Problem.of(403, "this campaign takes no inbound chat: only operators open it");
    }
    if (!document.policy().channels().contains(channel)) {
      throw Problem.invalid(
          "unknown channel: this campaign has "
              + String.join(", ", document.policy().channels().stream().sorted().toList()));
    }
    var sealed = seal(asked.tenant(), campaign, channel, buyer);
    var id = new ConversationId(asked.tenant(), given.orElseGet(this::newId));
    var reply = desk.send(asked, id, new Command.Open(campaign, channel, sealed));
    var view = desk.viewNow(id, desk.sight(asked));
    return new Opening(id, view, reply instanceof Engine.Reply.Done);
  }

  static Map<String, Object> summary(String id, String holder, long epoch, String status) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("id", id);
    summary.put("holder", holder);
    summary.put("epoch", epoch);
    summary.put("status", status);
    return summary;
  }

  private PolicyDocument campaign(Asked asked, String campaign) {
    return ports
        .policies()
        .active(asked.tenant(), campaign)
        .orElseThrow(() ->
            Problem.invalid(
                asked.caller().isOperator()
                    ? "unknown campaign: active are "
                        + String.join(
                            ", ",
                            ports.policies().active(asked.tenant()).stream()
                                .map(active -> active.campaign())
                                .toList())
                    : "unknown campaign"));
  }

  /// Everything that may identify the buyer is sealed here.
  private Command.Buyer seal(String tenant, String campaign, String channel, Body buyer) {
    String id = buyer.line("id", 200);
    var phone = buyer.optionalLine("phone", 32);
    var email = buyer.optionalLine("email", 254);
    String zone = buyer.optionalLine("timeZone", 64).orElse("");
    String region = buyer.optionalName("region").orElse("");
    String segment = buyer.optionalName("segment").orElse("");
    if (!zone.isEmpty() && zone(zone).isEmpty()) {
      throw Problem.invalid("'buyer.timeZone' is not a zone such as America/Denver");
    }
    String subject = ports.vault().subject(tenant, id);
    String all =
        Json.write(
            List.of(
                campaign, channel, id, phone.orElse(""), email.orElse(""), zone, region, segment));
    return new Command.Buyer(
        subject,
        ports.vault().seal(tenant, subject, IDENTITY, all).digest(),
        ports.vault().seal(tenant, subject, IDENTITY, id),
        phone.map(text -> ports.vault().seal(tenant, subject, IDENTITY, text)),
        email.map(text -> ports.vault().seal(tenant, subject, IDENTITY, text)),
        zone,
        region,
        segment);
  }

  private Answer arrive(Asked asked) throws InterruptedException {
    arrive(asked, asked.json("channel").line("channel", 64));
    return Answer.ok(desk.viewNow(asked.conversation(), desk.sight(asked)));
  }

  /// To a conversation that the engine began the buyer comes by a link. Whoever is there already
  /// stays so.
  public void arrive(Asked asked, String channel) throws InterruptedException {
    desk.send(asked, asked.conversation(), new Command.Arrive(channel));
  }

  /// The channel has found out that the buyer is not there any more, or never was. Told again it
  /// changes nothing.
  private Answer leave(Asked asked) throws InterruptedException {
    var words = Stream.of(How.values()).map(How::word).toArray(String[]::new);
    var how = How.of(asked.json("how").oneOf("how", words)).orElseThrow();
    desk.send(asked, asked.conversation(), new Command.Leave(how));
    return Answer.ok(desk.viewNow(asked.conversation(), desk.sight(asked)));
  }

  private Answer message(Asked asked) throws InterruptedException {
    return new Answer.Value(202, take(asked, asked.json("id", "text", "confidence")));
  }

  /// Takes a message into the journal. Where there is more than the conversation may have at a time
  /// it is not taken, and may be sent again.
  public Taken take(Asked asked, Body body) throws InterruptedException {
    var id = asked.conversation();
    rates
        .take(id.key())
        .ifPresent(wait -> {
          throw Problem.later(429, "too many messages in this conversation", wait);
        });
    String message = messageId(body);
    String text = body.text("text", settings.textMaxChars());
    int confidence = body.percent("confidence", 100);
    var known = acquaintances.of(id);
    var opened = known.opened().orElseThrow(asked::unknown);
    var interpreter = interpreter(asked, opened);
    String subject = opened.buyer().subject();
    String all = Json.write(List.of(message, text, confidence));
    String digest = ports.vault().seal(asked.tenant(), subject, TRANSCRIPT, all).digest();
    var sealed = ports.vault().seal(asked.tenant(), subject, TRANSCRIPT, text);
    var command =
        switch (asked.caller()) {
          case Caller.Operator(var operator) ->
              new Command.Say(
                  message, digest, operator, new Words.Own(sealed, interpreter.agent(text)));
          case Caller.Buyer _, Caller.Anonymous _ ->
              new Command.Hear(
                  message,
                  digest,
                  sealed,
                  read(asked, opened, known.zone(), interpreter, text),
                  confidence);
        };
    long seq =
        switch (desk.send(asked, id, command)) {
          case Engine.Reply.Done(var last) -> last;
          case Engine.Reply.Unchanged(var last) -> last;
          case Engine.Reply.Rejected _, Engine.Reply.Busy _ ->
              throw new IllegalStateException("a refusal was taken for an answer");
        };
    return new Taken(message, seq);
  }

  private static String messageId(Body body) {
    String id = body.line("id", 128);
    if (id.matches("[A-Za-z0-9._:-]+")) return id;
    throw Problem.invalid("'id' is not 1 to 128 letters, digits, '.', '_', ':' and '-'");
  }

  private Interpreter interpreter(Asked asked, Event.Opened opened) {
    return ports
        .policies()
        .active(asked.tenant(), opened.campaign())
        .map(ports.interpreters())
        .orElseThrow(() ->
            Problem.later(
                503, "the campaign has no active policy", java.time.Duration.ofSeconds(10)));
  }

  private List<Signal> read(
      Asked asked, Event.Opened opened, Optional<Fact> zone, Interpreter interpreter, String text) {
    String tenant = asked.tenant();
    String subject = opened.buyer().subject();
    return interpreter.buyer(
        text,
        clock.instant(),
        buyersZone(asked, opened, zone),
        span -> ports.vault().seal(tenant, subject, IDENTITY, span));
  }

  /// What the buyer said last, else what the conversation was opened with, else the seller's.
  private ZoneId buyersZone(Asked asked, Event.Opened opened, Optional<Fact> said) {
    return said.map(fact -> fact.value().shown())
        .flatMap(Buyers::zone)
        .or(() -> zone(opened.buyer().zone()))
        .or(() ->
            ports
                .policies()
                .active(asked.tenant(), opened.campaign())
                .map(document -> document.policy().zone()))
        .orElse(ZoneId.of("UTC"));
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return ZoneId.getAvailableZoneIds().contains(name)
          ? Optional.of(ZoneId.of(name))
          : Optional.empty();
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private Answer state(Asked asked) {
    return Answer.ok(desk.view(desk.known(asked), desk.sight(asked)));
  }

  private Answer events(Asked asked) {
    long after = asked.after();
    Sight sight = desk.sight(asked);
    if (asked.wantsStream()) {
      var id = asked.conversation();
      if (acquaintances.of(id).opened().isEmpty()) throw asked.unknown();
      return new Answer.Stream(streams.open(id, after, sight));
    }
    var events = EventView.of(desk.known(asked).entries(), after, sight);
    return Answer.ok(events.stream().limit(EVENTS_MAX).toList());
  }

  private String newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return "c-" + HexFormat.of().formatHex(bytes);
  }

  /// @param seq number of the last event
  public record Taken(String id, long seq) {}
}
