package baton.runtime.pages;

import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import baton.runtime.http.Site;
import baton.runtime.http.Stops;
import java.util.List;
import java.util.Map;

/// The page behind the way out of a letter. To look at it changes nothing: mail programs look at
/// addresses before people do.
final class Stopping {
  private static final String ADDRESS = "/stop/{token}";

  private final Stops stops;
  private final Templates templates;

  Stopping(Site.Ground ground, Templates templates) {
    this.stops = ground.stops();
    this.templates = templates;
  }

  /// Whoever posts to it need not come from the page: a mail program does so itself (RFC 8058).
  List<Route> routes() {
    return List.of(
        Route.page("GET", ADDRESS, Route.Access.ANYONE, this::ask),
        Route.page("POST", ADDRESS, Route.Access.ANYONE, this::stop).forAnybody());
  }

  private Answer ask(Asked asked) {
    String token = asked.path().get("token");
    if (!stops.isToken(asked.tenant(), token)) {
      throw Problem.of(404, "this link is not ours, or not whole: take all of it");
    }
    return page("No more letters", token);
  }

  private Answer stop(Asked asked) throws InterruptedException {
    stops.stop(asked.tenant(), asked.path().get("token"));
    return page("You will hear no more from us", "");
  }

  private Answer page(String heading, String token) {
    var frame = templates.frame(heading, "", List.of(), List.of());
    return templates.page(200, "stop", frame, Map.of("heading", heading, "token", token));
  }
}
