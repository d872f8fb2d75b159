package baton.runtime.pages.console;

import baton.handoff.port.Claims;
import baton.handoff.port.Policies;
import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Desk;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import baton.runtime.view.EffectView;
import baton.runtime.view.Timeline;
import baton.runtime.view.Timeline.Row;
import baton.runtime.view.Timelines;
import baton.runtime.view.Tracks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The page of one conversation, and what keeps it up to date.
final class Talk {
  /// The page opens on this many of the newest events.
  private static final long NEWEST = 100;

  private static final int ROWS_MAX = 400;
  private static final int EFFECTS_MAX = 200;

  private final Watch watch;

  Talk(Watch watch) {
    this.watch = watch;
  }

  List<Route> routes() {
    return List.of(
        Route.page("GET", "/conversations/{id}", Route.Access.OPERATOR, this::page)
            .with("before", "show"),
        Route.page("GET", "/conversations/{id}/news", Route.Access.OPERATOR, this::news)
            .with("after", "show", "from", "before"));
  }

  private Answer page(Asked asked) {
    var known = watch.ground().desk().known(asked);
    var timeline = Timelines.of(known.entries(), watch.ground().desk().sight(asked));
    long before = asked.number("before", timeline.last() + 1);
    boolean blockedOnly = blockedOnly(asked);
    var window =
        blockedOnly
            ? shown(timeline, true).toList()
            : shown(timeline, false)
                .filter(row -> row.seq() < before && row.seq() >= before - NEWEST)
                .toList();
    var rows = window.subList(Math.max(0, window.size() - ROWS_MAX), window.size());
    boolean more = !blockedOnly && before - NEWEST > 1;
    var view =
        view(
            asked,
            known,
            timeline,
            rows,
            more ? Optional.of(before - NEWEST) : Optional.empty(),
            !blockedOnly && before <= timeline.last());
    return watch
        .templates()
        .page(
            200,
            "console/conversation",
            watch.frame(asked, view.title()),
            Map.of("rail", watch.rail(asked, "conversations"), "talk", view));
  }

  /// What the page does not show yet, and what it shows and is no longer so: of the rows from the
  /// first that it has on, and, where it shows a stretch of the past, none behind that.
  private Answer news(Asked asked) {
    var known = watch.ground().desk().known(asked);
    var timeline = Timelines.of(known.entries(), watch.ground().desk().sight(asked));
    long after = asked.number("after", 0);
    long from = asked.number("from", 0);
    long before = asked.number("before", Long.MAX_VALUE);
    var rows =
        shown(timeline, blockedOnly(asked))
            .filter(row -> row.touched() > after && row.seq() >= from && row.seq() < before)
            .limit(ROWS_MAX)
            .toList();
    return watch
        .templates()
        .part(
            "console/news",
            Map.of(
                "talk",
                view(asked, known, timeline, rows, Optional.empty(), false),
                "after",
                after,
                "csrf",
                asked.csrf()));
  }

  private static boolean blockedOnly(Asked asked) {
    String show = asked.query().getOrDefault("show", "all");
    if (!Set.of("all", "blocked").contains(show)) {
      throw Problem.invalid("'show' is not one of all, blocked");
    }
    return show.equals("blocked");
  }

  private static java.util.stream.Stream<Row> shown(Timeline timeline, boolean blockedOnly) {
    return timeline.rows().stream()
        .filter(row ->
            !blockedOnly
                || row.content() instanceof Timeline.Moved
                || row.content() instanceof Timeline.Decision decision && decision.isBlocked());
  }

  private TalkView view(
      Asked asked,
      Desk.Known known,
      Timeline timeline,
      List<Row> rows,
      Optional<Long> earlier,
      boolean isPast) {
    var desk = watch.ground().desk();
    var ports = watch.ground().ports();
    var view = desk.view(known, desk.sight(asked));
    var open = ports.claims().open(known.id());
    var taken =
        open.stream()
            .filter(claim -> claim.state() == Claims.ClaimState.CLAIMED)
            .map(Claims.Claim::permit)
            .collect(Collectors.toSet());
    String paused =
        view.status().equals("closed")
            ? ""
            : watch.paused(asked, known.id(), view.campaign(), view.holder());
    var name = view.facts().get("name");
    return new TalkView(
        view.id(),
        name != null && name.value() instanceof String text ? text : "",
        view.campaign(),
        view.channel(),
        view.status(),
        view.holder() == null ? "" : view.holder(),
        view.epoch(),
        activePolicy(asked, view.campaign()),
        known.entries().getFirst().now().at(),
        timeline.last(),
        TrackShape.of(Tracks.of(known.entries(), taken), paused),
        rows,
        earlier,
        isPast,
        (int)
            timeline.rows().stream()
                .filter(row ->
                    row.content() instanceof Timeline.Decision decision && decision.isBlocked())
                .count(),
        blockedOnly(asked),
        "human".equals(view.holder()),
        view.facts(),
        view.consents(),
        effects(asked, known));
  }

  private String activePolicy(Asked asked, String campaign) {
    return watch.ground().ports().policies().active(asked.tenant()).stream()
        .filter(active -> active.campaign().equals(campaign))
        .map(Policies.Active::hash)
        .findFirst()
        .orElse("");
  }

  private List<EffectView> effects(Asked asked, Desk.Known known) {
    var desk = watch.ground().desk();
    var claims =
        watch
            .ground()
            .ports()
            .claims()
            .page(asked.tenant(), 0, Optional.of(known.id().id()), EFFECTS_MAX);
    return desk.effects(claims, desk.sight(asked));
  }
}
