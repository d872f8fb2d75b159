package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Browsers, and whoever would misuse one.
class SessionsTest {
  private static final Tokens TOKENS = new Tokens(new byte[32], House.OPERATOR);
  private static final Sessions SESSIONS =
      new Sessions(TOKENS, InstantSource.fixed(House.NOON), new MemoryEnded());

  private House house;
  private House.Opened mine;
  private House.Opened theirs;

  @BeforeEach
  void open() {
    house = new House();
    mine = house.open();
    theirs = house.open();
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void theOperatorSignsInAndGetsACookieThatScriptsAndOtherSitesCannotUse() {
    var reply = signIn(House.OPERATOR);

    assertEquals(303, reply.status());
    assertEquals("/approvals?kind=quote", reply.header("Location"));
    assertTrue(
        reply.header("Set-Cookie").endsWith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"));
    assertEquals(200, get("/v1/conversations", pair(reply)).status());
  }

  @Test
  void behindHttpsACookieIsForHttpsAlone() {
    var reply =
        house.send(
            form("/sign-in", "token=" + House.OPERATOR).header("X-Forwarded-Proto", "https"));

    assertTrue(reply.header("Set-Cookie").endsWith("; Secure"));
  }

  @Test
  void aWrongTokenOpensNothingAndTooManyTriesMustWait() {
    for (int i = 0; i < 10; i++) {
      var wrong = signIn("wrong-" + i);
      assertEquals(401, wrong.status());
      assertEquals("", wrong.header("Set-Cookie"));
    }

    assertEquals(429, signIn(House.OPERATOR).status());
    house.nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertEquals(303, signIn(House.OPERATOR).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "https://evil.example", "/\\evil.example", "/a b", "x", "/a\nb"})
  void nobodyIsSentElsewhereAfterSigningIn(String next) {
    var reply = house.send(form("/sign-in", "token=" + House.OPERATOR + "&next=" + encoded(next)));

    assertTrue(List.of("/", "").contains(reply.header("Location")), reply.header("Location"));
  }

  @Test
  void aFormThatIsNotUtf8IsNotMadeIntoSomethingElse() {
    assertEquals(400, house.send(form("/sign-in", "token=%ED%A0%80")).status());
    assertEquals(400, house.send(form("/sign-in", "token=%C3")).status());
    assertEquals(401, house.send(form("/sign-in", "token=%C3%A9")).status());
  }

  @Test
  void aPageDoesNotMindWhatOthersAddToItsAddress() {
    assertEquals(200, get("/chat?utm_source=letter&fbclid=x", "").status());
    assertEquals(422, house.get("/v1/campaigns?utm_source=letter", House.OPERATOR).status());
  }

  @Test
  void aSignInFromAnotherSiteIsNotTaken() {
    var reply =
        house.send(
            plain("/sign-in")
                .header("Origin", "https://evil.example")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + House.OPERATOR)));

    assertEquals(403, reply.status());
    assertEquals("", reply.header("Set-Cookie"));
  }

  @Test
  void whatChangesSomethingNeedsTheCookiesToken() {
    var operator = operator();

    assertEquals(200, put(operator, csrfOf(operator), house.url).status());
    assertEquals(403, put(operator, "", house.url).status());
    assertEquals(403, put(operator, "x".repeat(43), house.url).status());
    assertEquals(403, put(operator, csrfOf(buyer(mine)), house.url).status());
    assertEquals(403, put(operator, csrfOf(operator()), house.url).status());
  }

  @Test
  void whatChangesSomethingComesFromOneOfOurOwnPages() {
    var operator = operator();
    String csrf = csrfOf(operator);

    assertEquals(403, put(operator, csrf, "https://evil.example").status());
    assertEquals(403, put(operator, csrf, "null").status());
    assertEquals(403, put(operator, csrf, "").status());
    for (var site : List.of("cross-site", "same-site", "none")) {
      var reply =
          house.send(
              unsafe(operator, csrf, house.url)
                  .header("Sec-Fetch-Site", site)
                  .PUT(BodyPublishers.ofString("{\"available\":true}")));
      assertEquals(403, reply.status(), site);
    }
    assertEquals(0, house.operators.count("default"));
  }

  @Test
  void aProxysNameForUsIsOursToo() {
    var operator = operator();
    var reply =
        house.send(
            unsafe(operator, csrfOf(operator), "https://sales.example")
                .header("X-Forwarded-Host", "sales.example")
                .PUT(BodyPublishers.ofString("{\"available\":true}")));

    assertEquals(200, reply.status());
  }

  @Test
  void aSessionEnds() {
    var operator = operator();
    var value = cookies(operator);
    var at = House.NOON.plus(Duration.ofHours(12));

    assertTrue(
        new Sessions(TOKENS, InstantSource.fixed(at.minusSeconds(1)), new MemoryEnded())
            .operator(value)
            .isPresent());
    assertTrue(
        new Sessions(TOKENS, InstantSource.fixed(at), new MemoryEnded()).operator(value).isEmpty());
  }

  @Test
  void aSessionIsOverOnceItsOwnerSignedOut() {
    var reply = signIn(House.OPERATOR);
    String cookie = pair(reply);
    var out = house.send(form("/sign-out", "csrf=" + csrfOf(cookie)).header("Cookie", cookie));

    assertEquals(303, out.status());
    assertTrue(out.header("Set-Cookie").startsWith("baton-operator=; Path=/; Max-Age=0"));
    assertEquals(401, get("/v1/conversations", cookie).status());
  }

