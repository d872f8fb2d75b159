package baton.runtime.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Outcome.Unknown;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Value;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example receiver of the guide does what a permit says, once, and nothing without one.
class ReceiverTest {
  private static final String BODY =
      "{\"tool\":\"order_parcel\",\"key\":\"k1\",\"arguments\":{\"count\":1}}";
  private static final Map<String, Value> TWO = Map.of("count", Value.of(2));
  private static final Outcome ORDERED =
      Outcome.confirmed(
          Map.of("parcel.number", Value.of("P-2"), "parcel.state", Value.of("ordered")));
  private static final Failed NEVER = new Failed(Failed.NEVER_DONE);

  @TempDir Path folder;
  private HttpServer keys;
  private Carrier carrier;
  private Outpost outpost;

  @BeforeEach
  void start() throws Exception {
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext("/", this::publish);
    keys.start();
    carrier =
        Carrier.start(
            folder, 0, URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/keys"));
    outpost =
        new Outpost(
            folder,
            "servers.carrier.url = \"http://127.0.0.1:" + carrier.port() + "/baton\"",
            Declared.PARCEL);
  }

  @AfterEach
  void end() throws IOException {
    outpost.close();
    carrier.close();
    keys.stop(0);
  }

  /// As the engine does.
  private void publish(HttpExchange exchange) throws IOException {
    byte[] body = new ObjectMapper().writeValueAsBytes(outpost.key.published());
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void givenAPermit_thenItIsDoneOnce_howeverOftenItIsAskedFor() {
    assertEquals(ORDERED, outpost.call("parcel", "k1", TWO));
    assertEquals(ORDERED, outpost.call("parcel", "k1", TWO));
    assertEquals(ORDERED, outpost.lookUp("parcel", "k1", TWO));
    assertEquals(2, carrier.parcels());
  }

  @Test
  void givenTheSameKeyForAnotherThing_thenItIsNotDone() {
    outpost.call("parcel", "k1", TWO);
    assertEquals(
        new Unknown("answered-409"), outpost.call("parcel", "k1", Map.of("count", Value.of(5))));
    assertEquals(2, carrier.parcels());
  }

  @Test
  void givenThatItWasNeverDone_thenACallThatComesLateDoesNothing_andALaterClaimDoes() {
    assertEquals(NEVER, outpost.lookUp("parcel", "k1", TWO));
    assertEquals(new Failed("refused-410"), outpost.call("parcel", "k1", TWO));
    assertEquals(0, carrier.parcels());
    var later = outpost.effect("parcel", "k1", TWO, Outpost.CLAIMED.plusMillis(1));
    assertEquals(ORDERED, outpost.tools.call(later));
  }

  @Test
  void givenWhatItDoesNotDo_thenItsReasonIsInTheRecord() {
    assertEquals(
        new Failed("no-such-count"), outpost.call("parcel", "k1", Map.of("count", Value.of(50))));
    assertEquals(0, carrier.parcels());
  }

  @Test
  void givenThePermitAsItIs_thenItIsTaken() throws Exception {
    assertEquals("200 {\"parcel\":\"P-1\",\"state\":\"ordered\"}", posted(claims -> claims));
  }

  @Test
  void givenNoPermitOrAnotherOne_thenItIsRefused() throws Exception {
    var other = PermitKey.load(Files.createDirectories(folder.resolve("other")));
    assertEquals("401 {\"reason\":\"no-permit\"}", posted("", BODY));
    assertEquals("401 {\"reason\":\"no-permit\"}", posted("a.b.c", BODY));
    assertEquals(
        "401 {\"reason\":\"wrong-signature\"}", posted(other.signed(claims().build()), BODY));
    var signed = outpost.key.signed(claims().build());
    assertEquals("401 {\"reason\":\"another-body\"}", posted(signed, BODY.replace("1}", "9}")));
    assertEquals(
        "401 {\"reason\":\"expired\"}",
        posted(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(6)))));
    assertEquals(
        "401 {\"reason\":\"for-another-server\"}", posted(claims -> claims.audience("warehouse")));
    assertEquals("401 {\"reason\":\"another-key\"}", posted(claims -> claims.claim("key", "k2")));
    assertEquals(
        "401 {\"reason\":\"for-another-call\"}", posted(claims -> claims.claim("do", "look-up")));
    assertEquals(
        "401 {\"reason\":\"for-another-call\"}", posted(claims -> claims.claim("tool", "refund")));
    assertEquals(0, carrier.parcels());
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .audience("carrier")
        .expirationTime(Date.from(Instant.now().plusSeconds(8)))
        .claim("do", "call")
        .claim("tool", "order_parcel")
        .claim("body", Canonical.sha256(BODY))
        .claim("key", "k1")
        .claim("digest", "d")
        .claim("claimed", "2027-06-07T12:00:00Z");
  }

  private String posted(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return posted(outpost.key.signed(change.apply(claims()).build()), BODY);
  }

  private String posted(String permit, String body) throws Exception {
    var url = URI.create("http://127.0.0.1:" + carrier.port() + "/baton/order_parcel");
    var request =
        HttpRequest.newBuilder(url)
            .header("Idempotency-Key", "k1")
            .POST(BodyPublishers.ofString(body));
    if (!permit.isEmpty()) request.header("Baton-Permit", permit);
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }
}
