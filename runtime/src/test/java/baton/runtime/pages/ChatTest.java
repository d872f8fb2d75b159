package baton.runtime.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.engine.EngineProcess;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/// Whole journeys of buyers in a browser, with a running engine.
class ChatTest {
  private static EngineProcess engine;
  private static URI url;

  private Browser browser;

  @BeforeAll
  static void start() {
    engine = EngineProcess.in("chat");
    url = engine.launch().ready();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @BeforeEach
  void open() {
    browser = Browser.open().zone("America/Denver").sized(Browser.NARROW, false);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void aBuyerIsGreetedAllowsContactPicksATimeAndIsBooked() {
    browser.go(url + "/chat").lookAt("chat-start");
    browser.sized(Browser.NARROW, false);
    begin();
    browser.awaitText(".change", "automated assistant");
    browser.awaitText(".who", "You are talking to an automated assistant, Booking.");
    browser.awaitText(".consent", "May we keep what you tell us");
    browser.lookAt("chat-consent");
    browser.sized(Browser.NARROW, false);

    browser.press("Yes, that is fine");
    browser.awaitText(".said-so", "You said yes.");
    browser.press("Team");
    browser.press("10 seats");
    browser.click(".choices button[value$=morning]");
    browser.awaitText(".choices-times .label", "Free times, in Denver time");
    browser.lookAt("chat-slots");
    browser.sized(Browser.NARROW, false);
    browser.click(".choices-times button:nth-of-type(2)");
    browser.awaitText(".mine", "The second one");
    browser.press("Yes, please");
    browser.awaitText(".theirs", "You are booked");
    browser.type("textarea", "no e-mail, thanks");
    browser.press("Send");
    browser.awaitText(".rule", "Closing");
    browser.awaitText(".mine .state", "Delivered");
    browser.lookAt("chat-booked");

    browser.mustBeQuiet();
    assertInOrderAndOnce();
  }

  @Test
  void aLostConnectionComesBackWithoutAGapAndWithoutARepeat() {
    begin();
    browser.press("Yes, that is fine");
    browser.awaitText(".theirs", "Which plan");
    int port = url.getPort();

    engine.kill9();
    browser.awaitText("[data-lost]", "Connection lost at");
    browser.lookAt("chat-lost");
    browser.sized(Browser.NARROW, false);
    browser.type("textarea", "Team, for 10 seats");
    browser.press("Send");
    browser.awaitText(".state.problem", "Not sent: there is no connection.");

    engine.launch("--data", engine.data().toString(), "--port", String.valueOf(port)).ready();
    browser.awaitText("[data-status]", "Connected again. Nothing was missed.");
    browser.awaitText(".theirs", "When would you like to talk");
    assertFalse(browser.find("[data-lost]").isDisplayed());
    assertEquals(2, browser.all(".mine").size());
    assertInOrderAndOnce();
    var seen = lines();
    browser.go(browser.driver().getCurrentUrl());
    assertEquals(seen, lines());
  }

  @Test
  void itAllWorksWithoutScripts() {
    browser.close();
    browser = Browser.withoutScripts().sized(Browser.NARROW, false);
    begin();
    browser.awaitText(".consent", "May we keep what you tell us");
    browser.press("Yes, that is fine");
    browser.press("Team");
    browser.type("textarea", "10 seats");
    browser.press("Send");
    browser.click(".choices button[value$=morning]");
    // Without scripts nobody has told the page where the buyer is.
    browser.awaitText(".theirs", "which city or time zone are you in");
    browser.type("textarea", "New York");
    browser.press("Send");
    browser.awaitText(".choices-times .label", "Free times, in New York time");
    browser.shoot("chat-without-scripts");
    browser.click(".choices-times button");
    browser.press("Yes, please");
    browser.awaitText(".theirs", "You are booked");
    browser.press("Stop contacting me");
    browser.press("Yes, stop");
    browser.awaitText(".who", "You asked us to stop.");
    assertInOrderAndOnce();
  }

  @Test
  void theKeyboardIsEnough() {
    browser.sized(Browser.WIDE, true).go(url + "/chat");
    pressByKeys("Begin");
    browser.awaitText(".consent", "May we keep");
    pressByKeys("No, thank you");
    browser.awaitText(".said-so", "You said no.");
    assertEquals("text", browser.driver().switchTo().activeElement().getAttribute("id"));
    type("What can you do?");
    new Actions(browser.driver())
        .keyDown(Keys.SHIFT)
        .sendKeys(Keys.ENTER)
        .keyUp(Keys.SHIFT)
        .sendKeys("Tell me.", Keys.ENTER)
        .perform();
    browser.awaitText(".mine", "What can you do?\nTell me.");
    pressByKeys("Stop contacting me");
    pressByKeys("Yes, stop");
    browser.awaitText(".who", "You asked us to stop.");
    browser.awaitText(".theirs", "We will not contact you again.");
    browser.awaitText("[data-composer]", "Nothing more can be written here.");
    browser.lookAt("chat-stopped");
  }

  @Test
  void aPersonIsAskedForWithOnePress() {
    begin();
    browser.awaitText(".consent", "May we keep");
    browser.press("Talk to a person");
    browser.awaitText(".mine", "I would like to talk to a person");
    browser.awaitText(".theirs", "No colleague is free");
  }

  @Test
  void whatIsTypedIsShownAsItIsAndDoesNothing() {
    begin();
    browser.awaitText(".consent", "May we keep");
    String hostile =
        "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script> &lt; ${7*7} @if"
            + " \u202Eoediv\u202C a\u200Bb </li></ol><h1>x "
            + "w".repeat(300);
    browser.run("document.querySelector('textarea').value = arguments[0]", hostile);
    browser.mustFit();
    browser.press("Send");
    browser.awaitText(".mine .state", "Delivered");
    browser.go(browser.driver().getCurrentUrl());

    assertEquals(
        "You: " + hostile,
        browser.run("return document.querySelector('.mine .words').textContent"));
    assertEquals(null, browser.run("return window.hurt ?? null"));
    assertEquals(1, browser.all("h1").size());
    assertEquals(
        "plaintext",
        browser.run("return getComputedStyle(document.querySelector('.words')).unicodeBidi"));
    browser.mustFit();
  }

  @Test
  void wordsThatAreTooManyAtOnceAreKeptAndGoOut() {
    begin();
    browser.awaitText(".consent", "May we keep");
    browser.run(
        """
        window.kept = new Set();
        const state = () => {
          for (const line of document.querySelectorAll(".state")) window.kept.add(line.textContent);
        };
        new MutationObserver(state).observe(document.body, {subtree: true, childList: true});
        const really = window.fetch;
        let refused = 0;
        window.fetch = (to, what) =>
          String(to).endsWith("/messages") && refused++ < 1
            ? Promise.resolve(new Response("{}", {status: 429, headers: {"Retry-After": "1"}}))
            : really(to, what);
        """);
    browser.type("textarea", "Yes, that is fine");
    browser.press("Send");
    browser.awaitText(".mine .state", "Delivered");

    var kept = browser.run("return [...window.kept]");
    assertTrue(((List<?>) kept).contains("A little fast: it goes out in a moment"), kept::toString);
    assertEquals(1, browser.all(".mine").size());
  }

  @Test
  void oneComesBackToTheConversationAndMayBeginAnother() {
    begin();
    browser.awaitText(".consent", "May we keep");
    String first = browser.driver().getCurrentUrl();
    browser.go(url + "/chat").awaitText(".earlier", "You have a conversation here");
    browser.lookAt("chat-earlier");
    browser.sized(Browser.NARROW, false).press("Go on with it");
    browser.awaitText(".consent", "May we keep");
    assertEquals(first, browser.driver().getCurrentUrl());
  }

  @Test
  void aLinkWithATokenOpensTheConversationAndTheTokenLeavesTheAddress() {
    var opened = Invitation.open(url);
    browser.go(url + "/chat/" + opened.id());
    browser.awaitText("h1", "This conversation opens with your link");
    browser.lookAt("chat-entrance");
    browser
        .sized(Browser.NARROW, false)
        .go(url + "/chat/" + opened.id() + "#" + opened.id() + ".x");
    browser.driver().navigate().refresh();
    browser.awaitText("[data-problem]", "This link does not open this conversation.");
    browser.go("about:blank").go(url + "/chat/" + opened.id() + "#" + opened.token());
    browser.awaitText(".consent", "May we keep");
    assertEquals(url + "/chat/" + opened.id(), browser.driver().getCurrentUrl());
  }

  @Test
  void aPauseIsSaidAndTheChatGoesOnAfterIt() {
    begin();
    browser.awaitText(".consent", "May we keep");
    String id = browser.find("[data-chat]").getAttribute("data-chat");
    Invitation.control(url, engine.operatorToken(), "conversation:" + id, "paused");
    browser.type("textarea", "Yes, that is fine");
    browser.press("Send");
    browser.awaitText(".doing", "We are taking a short break.");
    browser.lookAt("chat-paused");
    browser.sized(Browser.NARROW, false);
    Invitation.control(url, engine.operatorToken(), "conversation:" + id, "running");
    browser.awaitText(".theirs", "Which plan");
  }

  private void begin() {
    browser.go(url + "/chat").press("Begin");
  }

  private void type(String keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  /// Goes forward with the tabulator until the thing of that name has the focus.
  private void pressByKeys(String name) {
    for (int steps = 0; steps < 40; steps++) {
      if (browser.driver().switchTo().activeElement().getText().strip().equals(name)) {
        type(Keys.ENTER.toString());
        return;
      }
      type(Keys.TAB.toString());
    }
    throw new AssertionError("no way by keys to " + name + " on: " + browser.text());
  }

  private void assertInOrderAndOnce() {
    var lines = lines();
    assertFalse(lines.isEmpty());
    assertEquals(lines.stream().distinct().sorted().toList(), lines);
  }

  private List<Long> lines() {
    return browser.all("[data-lines] > li").stream()
        .map(line -> line.getAttribute("data-line"))
        .map(Long::valueOf)
        .toList();
  }
}
