package baton.runtime.pages.console;

import baton.handoff.ConversationId;
import baton.handoff.port.Conversations.Row;
import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import baton.runtime.view.Pauses;
import baton.runtime.view.Roster.Place;
import baton.runtime.view.Roster.Wanted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The list of conversations, whatever changed last first.
public final class Conversations {
  private static final int ROWS = 50;
  private static final int CSV_MAX = 10_000;
  private static final int PAGES_MAX = 200;
  private static final Set<String> STATUSES =
      Set.of("open", "passing", "with-human", "paused", "closed");
  private static final String[] QUERY = {"status", "campaign", "holder", "after"};

  private final Watch watch;

  Conversations(Watch watch) {
    this.watch = watch;
  }

  /// @param holder as it is shown
  public record Item(
      String id,
      String campaign,
      String status,
      String holder,
      long epoch,
      long events,
      Instant at) {}

  /// @param next the address of the page behind this one, or null
  /// @param isFirst whether nothing lies before it
  public record View(
      String status,
      String campaign,
      String holder,
      List<Item> items,
      String next,
      boolean isFirst,
      String query,
      List<String> campaigns,
      List<String> holders) {
    /// What goes behind an address to have the same filter there.
    public String after() {
      return query.isEmpty() ? "" : "?" + query;
    }
  }

  List<Route> routes() {
    return List.of(
        Route.page("GET", "/conversations", Route.Access.OPERATOR, this::page).with(QUERY),
        Route.page("GET", "/conversations.rows", Route.Access.OPERATOR, this::rows).with(QUERY),
        Route.page("GET", "/conversations.csv", Route.Access.OPERATOR, this::csv)
            .with("status", "campaign", "holder"));
  }

  private Answer page(Asked asked) {
    return watch
        .templates()
        .page(
            200,
            "console/conversations",
            watch.frame(asked, "Conversations"),
            Map.of("rail", watch.rail(asked, "conversations"), "list", view(asked)));
  }

  private Answer rows(Asked asked) {
    return watch.templates().part("console/conversation-rows", Map.of("list", view(asked)));
  }

  private Answer csv(Asked asked) {
    var csv = new StringBuilder("id,campaign,status,holder,epoch,events,updated\r\n");
    for (var item : found(asked, Optional.empty(), CSV_MAX)) {
      csv.append(cell(item.id)).append(',').append(cell(item.campaign)).append(',');
      csv.append(item.status).append(',').append(cell(item.holder)).append(',');
      csv.append(item.epoch).append(',').append(item.events).append(',').append(item.at);
      csv.append("\r\n");
    }
    return new Answer.Text(200, Answer.Format.CSV, csv.toString());
  }

  /// A cell that begins like a formula is not taken for one.
  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }

  private View view(Asked asked) {
    var after = place(asked);
    var items = found(asked, after, ROWS + 1);
    boolean more = items.size() > ROWS;
    var shown = more ? items.subList(0, ROWS) : items;
    String filter = filter(asked);
    var last = shown.isEmpty() ? null : shown.getLast();
    return new View(
        asked.query().getOrDefault("status", ""),
        asked.query().getOrDefault("campaign", ""),
        asked.query().getOrDefault("holder", ""),
        shown,
        more
            ? "/conversations?"
                + filter
                + (filter.isEmpty() ? "" : "&")
                + "after="
                + encoded(last.at + "." + last.id)
            : null,
        after.isEmpty(),
        filter,
        campaigns(asked),
        holders(asked));
  }

  /// Paused ones are found by the controls, so they are filtered here, page by page.
  private List<Item> found(Asked asked, Optional<Place> after, int limit) {
    var status = Optional.ofNullable(asked.query().get("status")).filter(text -> !text.isEmpty());
    if (status.isPresent() && !STATUSES.contains(status.get())) {
      throw Problem.invalid("'status' is not one of open, passing, with-human, paused, closed");
    }
    var wanted =
        new Wanted(
            status.filter(text -> !text.equals("paused")),
            given(asked, "campaign"),
            given(asked, "holder"));
    var controls = watch.ground().ports().controls().all(asked.tenant());
    var found = new ArrayList<Item>();
    var behind = after;
    for (int page = 0; page < PAGES_MAX && found.size() < limit; page++) {
      var rows = watch.roster().page(asked.tenant(), wanted, behind, ROWS + 1);
      for (var row : rows) {
        boolean paused =
            !row.status().equals("closed")
                && Pauses.cover(controls, row.id(), row.campaign(), row.holder().orElse(null));
        var item = item(row, paused);
        boolean fits = status.isEmpty() || status.get().equals(item.status);
        if (fits && found.size() < limit) found.add(item);
      }
      if (rows.size() <= ROWS) break;
      behind = Optional.of(new Place(rows.getLast().updatedAt(), rows.getLast().id().id()));
    }
    return found;
  }

  private static Item item(Row row, boolean paused) {
    boolean closed = row.status().equals("closed");
    return new Item(
        row.id().id(),
        row.campaign(),
        paused ? "paused" : row.status(),
        closed ? "" : Show.holder(row.holder().orElse("")),
        row.epoch(),
        row.seq(),
        row.updatedAt());
  }

  private static Optional<String> given(Asked asked, String name) {
    var value = Optional.ofNullable(asked.query().get(name)).filter(text -> !text.isEmpty());
    if (value.filter(text -> !ConversationId.isName(text)).isPresent()) {
      throw Problem.invalid("'" + name + "' is not a name");
    }
    return value;
  }

  private static Optional<Place> place(Asked asked) {
    String after = asked.query().getOrDefault("after", "");
    if (after.isEmpty()) return Optional.empty();
    int dot = after.lastIndexOf('.');
    try {
      String id = after.substring(dot + 1);
      if (dot < 0 || !ConversationId.isName(id)) throw new DateTimeException("no id");
      return Optional.of(new Place(Instant.parse(after.substring(0, dot)), id));
    } catch (DateTimeException broken) {
      throw Problem.invalid("'after' is not the end of a page");
    }
  }

  private static String filter(Asked asked) {
    var filter = new ArrayList<String>();
    for (var name : List.of("status", "campaign", "holder")) {
      String value = asked.query().getOrDefault(name, "");
      if (!value.isEmpty()) filter.add(name + "=" + encoded(value));
    }
    return String.join("&", filter);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private List<String> campaigns(Asked asked) {
    return watch.ground().ports().policies().active(asked.tenant()).stream()
        .map(active -> active.campaign())
        .toList();
  }

  private List<String> holders(Asked asked) {
    var holders = new java.util.TreeSet<String>();
    for (var active : watch.ground().ports().policies().active(asked.tenant())) {
      watch
          .ground()
          .ports()
          .policies()
          .byHash(asked.tenant(), active.hash())
          .ifPresent(document ->
              document.policy().mandates().keySet().forEach(role -> holders.add(role.name())));
    }
    holders.remove("engine");
    holders.add("nobody");
    return List.copyOf(holders);
  }
}