  @Test
  void aSessionEndsWithTheTokenThatItCameBy() {
    var value = cookies(operator());
    var other = new Tokens(new byte[32], "another-operator-token-of-enough-length");

    assertTrue(
        new Sessions(other, InstantSource.fixed(House.NOON), new MemoryEnded())
            .operator(value)
            .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baton-operator=",
        "baton-operator=9999999999.00.AAAA",
        "baton-operator=x.y.z",
        "baton-operator=1.2.3.4",
        "baton-operator=99999999999999999999.00.AAAA",
        "baton-chat-c1=AAAA",
        ";;;=;a"
      })
  void aCookieThatIsNotOursIsNobodys(String cookie) {
    assertEquals(401, get(mine.path(), cookie).status());
    assertEquals(401, get("/v1/conversations", cookie).status());
  }

  @Test
  void aCookieThatWasChangedIsNobodys() {
    String operator = operator();
    String later = operator.replaceFirst("=[0-9]+", "=9999999999");

    assertEquals(401, get("/v1/conversations", later).status());
    assertEquals(401, get("/v1/conversations", operator + "x").status());
    assertEquals(401, get(mine.path(), buyer(mine) + "x").status());
  }

  @Test
  void aConversationsCookieOpensThatConversationAlone() {
    String stolen = buyer(theirs).replace(theirs.id().id(), mine.id().id());

    assertEquals(200, get(mine.path(), buyer(mine)).status());
    assertEquals(401, get(theirs.path(), buyer(mine)).status());
    assertEquals(401, get(mine.path(), stolen).status());
    assertEquals(401, get("/v1/conversations", buyer(mine)).status());
  }

  @Test
  void theTokenThatComesWithARequestSaysWhoActsInABrowserThatHasTwoCookies() {
    String both = operator() + "; " + buyer(mine);
    var asBuyer = message(mine, both, csrfOf(buyer(mine)), "m1");
    var asOperator = message(mine, both, csrfOf(both.split("; ")[0]), "m2");

    assertEquals(202, asBuyer.status());
    // An operator speaks only where the conversation is with a person.
    assertEquals(409, asOperator.status());
    assertTrue(get(mine.path(), both).json().has("permits"));
    assertEquals(0, get(mine.path() + "?as=buyer", both).json().get("permits").size());
  }

  @Test
  void aBearerTokenNeedsNoPageAndIsNotHelpedByACookie() {
    assertEquals(
        202,
        house.post(mine.path() + "/messages", mine.token(), House.message("m", "Hi")).status());
    var wrong = house.send(house.request(mine.path(), "wrong").header("Cookie", operator()).GET());
    assertEquals(401, wrong.status());
  }

  @Test
  void aBrowserKeepsOnlySoManyConversations() {
    var cookies = new java.util.LinkedHashMap<String, String>();
    for (int i = 0; i < 12; i++) cookies.put("baton-chat-old" + i, "AAAA");
    var changes = SESSIONS.enter(cookies, mine.id(), mine.token()).orElseThrow();

    assertEquals(
        List.of("baton-chat-old0", "baton-chat-" + mine.id().id()),
        changes.stream().map(Cookie::name).toList());
    assertTrue(SESSIONS.enter(cookies, mine.id(), theirs.token()).isEmpty());
    assertTrue(SESSIONS.enter(cookies, mine.id(), House.OPERATOR).isEmpty());
  }

  @Test
  void apartFromPagesNobodyIsSentToSignIn() {
    assertEquals(401, get("/v1/conversations", "").status());
    assertFalse(get("/v1/conversations", "").text().contains("<html"));
  }

  private House.Reply signIn(String token) {
    return house.send(
        form("/sign-in", "token=" + encoded(token) + "&next=" + encoded("/approvals?kind=quote")));
  }

  private static String operator() {
    var cookie = SESSIONS.signIn(House.OPERATOR).orElseThrow();
    return cookie.name() + "=" + cookie.value();
  }

  private static String buyer(House.Opened opened) {
    var cookie = SESSIONS.enter(Map.of(), opened.id()).getLast();
    return cookie.name() + "=" + cookie.value();
  }

  private String csrfOf(String cookie) {
    var cookies = cookies(cookie);
    return SESSIONS
        .operator(cookies)
        .or(() -> SESSIONS.buyer(cookies, mine.id()))
        .orElseThrow()
        .csrf();
  }

  private static Map<String, String> cookies(String pair) {
    int at = pair.indexOf('=');
    return Map.of(pair.substring(0, at), pair.substring(at + 1));
  }

  private static String pair(House.Reply reply) {
    return reply.header("Set-Cookie").split(";")[0];
  }

  private House.Reply get(String path, String cookie) {
    return house.send(house.request(path, "").header("Cookie", cookie).GET());
  }

  private House.Reply put(String cookie, String csrf, String origin) {
    return house.send(
        unsafe(cookie, csrf, origin).PUT(BodyPublishers.ofString("{\"available\":true}")));
  }

  private HttpRequest.Builder unsafe(String cookie, String csrf, String origin) {
    var request =
        plain("/v1/operators/me")
            .header("Cookie", cookie)
            .header("Content-Type", "application/json");
    if (!csrf.isEmpty()) request.header("X-Baton-Csrf", csrf);
    if (!origin.isEmpty()) request.header("Origin", origin);
    return request;
  }

  private House.Reply message(House.Opened opened, String cookie, String csrf, String id) {
    return house.send(
        plain(opened.path() + "/messages")
            .header("Cookie", cookie)
            .header("Origin", house.url)
            .header("X-Baton-Csrf", csrf)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(House.message(id, "Hi"))));
  }

  private HttpRequest.Builder plain(String path) {
    return house.request(path, "");
  }

  private HttpRequest.Builder form(String path, String body) {
    return plain(path)
        .header("Origin", house.url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
