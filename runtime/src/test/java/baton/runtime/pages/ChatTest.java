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
import org.openqa.selenium.WebElement;

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
    browser = Browser.open();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void aBuyerIsGreetedAllowsContactPicksATimeAndIsBooked() {
    browser.zone("America/Denver").sized(Browser.NARROW, false).go(url + "/chat");
    browser.lookAt("chat-start");
    browser.sized(Browser.NARROW, false).press("Begin");

    browser.awaitText(".change", "automated assistant");
    browser.awaitText(".who", "You are talking to an automated assistant, Booking.");
    browser.awaitText(".consent", "May we keep what you tell us");
    browser.await(".choices-consent");
    browser.lookAt("chat-consent");
    browser.sized(Browser.NARROW, false).press("Yes, that is fine");
    browser.awaitText(".said-so", "You said yes.");

    browser.press("Team");
    browser.await(".choices");
    say("10 seats please");
    browser.awaitText(".choices .label", "Suggestions");
    browser.press("Tomorrow morning");
    browser.awaitText(".choices-times .label", "Free times, in Denver time");
    browser.lookAt("chat-slots");
    browser.sized(Browser.NARROW, false);
    browser.all(".choices-times button").get(1).click();
    browser.awaitText(".mine", "The second one");
    browser.press("Yes, please");
    browser.awaitText(".theirs", "You are booked");
    browser.awaitText(".rule", "Transfer");
    browser.awaitText(".mine:last-of-type .state", "Delivered");
    browser.until("nothing goes on", () -> browser.has(".doing") ? null : true);
    browser.lookAt("chat-booked");
    browser.mustBeQuiet();
    assertNothingTwice();
  }

  private void say(String text) {
    browser.find("textarea").sendKeys(text);
    browser.press("Send");
    browser.awaitText(".mine .words", text);
  }

  private void assertNothingTwice() {
    var lines = lines();
    assertEquals(lines.stream().distinct().sorted().toList(), lines);
  }

  private List<Long> lines() {
    return browser.all("[data-lines] > li").stream()
        .map(line -> line.getAttribute("data-line"))
        .map(Long::valueOf)
        .toList();
  }
}
