package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.policy.Policy;
import baton.runtime.outreach.Invitation;
import baton.runtime.outreach.NotRead;
import baton.runtime.outreach.Outreach;
import baton.runtime.outreach.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What operators do with a campaign's leads: bring them, and start and stop writing to them.
final class Campaigns {
  private static final Set<String> CSV = Set.of("text/csv", "application/csv", "text/plain");

  private final Ports ports;

  Campaigns(Ports ports) {
    this.ports = ports;
  }

  List<Route> routes() {
    return List.of(
        operator("POST", "/v1/campaigns/{campaign}/leads.csv", this::add).streamed(),
        operator("GET", "/v1/campaigns/{campaign}/leads", this::leads).with("after", "state"),
        operator("POST", "/v1/campaigns/{campaign}/outreach", this::set),
        operator("GET", "/v1/campaigns/{campaign}/outreach", this::status));
  }

  private static Route operator(String method, String template, Route.Handler handler) {
    return Route.of(method, template, Route.Access.OPERATOR, handler);
  }

  private Answer add(Asked asked) {
    var policy = policy(asked);
    if (!CSV.contains(asked.mediaType())) {
      throw Problem.of(415, "leads are sent as Content-Type: text/csv");
    }
    try {
      var report =
          ports
              .outreach()
              .add(asked.tenant(), policy.campaign(), asked.stream())
              .orElseThrow(() ->
                  Problem.later(
                      503,
                      "another file of leads is being read: send this one after it",
                      Duration.ofSeconds(10)));
      var answer = new LinkedHashMap<String, Object>(report.counts());
      answer.put("rows", report.rows());
      answer.put("leftOut", report.leftOut());
      return Answer.ok(answer);
    } catch (NotRead broken) {
      throw Problem.invalid(broken.getMessage());
    }
  }

  private Answer leads(Asked asked) {
    var policy = policy(asked);
    var state = Optional.ofNullable(asked.query().get("state"));
    if (state.isPresent() && !Outreach.states().contains(state.get())) {
      throw Problem.invalid("'state' is not one of " + String.join(", ", Outreach.states()));
    }
    return Answer.ok(
        ports.outreach().leads(asked.tenant(), policy.campaign(), asked.number("after", 0), state));
  }

  private Answer status(Asked asked) {
    var policy = policy(asked);
    return Answer.ok(
        shown(asked, policy, ports.outreach().status(asked.tenant(), policy.campaign())));
  }

  private Answer set(Asked asked) {
    var body = asked.json("state", "reason");
    boolean runs = body.oneOf("state", "running", "stopped").equals("running");
    String reason = body.line("reason", 500);
    var policy = policy(asked);
    if (runs) mayRun(policy);
    return Answer.ok(
        shown(
            asked,
            policy,
            ports
                .outreach()
                .set(asked.tenant(), policy.campaign(), runs, reason, asked.operator())));
  }

  private void mayRun(Policy policy) {
    if (policy.outreach().isEmpty()) {
      throw Problem.invalid(
          "this campaign does not write to anybody first: give its policy a section outreach");
    }
    Invitation.lacking(policy)
        .or(ports.outreach()::lacking)
        .ifPresent(lacking -> {
          throw Problem.invalid("this campaign cannot write: " + lacking);
        });
  }

  /// A pause that keeps the campaign from writing, although it runs.
  private record PauseView(String scope, String reason, String operator, Instant since) {}

  private List<PauseView> pauses(String tenant, Policy policy) {
    return Planner.pauses(ports.controls(), tenant, policy).stream()
        .map(row -> new PauseView(row.scope().toString(), row.reason(), row.operator(), row.at()))
        .toList();
  }

  private Map<String, Object> shown(Asked asked, Policy policy, Outreach.Status status) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("campaign", status.campaign());
    shown.put("state", status.state());
    shown.put("reason", status.reason());
    shown.put("operator", status.operator());
    shown.put("since", status.since());
    shown.put(
        "pace", policy.outreach().map(Policy.Outreach::pace).map(Duration::toString).orElse(null));
    shown.put("openedAt", status.openedAt());
    shown.put("paused", pauses(asked.tenant(), policy));
    shown.put("leads", status.leads());
    shown.put("refused", status.refused());
    shown.put("done", status.done());
    return shown;
  }

  private Policy policy(Asked asked) {
    String campaign = asked.path().get("campaign");
    if (!ConversationId.isName(campaign)) throw unknown();
    return ports
        .policies()
        .active(asked.tenant(), campaign)
        .orElseThrow(Campaigns::unknown)
        .policy();
  }

  private static Problem unknown() {
    return Problem.of(404, "there is no such campaign: see /v1/campaigns");
  }
}
