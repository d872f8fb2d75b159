package baton.runtime.pages.console;

import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.port.Claims.ClaimState;
import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Route;
import baton.runtime.view.Roster.Held;
import baton.runtime.view.Roster.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The page *Now*: what needs a person first, then who holds what, then what was decided.
public final class Overviews {
  private static final int NEEDS_MAX = 50;

  private final Watch watch;
  private final Supplier<List<Tally>> tallies;

  Overviews(Watch watch, Supplier<List<Tally>> tallies) {
    this.watch = watch;
    this.tallies = tallies;
  }

  /// Something that waits for a person.
  ///
  /// @param kind `approval`, `offer`, `waiting` or `unknown`
  /// @param until when it is too late, or null where it never is
  /// @param act the word on the link
  public record Need(
      String kind,
      String words,
      String detail,
      Instant until,
      Instant at,
      String link,
      String act) {}

  /// Who has how many conversations.
  ///
  /// @param x where its part of the bar begins, and `width` how long it is, in percent
  public record Share(String holder, String style, long count, String x, String width) {}

  List<Route> routes() {
    return List.of(
        Route.page("GET", "/", Route.Access.OPERATOR, this::page),
        Route.page("GET", "/now", Route.Access.OPERATOR, this::part));
  }

  private Answer page(Asked asked) {
    var members = members(asked);
    return watch
        .templates()
        .page(
            200,
            "console/now",
            watch.frame(asked, "Now"),
            Map.of(
                "rail",
                watch.rail(asked, "now"),
                "needs",
                members.needs,
                "shares",
                members.shares,
                "tallies",
                tallies.get()));
  }

  private Answer part(Asked asked) {
    var members = members(asked);
    return watch
        .templates()
        .part(
            "console/now-body",
            Map.of("needs", members.needs, "shares", members.shares, "tallies", tallies.get()));
  }

  private record Members(List<Need> needs, List<Share> shares) {}

  private Members members(Asked asked) {
    return new Members(needs(asked), shares(watch.roster().held(asked.tenant())));
  }

  private List<Need> needs(Asked asked) {
    var needs = new ArrayList<Need>();
    for (var item : watch.openApprovals(asked)) {
      needs.add(
          new Need(
              "approval",
              item.what(),
              "Needs the right “" + item.right() + "”",
              item.expiresAt(),
              item.openedAt(),
              "/approvals#a-" + item.conversation() + "-" + item.seq(),
              "Decide"));
    }
    for (var row : page(asked, "passing", "nobody")) {
      var offered = last(asked, row, Event.Revoked.class);
      boolean toPerson = offered.filter(revoked -> revoked.to().name().equals("human")).isPresent();
      if (toPerson) {
        needs.add(
            need("offer", "A buyer is waiting for a person", offered.get().from().name(), row));
      }
    }
    for (var row : page(asked, "open", "nobody")) {
      String why = last(asked, row, Event.Released.class).map(Event.Released::reason).orElse("");
      needs.add(need("waiting", "Nobody has this conversation", why, row));
    }
    for (var claim : watch.unfinished(asked)) {
      if (claim.state() != ClaimState.UNKNOWN) continue;
      needs.add(
          new Need(
              "unknown",
              "Nobody knows what came of: " + Show.plain(claim.kind()),
              Show.holder(claim.role()),
              null,
              claim.at(),
              "/conversations/" + claim.conversation().id(),
              "Look"));
    }
    return needs;
  }

  private static Need need(
      String kind, String words, String detail, baton.handoff.port.Conversations.Row row) {
    return new Need(
        kind,
        words,
        Show.capital(detail),
        null,
        row.updatedAt(),
        "/conversations/" + row.id().id(),
        kind.equals("offer") ? "Take over" : "Look");
  }

  private List<baton.handoff.port.Conversations.Row> page(
      Asked asked, String status, String holder) {
    var wanted = new Wanted(Optional.of(status), Optional.empty(), Optional.of(holder));
    return watch.roster().page(asked.tenant(), wanted, Optional.empty(), NEEDS_MAX);
  }

  private <E extends Event> Optional<E> last(
      Asked asked, baton.handoff.port.Conversations.Row row, Class<E> type) {
    return watch.ground().desk().find(row.id()).stream()
        .flatMap(known -> known.entries().reversed().stream())
        .map(Entry::events)
        .flatMap(events -> events.reversed().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  static List<Share> shares(List<Held> held) {
    long total = held.stream().mapToLong(Held::count).sum();
    var shares = new ArrayList<Share>();
    double x = 0;
    var sorted =
        held.stream()
            .sorted(Comparator.comparingInt((Held h) -> order(h)).thenComparing(Held::holder));
    for (var part : sorted.toList()) {
      double width = 100.0 * part.count() / total;
      shares.add(
          new Share(
              part.status().equals("passing") ? "Between two" : Show.holder(part.holder()),
              style(part),
              part.count(),
              percent(x),
              percent(width)));
      x += width;
    }
    return shares;
  }

  private static String percent(double share) {
    return String.format(java.util.Locale.ROOT, "%.2f%%", share);
  }

  private static int order(Held held) {
    return switch (held.holder()) {
      case "booking" -> 0;
      case "transfer" -> 1;
      case "closing" -> 2;
      case "human" -> 8;
      case "" -> 9;
      default -> 5;
    };
  }

  private static String style(Held held) {
    return switch (held.holder()) {
      case "" -> "nobody";
      case "human" -> "human";
      default -> "role-" + order(held);
    };
  }
}
