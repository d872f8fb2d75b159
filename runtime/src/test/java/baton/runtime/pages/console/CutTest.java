package baton.runtime.pages.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.http.House;
import baton.runtime.pages.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the console shows of moments that a running engine passes too fast, and of bad input.
class CutTest {
  private static final String NASTY = "<img src=x onerror=alert(1)> \\u202Etxt \\u200B${7*7}";
  private static House house;
  private static Browser browser;

  @BeforeAll
  static void open() {
    house = new House();
    house.permitting();
    browser = Browser.open().sized(Browser.WIDE, false);
    browser.go(house.url + "/");
    browser.type("#token", House.OPERATOR);
    browser.press("Sign in");
    browser.awaitText("h1", "Now");
  }

  @AfterAll
  static void close() {
    browser.close();
    house.close();
  }

  @Test
  void aLivePermitIsVoidAtTheCutAndTheNextLeaseStartsWithNone() {
    opened("cut");
    browser.go(house.url + "/conversations/cut").await(".permit-live");
    browser.press("Take over");
    browser.awaitText("#answer", "It starts with 0 permits.");
    browser.press("Done");
    browser.awaitText(".column-voids", "1 permit void");
    assertEquals(1, browser.all(".permit-void").size());
    assertFalse(browser.has(".permit-live"), "no permit gets past the cut");
    browser.awaitText(".column-starts", "starts with 0");
    assertTrue(
        browser.find(".track-list").getDomProperty("textContent").contains("1 permit void"),
        "whoever hears the track hears of it");
    browser.lookAt("console-void");
    browser.sized(Browser.WIDE, false);
    browser.mustBeQuiet();
  }

  @Test
  void aPauseReachesPagesThatAreOpenAndNamesNoIdInAHeading() {
    opened("halted");
    browser.go(house.url + "/conversations/halted").await(".permit-live");
    control("engine", "paused");
    browser.awaitText(".pause-band", "Paused: the whole engine.");
    browser.awaitText("#talk-head .status", "Paused");
    browser.awaitText(".column-pause .gap-label", "paused");
    assertFalse(browser.has(".column-bar.is-live"), "it does not go on");
    browser.go(house.url + "/policy").await(".pause-band");
    control("engine", "running");
    browser.until("the band is gone", () -> browser.has(".pause-band") ? null : true);

    browser.go(house.url + "/conversations/halted").click(".talk-head [data-open]");
    browser.type("#pause[open] #pause-reason", "<b>why</b> \u202Etxt");
    browser.click("#pause button.danger");
    browser.awaitText("#answer h2", "The conversation is paused");
    assertEquals("The conversation is paused", browser.find("#answer h2").getText());
    assertFalse(browser.find("#answer").getText().contains("UTC"), "told on the reader's clock");
    browser.press("Done");
    browser.awaitText(".pause-band", "<b>why</b>");
    browser.mustFit();
    browser.go(house.url + "/controls");
    browser.awaitText(".card h3", "Conversation halted");
    control("conversation:halted", "running");
    browser.mustBeQuiet();
  }

  @Test
  void aLongReasonLeavesThePictureWhole() {
    opened("ended");
    browser.go(house.url + "/conversations/ended").await(".permit-live");
    browser.press("Close…");
    browser.type("details[open] input[name=reason]", "<b>x</b> " + "w".repeat(150));
    browser.press("Close it");
    browser.awaitText("#answer h2", "The conversation is closed");
    browser.press("Done");
    browser.awaitText(".column-end .column-cause", "Closed: <b>x</b>");
    assertEquals(
        0L,
        browser.run(
            "const t = document.querySelector('.track-scroll'); return t.scrollWidth -"
                + " t.clientWidth"));
    browser.mustFit();
    browser.sized(Browser.NARROW, true).mustFit();
    browser.sized(Browser.WIDE, false).mustBeQuiet();
  }

  @Test
  void theHeadOfALongTableStaysInSight() {
    for (int i = 0; i < 40; i++) opened("listed-" + i);
    browser.go(house.url + "/conversations").await("tr[data-row]");
    browser.run("scrollTo(0, 400)");
    assertEquals(
        0L,
        browser.run(
            "return Math.round(document.querySelector('thead th').getBoundingClientRect().top)"));
  }

  @Test
  void aBuyersWordsAreShownAndNothingElse() {
    opened("nasty");
    post("/v1/conversations/nasty/messages", "{\"id\":\"m1\",\"text\":\"" + NASTY + "\"}", token);
    browser.go(house.url + "/conversations/nasty");
    browser.awaitText(".said-buyer", "<img src=x onerror=alert(1)>");
    browser.awaitText(".said-buyer", "${7*7}");
    assertFalse(browser.has(".said-words img"));
    browser.mustFit();
    browser.mustBeQuiet();
  }

  @Test
  void whatDoesNotExistIsSaidInOneSentence() {
    for (var path :
        new String[] {
          "/conversations/nobody", "/policy?campaign=none", "/conversations?status=odd"
        }) {
      var answer = operator(path);
      assertTrue(answer.statusCode() == 404 || answer.statusCode() == 422, path);
      assertTrue(answer.body().contains("<h1>"), "a page, for people");
    }
    assertEquals(422, operator("/conversations?after=never").statusCode());
    assertEquals(422, operator("/conversations/cut?show=most").statusCode());
  }

  @Test
  void theListCanBeTakenAlong() {
    opened("-taken");
    var csv = operator("/conversations.csv?campaign=inbound-trial");
    assertEquals("text/csv; charset=UTF-8", csv.headers().firstValue("Content-Type").orElse(""));
    assertTrue(csv.body().startsWith("id,campaign,status,holder,epoch,events,updated\r\n"));
    assertTrue(
        csv.body().contains("\"'-taken\",\"inbound-trial\",open,\"Booking\",1,"), csv.body());
  }

  @Test
  void nobodyElseSeesAnyOfIt() throws IOException, InterruptedException {
    var client = HttpClient.newHttpClient();
    for (var path : new String[] {"/", "/conversations", "/conversations/cut", "/approvals.rows"}) {
      var request = HttpRequest.newBuilder(URI.create(house.url + path)).build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertEquals(303, answer.statusCode(), path);
      assertTrue(answer.headers().firstValue("Location").orElse("").startsWith("/sign-in"), path);
    }
  }

  private static String token = "";

  private static void opened(String id) {
    var opened =
        post(
            "/v1/conversations",
            "{\"id\":\"%s\",\"campaign\":\"inbound-trial\",\"channel\":\"chat\",\"buyer\":{\"id\":\"%s\"}}"
                .formatted(id, id),
            "");
    token = opened.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
  }

  private static HttpResponse<String> post(String path, String json, String token) {
    var request =
        HttpRequest.newBuilder(URI.create(house.url + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
  }

  private static void control(String scope, String mode) {
    var answer =
        send(
            HttpRequest.newBuilder(URI.create(house.url + "/v1/controls/" + scope))
                .header("Authorization", "Bearer " + House.OPERATOR)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"mode\":\"" + mode + "\",\"reason\":\"a test\"}")));
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private static HttpResponse<String> operator(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(house.url + path))
            .header("Authorization", "Bearer " + House.OPERATOR));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
