package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.runtime.Engine;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Traces;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/// The public contract, version 1, over HTTP.
public final class Api {
  /// What somebody sends that is no HTTP is turned down without a word in the log: it may hold
  /// tokens, names, and whatever makes a terminal do things.
  private static final String SERVER =
      """
      pekko.http.server {
        server-header = ""
      # Many more than are worked on: who is one too many is told so, not left to knock.
      max-connections = 4096
      backlog = 1024
        transparent-head-requests = on
        parsing { error-logging-verbosity = off, illegal-header-warnings = off }
      }
      """;

  private final ActorSystem<?> system;
  private final HttpSettings settings;
  private final Lanes lanes;
  private final Streams streams;
  private final List<Route> routes;
  private final Door door;

  /// @param clock the time that words are read against
  /// @param nanos a clock that never goes back
  /// @param site the pages beside it
  public Api(
      ActorSystem<?> system,
      Ports ports,
      Tokens tokens,
      HttpSettings settings,
      InstantSource clock,
      LongSupplier nanos,
      Metrics metrics,
      Traces traces,
      Site site) {
    this.system = system;
    this.settings = settings;
    this.lanes = new Lanes(settings);
    metrics.requestsOpen(lanes::inside);
    var desk = new Desk(ports, settings.engineTimeout());
    this.streams = new Streams(ports.engine(), lanes.streams(), settings, metrics);
    var messages = new Rates(settings.conversationRate(), nanos);
    var sessions = new Sessions(tokens, clock, ports.endedSessions());
    var buyers = new Buyers(ports, desk, tokens, settings, messages, streams, clock);
    var officers = new Officers(ports, desk, clock);
    var stops = new Stops(ports, desk, tokens);
    this.routes =
        Stream.of(
                buyers.routes(),
                officers.routes(),
                new Handovers(ports, desk, clock).routes(),
                new Campaigns(ports).routes(),
                new Outcomes(ports, desk).routes(),
                List.of(cluster(ports.engine(), settings)),
                new Quotations(ports, desk, clock).routes(),
                new OrderDesk(ports, clock).routes(),
                new ContactDesk(ports, desk).routes(),
                Upkeep.routes(ports, metrics),
                site.routes(
                    new Site.Ground(
                        ports, desk, buyers, officers, sessions, stops, settings, clock, nanos)))
            .flatMap(List::stream)
            .toList();
    this.door =
        new Door(
            system,
            ConversationId.DEFAULT_TENANT,
            routes,
            ports.engine(),
            new Recognition(ConversationId.DEFAULT_TENANT, tokens, sessions),
            site,
            settings,
            lanes,
            new Rates(settings.addressRate(), nanos),
            metrics,
            traces);
  }

  private static Route cluster(Engine engine, HttpSettings settings) {
    return Route.of(
        "GET",
        Route.CLUSTER,
        Route.Access.OPERATOR,
        _ ->
            Answer.ok(
                engine
                    .cluster()
                    .toCompletableFuture()
                    .get(settings.engineTimeout().toMillis(), TimeUnit.MILLISECONDS)));
  }

  /// What it serves to programs: `METHOD /path`.
  List<String> calls() {
    return routes.stream()
        .filter(route -> route.kind() == Route.Kind.API)
        .map(route -> route.method() + " " + route.template())
        .toList();
  }

  /// Begins to listen. Fails with one line for the operator where the address cannot be had.
  public CompletionStage<Bound> bind() {
    try {
      // Asked first, because the server logs a page of stack trace where it cannot bind.
      settings.mustBeFree();
    } catch (IllegalStateException taken) {
      lanes.close();
      return CompletableFuture.failedStage(taken);
    }
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(server())
        .bind(door::serve)
        .handle((binding, failure) -> {
          if (failure == null) return new Bound(binding, streams, lanes);
          lanes.close();
          throw settings.taken(failure);
        });
  }

  private ServerSettings server() {
    var config = ConfigFactory.parseString(SERVER).withFallback(system.settings().config());
    return ServerSettings.create(config).withRemoteAddressAttribute(true);
  }

  /// A door that is open.
  public static final class Bound {
    private final ServerBinding binding;
    private final Streams streams;
    private final Lanes lanes;

    private Bound(ServerBinding binding, Streams streams, Lanes lanes) {
      this.binding = binding;
      this.streams = streams;
      this.lanes = lanes;
    }

    public InetSocketAddress address() {
      return binding.localAddress();
    }

    /// Lets no one in any more, ends the event streams, and closes what is open after `patience`.
    public CompletionStage<Void> close(Duration patience) {
      streams.close();
      return binding.terminate(patience).thenAccept(_ -> lanes.close());
    }
  }

  /// Health, metrics, the keys of permits and the description of this API.
  private static final class Upkeep {
    private Upkeep() {}

    static List<Route> routes(Ports ports, Metrics metrics) {
      return List.of(
          anyone("/health/live", _ -> Answer.ok(Map.of("status", "up"))),
          anyone("/health/ready", _ -> ready(ports.engine())),
          anyone("/.well-known/jwks.json", _ -> Answer.ok(ports.permitKeys())),
          anyone("/metrics", _ -> new Answer.Text(200, Answer.Format.PLAIN, metrics.text())),
          anyone("/openapi.yaml", _ -> new Answer.Text(200, Answer.Format.YAML, OpenApi.TEXT)));
    }

    private static Route anyone(String path, Route.Handler handler) {
      return Route.of("GET", path, Route.Access.ANYONE, handler);
    }

    private static Answer ready(Engine engine) {
      return engine.ready()
          ? Answer.ok(Map.of("status", "ready"))
          : new Answer.Value(503, new NotReady("not-ready", engine.notReadyReason()));
    }

    private record NotReady(String status, String reason) {}
  }
}
