import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;

/// A server that Baton may call: it does a thing once, and only where a permit says so.
///
/// Three arguments: the port, the address of the engine's keys, and the name that the engine has
/// for this server. It counts parcels in memory; yours keeps them, and what it answered, in one
/// transaction.
public final class Receiver implements AutoCloseable {
  private static final int BODY_MAX_BYTES = 64 * 1024;
  private static final int CLOCKS_APART_SECONDS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final URL keys;
  private final String name;
  private final Map<String, Done> done = new HashMap<>();
  private final Map<String, Instant> neverDone = new HashMap<>();
  private int parcels;

  /// @param digest of the action, as the permit had it
  private record Done(String digest, String answer) {}

  private record Answer(int status, String json) {}

  /// Turned down, with a word for the engine's record.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final int status;

    Refused(int status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  public static void main(String[] arguments) throws IOException {
    var keys = URI.create(arguments[1]).toURL();
    var receiver = new Receiver(Integer.parseInt(arguments[0]), keys, arguments[2]);
    System.out.println("listening on port " + receiver.port());
  }

  /// @param port 0 for a free one
  /// @param keys of the engine, its address and `/.well-known/jwks.json`
  /// @param name what the engine calls this server: permits for others are not for us
  public Receiver(int port, URL keys, String name) throws IOException {
    this.keys = keys;
    this.name = name;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// How often it was really done.
  public synchronized int parcels() {
    return parcels;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange);
      byte[] body = answer.json.getBytes("UTF-8");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX_BYTES + 1);
      if (body.length > BODY_MAX_BYTES) throw new Refused(413, "too-large");
      var permit = verified(exchange, body);
      return permit.getStringClaim("do").equals("call")
          ? called(permit, JSON.readTree(body))
          : lookedUp(permit);
    } catch (Refused refused) {
      return new Answer(refused.status, "{\"reason\":\"" + refused.getMessage() + "\"}");
    } catch (ParseException | JOSEException | RuntimeException broken) {
      return new Answer(401, "{\"reason\":\"no-permit\"}");
    }
  }

  /// The permit, where it is the engine's, of this moment, for us, for this call and for this body.
  private JWTClaimsSet verified(HttpExchange exchange, byte[] body)
      throws ParseException, JOSEException, IOException, Refused {
    var headers = exchange.getRequestHeaders();
    if (headers.getFirst("Baton-Permit") == null) throw new Refused(401, "no-permit");
    var signed = SignedJWT.parse(headers.getFirst("Baton-Permit"));
    var header = signed.getHeader();
    boolean known =
        JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
            && "baton-permit+jwt".equals(String.valueOf(header.getType()))
            && JWKSet.load(keys).getKeyByKeyId(header.getKeyID()) instanceof OctetKeyPair key
            && signed.verify(new Ed25519Verifier(key));
    if (!known) throw new Refused(401, "wrong-signature");
    var permit = signed.getJWTClaimsSet();
    var expires = permit.getExpirationTime().toInstant().plusSeconds(CLOCKS_APART_SECONDS);
    if (!Instant.now().isBefore(expires)) throw new Refused(401, "expired");
    if (!permit.getAudience().contains(name)) throw new Refused(401, "for-another-server");
    if (!permit.getStringClaim("body").equals(sha256(body))) throw new Refused(401, "another-body");
    if (!permit.getStringClaim("key").equals(headers.getFirst("Idempotency-Key"))) {
      throw new Refused(401, "another-key");
    }
    boolean call = permit.getStringClaim("do").equals("call");
    var path = "/" + permit.getStringClaim("tool") + (call ? "" : "/" + permit.getStringClaim("key"));
    if (!exchange.getRequestMethod().equals(call ? "POST" : "GET")
        || !exchange.getRequestURI().getPath().endsWith(path)) {
      throw new Refused(401, "for-another-call");
    }
    return permit;
  }

  /// Once under a key: the same again has the same answer, and another thing under it is refused.
  private synchronized Answer called(JWTClaimsSet permit, JsonNode body)
      throws ParseException, Refused {
    var key = permit.getStringClaim("key");
    var before = done.get(key);
    if (before != null) {
      if (before.digest.equals(permit.getStringClaim("digest"))) return new Answer(200, before.answer);
      throw new Refused(409, "key-is-used");
    }
    var fence = neverDone.get(key);
    if (fence != null && !Instant.parse(permit.getStringClaim("claimed")).isAfter(fence)) {
      throw new Refused(410, "too-late");
    }
    int count = body.at("/arguments/count").asInt();
    if (count < 1 || count > 9) throw new Refused(422, "no-such-count");
    parcels += count;
    var answer = JSON.createObjectNode();
    answer.put("parcel", "P-" + parcels).put("state", "ordered");
    done.put(key, new Done(permit.getStringClaim("digest"), answer.toString()));
    return new Answer(200, answer.toString());
  }

  /// That it was never done is a promise: a call that is still on its way comes too late.
  private synchronized Answer lookedUp(JWTClaimsSet permit) throws ParseException {
    var key = permit.getStringClaim("key");
    if (done.containsKey(key)) return new Answer(200, done.get(key).answer);
    neverDone.put(key, Instant.parse(permit.getStringClaim("claimed")));
    return new Answer(404, "{\"state\":\"never-done\"}");
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
