package baton.runtime.http;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.port.Controls;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.handoff.port.Conversations;
import baton.handoff.port.Policies;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.Rehearsal;
import baton.runtime.view.Approvals;
import baton.runtime.view.ConversationView;
import baton.runtime.view.DecisionView;
import baton.runtime.view.Pauses;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What operators do: oversee, take over, approve, stop and start.
public final class Officers {
  private static final int PAGE_MAX = 100;
  private static final int APPROVALS_MAX = 500;
  private static final int REASON_MAX_CHARS = 500;
  private static final Set<String> POLICY_TYPES =
      Set.of(
          "application/yaml", "text/yaml", "application/x-yaml", "application/json", "text/plain");

  private final Ports ports;
  private final Desk desk;
  private final InstantSource clock;

  Officers(Ports ports, Desk desk, InstantSource clock) {
    this.ports = ports;
    this.desk = desk;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        operator("GET", "/v1/campaigns", this::campaigns),
        operator("GET", "/v1/conversations", this::list).with("after", "status"),
        operator("GET", "/v1/conversations/{id}/decisions", this::decisions),
        operator("POST", "/v1/conversations/{id}/takeover", this::takeOver),
        operator("POST", "/v1/conversations/{id}/handback", this::handBack),
        operator("POST", "/v1/conversations/{id}/close", this::close),
        operator("PUT", "/v1/operators/me", this::available),
        operator("GET", "/v1/approvals", this::approvals),
        operator("POST", "/v1/approvals/{approval}", this::resolve),
        operator("GET", "/v1/controls", this::controls),
        operator("PUT", "/v1/controls/{scope}", this::control),
        operator("GET", "/v1/policies", this::policies),
        operator("PUT", "/v1/policies/active", this::activate));
  }

  private static Route operator(String method, String template, Route.Handler handler) {
    return Route.of(method, template, Route.Access.OPERATOR, handler);
  }

  record CampaignView(String campaign, String title, String version, boolean inbound) {}

  private Answer campaigns(Asked asked) {
    return Answer.ok(
        ports.policies().active(asked.tenant()).stream()
            .map(active ->
                new CampaignView(
                    active.campaign(),
                    active.title(),
                    active.hash(),
                    ports
                        .policies()
                        .byHash(asked.tenant(), active.hash())
                        .map(document -> document.policy().inbound())
                        .orElse(false)))
            .toList());
  }

  record RowView(
      String id, String campaign, String status, String holder, long epoch, Instant updatedAt) {}

  /// Paused ones are found by the controls, so they are filtered here, page by page.
  private Answer list(Asked asked) {
    String after = asked.query().getOrDefault("after", "");
    if (!after.isEmpty() && !ConversationId.isName(after)) {
      throw Problem.invalid("'after' is not a conversation's id");
    }
    var status = Optional.ofNullable(asked.query().get("status"));
    var known = Set.of("open", "passing", "with-human", "paused", "closed");
    if (status.isPresent() && !known.contains(status.get())) {
      throw Problem.invalid("'status' is not one of open, passing, with-human, paused, closed");
    }
    var stored = status.filter(text -> !text.equals("paused"));
    var controls = ports.controls().all(asked.tenant());
    var found = new ArrayList<RowView>();
    List<Conversations.Row> page;
    do {
      page = ports.conversations().page(asked.tenant(), after, stored, PAGE_MAX);
      for (var row : page) {
        var view = row(row, controls);
        after = view.id;
        if (status.isEmpty() || status.get().equals(view.status)) found.add(view);
        if (found.size() == PAGE_MAX) return Answer.ok(found);
      }
    } while (page.size() == PAGE_MAX);
    return Answer.ok(found);
  }

  private static RowView row(Conversations.Row row, List<Controls.Row> controls) {
    boolean paused =
        !row.status().equals("closed")
            && Pauses.cover(controls, row.id(), row.campaign(), row.holder().orElse(null));
    return new RowView(
        row.id().id(),
        row.campaign(),
        paused ? "paused" : row.status(),
        row.holder().orElse(null),
        row.epoch(),
        row.updatedAt());
  }

  private Answer decisions(Asked asked) {
    return Answer.ok(DecisionView.of(desk.known(asked).entries(), desk.sight(asked)));
  }

  private Answer takeOver(Asked asked) throws InterruptedException {
    asked.jsonOrNothing();
    var view = command(asked, new Command.TakeOver(asked.operator()));
    var id = asked.conversation();
    var answer = summary(view);
    answer.put("scope", "conversation:" + id.id());
    answer.put("mode", view.status().equals("paused") ? "paused" : "running");
    answer.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS));
    answer.put("inFlight", desk.effects(ports.claims().open(id), desk.sight(asked)));
    return Answer.ok(answer);
  }

  private Answer handBack(Asked asked) throws InterruptedException {
    asked.jsonOrNothing();
    return Answer.ok(summary(command(asked, new Command.HandBack(asked.operator()))));
  }

  private Answer close(Asked asked) throws InterruptedException {
    String reason = asked.jsonOrNothing("reason").optionalLine("reason", 200).orElse("operator");
    return Answer.ok(summary(command(asked, new Command.End(asked.operator(), reason))));
  }

  private ConversationView command(Asked asked, Command command) throws InterruptedException {
    var known = desk.known(asked);
    desk.send(asked, known.id(), command);
    return desk.viewNow(known.id(), desk.sight(asked));
  }

  private static Map<String, Object> summary(ConversationView view) {
    return Buyers.summary(view.id(), view.holder(), view.epoch(), view.status());
  }

  /// @param until when this lapses; null for whoever is away
  record PresenceView(String operator, boolean available, Instant until) {}

  private Answer available(Asked asked) {
    boolean available = asked.json("available").bool("available");
    var presence =
        ports.operators().announced(asked.tenant(), asked.operator(), available, clock.instant());
    return Answer.ok(
        new PresenceView(presence.operator(), presence.available(), presence.until().orElse(null)));
  }

  private Answer approvals(Asked asked) {
    var open = new ArrayList<Map<String, Object>>();
    for (var row : ports.approvals().open(asked.tenant(), APPROVALS_MAX)) {
      approval(asked, row.conversation(), row.seq())
          .filter(approval -> approval.state().equals("open"))
          .ifPresent(approval -> open.add(shown(row.conversation(), approval)));
    }
    return Answer.ok(open);
  }

  private Answer resolve(Asked asked) throws InterruptedException {
    var body = asked.json("verdict", "reason");
    boolean yes = body.oneOf("verdict", "approve", "reject").equals("approve");
    String reason = body.line("reason", REASON_MAX_CHARS);
    return Answer.ok(resolve(asked, asked.path().get("approval"), yes, reason));
  }

  /// Answers an approval, whose id is `conversation.seq`.
  public Map<String, Object> resolve(Asked asked, String approval, boolean yes, String reason)
      throws InterruptedException {
    String[] parts = approval.split("\\.", -1);
    if (parts.length != 2 || !ConversationId.isName(parts[0]) || !parts[1].matches("[0-9]{1,18}")) {
      throw noSuchApproval();
    }
    var id = new ConversationId(asked.tenant(), parts[0]);
    long seq = Long.parseLong(parts[1]);
    if (approval(asked, id, seq).isEmpty()) throw noSuchApproval();
    desk.send(asked, id, new Command.Resolve(seq, asked.operator(), yes, reason));
    return shown(id, approval(asked, id, seq).orElseThrow());
  }

  private static Problem noSuchApproval() {
    return Problem.of(404, "there is no such approval");
  }

  private Optional<Approvals.Shown> approval(Asked asked, ConversationId id, long seq) {
    return desk.find(id).stream()
        .flatMap(known -> Approvals.of(id, known.entries(), desk.sight(asked)).stream())
        .filter(approval -> approval.seq() == seq)
        .findFirst();
  }

  private static Map<String, Object> shown(ConversationId id, Approvals.Shown approval) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", approval.id());
    shown.put("conversation", id.id());
    shown.put("seq", approval.seq());
    shown.put("action", approval.action());
    shown.put("role", approval.role());
    shown.put("right", approval.right());
    shown.put("state", approval.state());
    shown.put("expiresAt", approval.expiresAt());
    return shown;
  }

  record ControlView(
      String scope, String mode, String reason, String operator, Instant at, String etag) {}

  private static String etag(long version) {
    return Long.toString(version);
  }

  private Answer controls(Asked asked) {
    return Answer.ok(
        ports.controls().all(asked.tenant()).stream()
            .map(row ->
                new ControlView(
                    row.scope().toString(),
                    mode(row.mode()),
                    row.reason(),
                    row.operator(),
                    row.at(),
                    etag(row.version())))
            .toList());
  }

  private Answer control(Asked asked) {
    var body = asked.json("mode", "reason");
    var mode = Mode.valueOf(body.oneOf("mode", "running", "paused").toUpperCase(Locale.ROOT));
    String reason = body.line("reason", REASON_MAX_CHARS);
    var change = control(asked, asked.path().get("scope"), mode, reason);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("scope", change.row().scope().toString());
    answer.put("mode", mode(mode));
    answer.put("at", change.row().at());
    answer.put("inFlight", desk.effects(change.inFlight(), desk.sight(asked)));
    return Answer.ok(answer);
  }

  /// Pauses or resumes a scope that there is.
  public Controls.Change control(Asked asked, String scopeText, Mode mode, String reason) {
    var scope =
        Scope.parse(scopeText)
            .orElseThrow(() ->
                Problem.invalid(
                    "unknown scope: it is engine, tenant:NAME, campaign:NAME, role:NAME or"
                        + " conversation:ID"));
    mustExist(asked, scope);
    return ports
        .controls()
        .set(asked.tenant(), scope, mode, reason, asked.operator(), asked.seen());
  }

  /// A mistyped scope would pause nothing, and nobody would notice.
  private void mustExist(Asked asked, Scope scope) {
    var policies = ports.policies().active(asked.tenant());
    boolean exists =
        switch (scope.level()) {
          case ENGINE -> true;
          case TENANT -> scope.name().equals(asked.tenant());
          case CAMPAIGN ->
              policies.stream().anyMatch(active -> active.campaign().equals(scope.name()));
          case ROLE -> policies.stream().anyMatch(active -> hasRole(asked, active, scope.name()));
          case CONVERSATION ->
              desk.find(new ConversationId(asked.tenant(), scope.name())).isPresent();
        };
    if (exists) return;
    String what = scope.level().name().toLowerCase(Locale.ROOT);
    throw Problem.of(404, "there is no " + what + " of that name: nothing was changed");
  }

  private boolean hasRole(Asked asked, Policies.Active active, String name) {
    return Set.of("human", "engine").contains(name)
        || ports
            .policies()
            .byHash(asked.tenant(), active.hash())
            .filter(document ->
                document.policy().mandates().keySet().stream()
                    .anyMatch(role -> role.name().equals(name)))
            .isPresent();
  }

  private static String mode(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  record PolicyView(
      String campaign, String version, String title, Instant since, String operator, String etag) {}

  private Answer policies(Asked asked) {
    return Answer.ok(ports.policies().active(asked.tenant()).stream().map(Officers::view).toList());
  }

  private static PolicyView view(Policies.Active active) {
    return new PolicyView(
        active.campaign(),
        active.hash(),
        active.title(),
        active.since(),
        active.operator(),
        etag(active.version()));
  }

  private Answer activate(Asked asked) {
    if (!POLICY_TYPES.contains(asked.mediaType())) {
      throw Problem.of(415, "a policy is sent as Content-Type: application/yaml");
    }
    String text = utf8(asked.body());
    var compilation =
        asked.mediaType().equals("application/json")
            ? PolicyCompiler.fromJson(text)
            : PolicyCompiler.compile("policy.yaml", text, Includes.none());
    return switch (compilation) {
      case Compilation.Compiled(var document) -> {
        var wrong = Rehearsal.wrong(document);
        if (wrong.isPresent()) throw notValid(List.of(wrong.get()));
        yield Answer.ok(
            view(
                ports
                    .policies()
                    .activate(asked.tenant(), document, asked.operator(), asked.seen())));
      }
      case Compilation.Invalid(var problems) ->
          throw notValid(problems.stream().map(Object::toString).toList());
    };
  }

  private static Problem notValid(List<String> problems) {
    return Problem.invalid("the policy is not valid: nothing was changed", problems);
  }

  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Problem.of(400, "the policy is not UTF-8");
    }
  }
}
