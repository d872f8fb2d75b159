package baton.runtime.http;

import baton.runtime.Engine;
import baton.runtime.http.Route.Access;
import baton.runtime.http.Route.Kind;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Stretch;
import baton.runtime.observe.Traces;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;

/// Lets requests in: finds the route, reads the body within its bounds, looks at who asks, and
/// turns whatever goes wrong into one clear problem.
final class Door {
  private static final Problem LATE =
      Problem.later(
          503, "nobody knows whether it was taken: send the same again", Duration.ofSeconds(1));

  private final ActorSystem<?> system;
  private final String tenant;
  private final List<Route> routes;
  private final Engine engine;
  private final Recognition recognition;
  private final Site site;
  private final HttpSettings settings;
  private final Lanes lanes;
  private final Rates rates;
  private final Metrics metrics;
  private final Traces traces;

  Door(
      ActorSystem<?> system,
      String tenant,
      List<Route> routes,
      Engine engine,
      Recognition recognition,
      Site site,
      HttpSettings settings,
      Lanes lanes,
      Rates rates,
      Metrics metrics,
      Traces traces) {
    this.system = system;
    this.tenant = tenant;
    this.routes = routes;
    this.engine = engine;
    this.recognition = recognition;
    this.site = site;
    this.settings = settings;
    this.lanes = lanes;
    this.rates = rates;
    this.metrics = metrics;
    this.traces = traces;
  }

  private record Found(Route route, Map<String, String> path) {}

  CompletionStage<HttpResponse> serve(HttpRequest request) {
    long began = metrics.now();
    String method = request.method().value();
    var found = find(method, segments(request));
    String template = found.map(f -> f.route.template()).orElse("other");
    int maxBytes =
        template.equals("/v1/policies/active")
            ? settings.policyMaxBytes()
            : settings.bodyMaxBytes();
    var span =
        method.equals("GET") || found.isEmpty()
            ? Stretch.NONE
            : traces.request(method, template, name -> Recognition.header(request, name));
    inTime(request);
    return answer(request, found, maxBytes, span)
        .handle((answer, failure) ->
            failure == null
                ? Replies.of(answer, Recognition.isSecure(request))
                : TurnedDown.of(failure, request, found.map(Found::route), site))
        .thenApply(response -> {
          int status = response.status().intValue();
          span.with("http.response.status_code", status).close();
          metrics.request(found.isPresent() ? method : "other", template, status, began);
          return response;
        });
  }

  /// Whoever asks too often is told so before anything else is done for him.
  private CompletionStage<Answer> answer(
      HttpRequest request, Optional<Found> found, int maxBytes, Stretch span) {
    boolean operator = recognition.mayBeOperator(request);
    boolean upkeep = found.filter(f -> f.route.isUpkeep()).isPresent();
    // Behind a proxy all have one address: what buyers do there is none of the probes' business.
    var counted = upkeep ? "upkeep " + address(request) : address(request);
    var wait = operator ? Optional.<Duration>empty() : rates.take(counted);
    if (wait.isPresent()) return refused(request, tooOften(wait.get()));
    var workers = found.map(f -> lanes.of(f.route, operator)).orElseGet(() -> lanes.ofOthers());
    return isStreamed(found)
        ? streamed(request, found.get(), workers)
        : whole(request, found, maxBytes, workers, span);
  }

  private static Problem tooOften(Duration wait) {
    return Problem.later(429, "too many requests from this address", wait);
  }

  /// What takes too long is answered as all that may be asked again.
  private static void inTime(HttpRequest request) {
    request
        .getHeader(TimeoutAccess.class)
        .ifPresent(access -> access.timeoutAccess().updateHandler(_ -> Replies.of(LATE)));
  }

  private static boolean isStreamed(Optional<Found> found) {
    return found.filter(f -> f.route.bodies() == Route.Bodies.STREAMED).isPresent();
  }

  private CompletionStage<Answer> whole(
      HttpRequest request, Optional<Found> found, int maxBytes, Workers workers, Stretch span) {
    return Intake.read(request.entity(), maxBytes, system)
        .thenCompose(body ->
            workers.run(
                span.within(() -> {
                  var match = found.orElseThrow(() -> notFound(segments(request)));
                  var asked = letIn(request, match, body, maxBytes, InputStream.nullInputStream());
                  return match.route.handler().answer(asked);
                })));
  }

  private CompletionStage<Answer> streamed(HttpRequest request, Found found, Workers workers) {
    var upload = new Upload(request, system);
    var nothing = new Intake.Body(new byte[0], false);
    return workers
        .run(() -> letIn(request, found, nothing, 0, upload))
        .handle((asked, refusal) ->
            refusal == null ? taken(found, asked, upload, workers) : refused(request, refusal))
        .thenCompose(answer -> answer);
  }

