package baton.runtime.http;

import baton.handoff.port.Overtaken;
import baton.persistence.vault.Erased;
import baton.runtime.http.Route.Access;
import baton.runtime.http.Route.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is answered where something went wrong: for people in words, for programs as a problem.
final class TurnedDown {
  private static final Logger LOG = LoggerFactory.getLogger(TurnedDown.class);

  private TurnedDown() {}

  /// @param route empty where there is none
  static HttpResponse of(Throwable failure, HttpRequest request, Optional<Route> route, Site site) {
    var problem = problem(failure);
    boolean forPeople =
        route
            .map(one -> one.kind() == Kind.PAGE)
            .orElseGet(() ->
                !request.getUri().path().startsWith("/v1/")
                    && Recognition.header(request, "Accept")
                        .filter(types -> types.contains("text/html"))
                        .isPresent());
    if (!forPeople) return Replies.of(problem);
    boolean signsIn =
        problem.status == 401 && route.filter(one -> one.access() == Access.OPERATOR).isPresent();
    return signsIn
        ? Replies.of(toSignIn(request), Recognition.isSecure(request))
        : Replies.headers(
            Replies.of(site.turnedDown(problem), Recognition.isSecure(request)), problem);
  }

  /// Afterwards one comes back to what one wanted to see.
  private static Answer toSignIn(HttpRequest request) {
    String wanted =
        request.method().value().equals("GET") ? request.getUri().toRelative().toString() : "/";
    return new Answer.Elsewhere(
        "/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8), List.of());
  }

  private static Problem problem(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) return problem;
    if (cause instanceof Overtaken) {
      return Problem.of(412, "somebody has changed this since you looked: look again, then decide");
    }
    if (cause instanceof Erased) {
      return Problem.of(409, "this buyer's data was erased: nothing more is kept of it");
    }
    // Messages of exceptions may quote what they were given, so only their kind is told.
    LOG.warn("a request failed: {}", kinds(cause));
    return isOutage(cause)
        ? Problem.later(503, "something the engine needs is away: ask again", Duration.ofSeconds(2))
        : Problem.of(500, "this should not have happened: the engine's log names the failure");
  }

  private static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException
          || cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  private static String kinds(Throwable failure) {
    var out = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (!out.isEmpty()) out.append(" from ");
      out.append(cause.getClass().getName());
      if (cause.getStackTrace().length > 0) out.append(" at ").append(cause.getStackTrace()[0]);
    }
    return out.toString();
  }
}
