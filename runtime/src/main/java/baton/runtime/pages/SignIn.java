package baton.runtime.pages;

import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.HttpSettings;
import baton.runtime.http.Rates;
import baton.runtime.http.Route;
import baton.runtime.http.Sessions;
import baton.runtime.http.Site;
import java.util.List;
import java.util.Map;

/// The page by which operators come in, and the way out.
final class SignIn {
  /// A token cannot be guessed in any number of tries; this keeps them from being a burden.
  private static final HttpSettings.Rate TRIES = new HttpSettings.Rate(10, 0.2);

  private static final int NEXT_MAX_CHARS = 2_000;

  private final Sessions sessions;
  private final Templates templates;
  private final Rates tries;

  SignIn(Site.Ground ground, Templates templates) {
    this.sessions = ground.sessions();
    this.templates = templates;
    this.tries = new Rates(TRIES, ground.nanos());
  }

  List<Route> routes() {
    return List.of(
        Route.page("GET", "/sign-in", Route.Access.ANYONE, this::ask).with("next"),
        Route.page("POST", "/sign-in", Route.Access.ANYONE, this::signIn),
        Route.page("POST", "/sign-out", Route.Access.OPERATOR, this::signOut));
  }

  private Answer ask(Asked asked) {
    return page(200, asked.query().getOrDefault("next", "/"), "");
  }

  private Answer signIn(Asked asked) {
    var form = asked.form("token", "next");
    String next = form.optionalLine("next", NEXT_MAX_CHARS).orElse("/");
    var wait = tries.take(asked.address());
    if (wait.isPresent()) {
      long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
      return page(429, next, "Too many tries. Try again in " + seconds + " seconds.");
    }
    return form.optionalText("token", 1_000)
        .flatMap(token -> sessions.signIn(token.strip()))
        .<Answer>map(session -> new Answer.Elsewhere(ours(next), List.of(session)))
        .orElseGet(() -> page(401, next, "This is not the operator token."));
  }

  private Answer signOut(Asked asked) {
    return new Answer.Elsewhere("/sign-in", List.of(sessions.signOut(asked.cookies())));
  }

  private Answer page(int status, String next, String problem) {
    var frame = templates.frame("Sign in", "", List.of(), List.of());
    return templates.page(status, "sign-in", frame, Map.of("next", ours(next), "problem", problem));
  }

  /// Only an address of this site: nobody is sent elsewhere by a link that looks like ours.
  static String ours(String next) {
    boolean local = next.matches("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*");
    return local ? next : "/";
  }
}
