package baton.runtime.outside;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Canonical;
import baton.handoff.policy.OutsideTool;
import baton.handoff.port.Tool;
import baton.runtime.outside.Unheard.Sent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// A server of our own contract: each call comes with its permit, signed over the body, and with
/// the key under which it is done once. docs/tools.md tells servers what to check.
final class SignedServer implements Server {
  static final String PERMIT = "Baton-Permit";
  static final String KEY = "Idempotency-Key";

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int SERVER_ERROR = 500;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern REASON = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final ServerSettings settings;
  private final URI url;
  private final PermitKey key;
  private final String issuer;
  private final InstantSource clock;
  private final Patience patience;

  /// Redirects are not followed: they would take a permit elsewhere.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /// @param issuer whose permits they are, in the signed claims
  SignedServer(
      ServerSettings settings,
      URI url,
      PermitKey key,
      String issuer,
      InstantSource clock,
      Patience patience) {
    this.settings = settings;
    this.url = url;
    this.key = key;
    this.issuer = issuer;
    this.clock = clock;
    this.patience = patience;
  }

  /// What came back.
  private record Reply(int status, JsonNode body) {
    boolean isRefusal() {
      return status >= 400 && status < 500;
    }
  }

  @Override
  public Outcome call(Asked asked) {
    try {
      return called(asked, answer("call", asked, body(asked)));
    } catch (Unheard told) {
      return told.ofCall();
    }
  }

  @Override
  public Outcome lookUp(Asked asked) {
    try {
      return lookedUp(asked, answer("look-up", asked, ""));
    } catch (Unheard told) {
      return told.ofLookUp();
    }
  }

  /// Whether it is there is all that can be asked without a permit: any answer will do.
  @Override
  public Optional<String> lacks(OutsideTool tool) {
    try {
      patience.held(
          () -> client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()));
      return Optional.empty();
    } catch (Unheard away) {
      return Optional.of(Server.unreachable(settings.name()));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static Outcome called(Asked asked, Reply reply) {
    return switch (reply.status) {
      case 200, 201 -> asked.answers().done(reply.body);
      // Another call under this key is under way, or was for something else.
      case 408, 409 -> new Unknown("answered-" + reply.status);
      case 422 -> new Failed(reason(reply.body).orElse("refused-422"));
      default ->
          reply.isRefusal()
              ? new Failed("refused-" + reply.status)
              : new Unknown("answered-" + reply.status);
    };
  }

  /// Only the server's own word that it was never done is one: a 404 may come from anywhere.
  private static Outcome lookedUp(Asked asked, Reply reply) {
    return switch (reply.status) {
      case 200 -> asked.answers().done(reply.body);
      case 404 ->
          reply.body.path("state").asText().equals(Failed.NEVER_DONE)
              ? new Failed(Failed.NEVER_DONE)
              : new Unknown("answered-404");
      case 422 -> new Failed(reason(reply.body).orElse("refused-422"));
      default -> new Unknown("answered-" + reply.status);
    };
  }

  /// A word of the server's own, which means what a call's failure means: nothing takes it for
  /// ours.
  private static Optional<String> reason(JsonNode body) {
    return Optional.of(body.path("reason").asText())
        .filter(word -> REASON.matcher(word).matches() && !word.equals(Failed.NEVER_DONE));
  }

  private static String body(Asked asked) {
    var body = JSON.createObjectNode();
    body.put("tool", asked.tool().calls());
    body.put("conversation", asked.effect().conversation().id());
    body.put("key", asked.effect().key());
    body.set("arguments", asked.arguments());
    return body.toString();
  }

  private Reply answer(String what, Asked asked, String body) throws Unheard {
    boolean call = what.equals("call");
    var path = url + "/" + asked.tool().calls() + (call ? "" : "/" + asked.effect().key());
    var request =
        HttpRequest.newBuilder(URI.create(path))
            .header(PERMIT, key.signed(claims(what, asked, body)))
            .header(KEY, asked.effect().key())
            .header("Accept", "application/json");
    settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    if (call) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    return patience.held(() -> sent(request.build()));
  }

  private JWTClaimsSet claims(String what, Asked asked, String body) {
    Tool.Effect effect = asked.effect();
    var permit = effect.permit();
    var now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(settings.name())
        .jwtID(permit.id())
        .subject(effect.conversation().id())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(settings.within()).plusSeconds(1)))
        .claim("do", what)
        .claim("tool", asked.tool().calls())
        .claim("body", Canonical.sha256(body))
        .claim("key", permit.key())
        .claim("claimed", effect.at().toString())
        .claim("kind", permit.kind())
        .claim("digest", permit.digest())
        .claim("role", permit.role().name())
        .claim("epoch", permit.epoch())
        .claim("policy", permit.policy())
        .build();
  }

  private Reply sent(HttpRequest request) throws Unheard, InterruptedException {
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      try (var in = response.body()) {
        var body = in.readNBytes(settings.answerMaxBytes() + 1);
        if (body.length > settings.answerMaxBytes()) throw new Unheard(Sent.PERHAPS, "too-large");
        if (response.statusCode() >= SERVER_ERROR) {
          throw new Unheard(Sent.PERHAPS, "answered-" + response.statusCode());
        }
        return new Reply(response.statusCode(), json(body, response.statusCode()));
      }
    } catch (ConnectException | HttpConnectTimeoutException notReached) {
      throw new Unheard(Sent.NEVER, "unreachable");
    } catch (IOException broken) {
      boolean nowhere = broken.getCause() instanceof UnresolvedAddressException;
      throw new Unheard(nowhere ? Sent.NEVER : Sent.PERHAPS, nowhere ? "unreachable" : "broken");
    }
  }

  private static JsonNode json(byte[] body, int status) throws Unheard {
    try {
      var tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      if (tree != null && tree.isObject()) return tree;
    } catch (JsonProcessingException notJson) {
      // Below.
    }
    if (status >= 200 && status < 300) throw new Unheard(Sent.PERHAPS, "bad-answer");
    return JSON.createObjectNode();
  }
}
