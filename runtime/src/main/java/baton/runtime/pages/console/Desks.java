package baton.runtime.pages.console;

import baton.handoff.port.Controls;
import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import baton.runtime.view.ApprovalLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The pages *Approvals*, *Controls* and *Policy*.
public final class Desks {
  private final Watch watch;

  Desks(Watch watch) {
    this.watch = watch;
  }

  /// One scope that was ever set.
  ///
  /// @param link where it can be seen, or null
  public record ControlRow(
      String scope,
      String words,
      String link,
      boolean isPaused,
      String operator,
      Instant at,
      String reason) {}

  List<Route> routes() {
    return List.of(
        Route.page("GET", "/rail", Route.Access.OPERATOR, this::rail),
        Route.page("GET", "/approvals", Route.Access.OPERATOR, this::approvals),
        Route.page("GET", "/approvals.rows", Route.Access.OPERATOR, this::approvalRows),
        Route.page("GET", "/controls", Route.Access.OPERATOR, this::controls).with("scope"),
        Route.page("GET", "/policy", Route.Access.OPERATOR, this::policy).with("campaign"));
  }

  /// What stands around every page, for one that is open.
  private Answer rail(Asked asked) {
    return watch.templates().part("console/rail", Map.of("rail", watch.rail(asked, "")));
  }

  private Answer approvals(Asked asked) {
    return watch
        .templates()
        .page(
            200,
            "console/approvals",
            watch.frame(asked, "Approvals"),
            Map.of(
                "rail", watch.rail(asked, "approvals"),
                "open", watch.openApprovals(asked),
                "ended", watch.endedApprovals(asked)));
  }

  private Answer approvalRows(Asked asked) {
    List<ApprovalLog.Item> open = watch.openApprovals(asked);
    return watch
        .templates()
        .part(
            "console/approval-rows",
            Map.of("open", open, "ended", watch.endedApprovals(asked), "csrf", asked.csrf()));
  }

  private Answer controls(Asked asked) {
    var rows =
        watch.ground().ports().controls().all(asked.tenant()).stream()
            .map(row ->
                new ControlRow(
                    row.scope().toString(),
                    Show.sentence(Show.scope(row.scope())),
                    row.scope().level() == Controls.Scope.Level.CONVERSATION
                        ? "/conversations/" + row.scope().name()
                        : null,
                    row.mode() == Controls.Mode.PAUSED,
                    row.operator(),
                    row.at(),
                    row.reason()))
            .sorted(
                Comparator.comparing((ControlRow row) -> !row.isPaused)
                    .thenComparing(ControlRow::at, Comparator.reverseOrder()))
            .toList();
    return watch
        .templates()
        .page(
            200,
            "console/controls",
            watch.frame(asked, "Controls"),
            Map.of(
                "rail", watch.rail(asked, "controls"),
                "rows", rows,
                "scope", asked.query().getOrDefault("scope", "engine")));
  }

  private Answer policy(Asked asked) {
    var policies = watch.ground().ports().policies();
    var active = policies.active(asked.tenant());
    String wanted = asked.query().getOrDefault("campaign", "");
    var chosen =
        active.stream()
            .filter(one -> wanted.isEmpty() || one.campaign().equals(wanted))
            .findFirst();
    if (chosen.isEmpty() && !wanted.isEmpty()) {
      throw Problem.of(404, "there is no active policy for that campaign");
    }
    var book =
        chosen.flatMap(one ->
            policies
                .byHash(asked.tenant(), one.hash())
                .map(document -> PolicyBook.of(document.policy(), one)));
    return watch
        .templates()
        .page(
            200,
            "console/policy",
            watch.frame(asked, "Policy"),
            Map.of(
                "rail", watch.rail(asked, "policy"),
                "campaigns", active.stream().map(one -> one.campaign()).toList(),
                "book", book));
  }
}