  private CompletionStage<Answer> taken(Found found, Asked asked, Upload upload, Workers workers) {
    return workers.run(() -> {
      try {
        return found.route.handler().answer(asked);
      } finally {
        upload.drain();
      }
    });
  }

  /// What nobody will read runs out beside the workers: a sender who takes his time costs nothing
  /// but his connection.
  private CompletionStage<Answer> refused(HttpRequest request, Throwable refusal) {
    return Intake.read(request.entity(), 0, system)
        .handle((_, _) -> CompletableFuture.<Answer>failedStage(refusal))
        .thenCompose(answer -> answer);
  }

  private static List<String> segments(HttpRequest request) {
    return StreamSupport.stream(request.getUri().pathSegments().spliterator(), false).toList();
  }

  private Optional<Found> find(String method, List<String> segments) {
    for (var route : routes) {
      if (!route.method().equals(method)) continue;
      var path = route.match(segments);
      if (path.isPresent()) return Optional.of(new Found(route, path.get()));
    }
    return Optional.empty();
  }

  private Problem notFound(List<String> segments) {
    var methods =
        routes.stream()
            .filter(route -> route.match(segments).isPresent())
            .map(Route::method)
            .toList();
    return methods.isEmpty()
        ? Problem.of(404, "there is no such address: see /openapi.yaml")
        : Problem.notAllowed(methods);
  }

  /// Who asks, whether he may, and what he asks for.
  private Asked letIn(
      HttpRequest request, Found found, Intake.Body body, int maxBytes, InputStream stream) {
    var known = recognition.of(request, found.route, found.path, body.bytes());
    // Somebody whose session was ended is no operator any more.
    if (recognition.mayBeOperator(request)
        && known.filter(session -> session.caller().isOperator()).isEmpty()) {
      rates
          .take(address(request))
          .ifPresent(wait -> {
            throw tooOften(wait);
          });
    }
    var session =
        known.orElseThrow(
            () -> Problem.of(401, "this is not a token: send" + " Authorization: Bearer TOKEN"));
    mayEnter(found, session.caller());
    if (body.tooLarge()) {
      throw Problem.of(413, "the body is larger than " + maxBytes + " bytes: send less");
    }
    if (found.route.needsEngine() && !engine.ready()) {
      throw Problem.later(503, "not ready: " + engine.notReadyReason(), Duration.ofSeconds(1));
    }
    return new Asked(
        tenant,
        session.caller(),
        found.path,
        query(request, found.route),
        body.bytes().length == 0 && found.route.bodies() == Route.Bodies.WHOLE
            ? ""
            : request.entity().getContentType().mediaType().toString().toLowerCase(Locale.ROOT),
        body.bytes(),
        stream,
        Recognition.header(request, "Accept")
            .filter(types -> types.contains("text/event-stream"))
            .isPresent(),
        Recognition.header(request, "If-Match"),
        Recognition.header(request, "Last-Event-ID"),
        Recognition.cookies(request),
        session.csrf(),
        address(request));
  }

  private void mayEnter(Found found, Caller caller) {
    if (found.route.access() == Access.ANYONE) return;
    switch (caller) {
      case Caller.Operator _ -> {
        if (found.route.access() == Access.BUYER) {
          throw Problem.of(403, "only the buyer may do this");
        }
      }
      case Caller.Anonymous _ ->
          throw Problem.of(401, "a token is needed: send Authorization: Bearer TOKEN");
      case Caller.Buyer(var conversation) -> {
        if (found.route.access() == Access.OPERATOR) {
          throw Problem.of(403, "only operators may do this");
        }
        if (!conversation.id().equals(found.path.get("id"))) {
          throw Problem.of(403, "this token does not open this conversation");
        }
      }
    }
  }

  private static Map<String, String> query(HttpRequest request, Route route) {
    var query = new HashMap<String, String>();
    for (var pair : request.getUri().query().toList()) {
      boolean known =
          route.query().contains(pair.first())
              || route.access() == Access.CONVERSATION && pair.first().equals(Recognition.AS);
      // Whoever passes a page's address on may add what he counts by.
      if (!known && route.kind() == Kind.PAGE) continue;
      if (!known) {
        throw Problem.invalid(
            route.query().isEmpty()
                ? "this address takes no query"
                : "unknown query member: known are "
                    + String.join(", ", route.query().stream().sorted().toList()));
      }
      if (query.put(pair.first(), pair.second()) != null) {
        throw Problem.invalid("'" + pair.first() + "' is there twice");
      }
    }
    return query;
  }

  private static String address(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(remote -> remote.getAddress())
        .map(InetAddress::getHostAddress)
        .orElse("unknown");
  }
}
