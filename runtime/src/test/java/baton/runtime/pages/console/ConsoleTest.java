package baton.runtime.pages.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.engine.EngineProcess;
import baton.runtime.pages.Browser;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/// What operators do in a browser, with a running engine.
class ConsoleTest {
  private static EngineProcess engine;
  private static Browser browser;
  private static URI url;
  private static int conversations;

  @BeforeAll
  static void start() {
    engine = EngineProcess.in("console");
    url = engine.launch().ready();
    browser = Browser.open().sized(Browser.WIDE, false);
    browser.go(url + "/");
    browser.type("#token", engine.operatorToken());
    browser.press("Sign in");
    browser.awaitText("h1", "Now");
  }

  @AfterAll
  static void stop() {
    browser.close();
    engine.close();
  }

  @BeforeEach
  void wide() {
    browser.sized(Browser.WIDE, false);
  }

  @Test
  void aJourneyIsWatchedLiveFromTheFirstHolderToTheThird() {
    var buyer = buyer();
    look(buyer);
    awaitTexts(".bar-label", "epoch 1");

    buyer.isQuoted();
    awaitTexts(".bar-label", "epoch 1", "epoch 3", "epoch 5");
    awaitTexts(".gap-label", "nobody\nepoch 2", "nobody\nepoch 4");
    browser.awaitText("#timeline", "Would you like to order");
    assertEquals(1L, browser.run("return document.querySelectorAll('.column-bar.is-live').length"));
    assertEquals(
        true,
        browser.run(
            "return [...document.querySelectorAll('.column-gap')].every(g => g.clientWidth >= 56)"),
        "a gap is seen, however short");
    browser.awaitText(".column-foot", "Facts cross the gap");

    buyer.says("give me 60 percent off");
    browser.awaitText(".entry-deny", "Closing may not concede 60 %");
    browser.awaitText("#live", "Live, event");
    assertInOrderAndOnce();
    browser.lookAt("console-conversation");
    wide();
    browser.click(".entry-deny .source a");
    browser.until(
        "the clause is what was linked to",
        () -> browser.has(".clause:target .clause-reason") ? true : null);
    browser.mustBeQuiet();
  }

  @Test
  void anOperatorTakesOverSpeaksAndHandsBack() {
    var buyer = buyer();
    buyer.says("yes");
    look(buyer);
    browser.press("Take over");
    browser.awaitText("#answer", "You have the conversation");
    browser.press("Done");
    browser.awaitText(".column-cause", "Taken over");
    browser.type("#say", "Hello, this is <b>Sam</b>.");
    browser.press("Say it");
    browser.awaitText(".said-ours .said-words", "Hello, this is <b>Sam</b>.");
    assertFalse(browser.has(".said-words b"), "words are shown, not obeyed");
    browser.mustBeAccessible();
    browser.shoot("console-with-human");
    browser.press("Hand back");
    browser.awaitText("#answer", "Handed back");
    browser.press("Done");
    browser.awaitText(".column-cause", "Handed back");
    browser.until("nobody speaks any more", () -> browser.has("#say") ? null : true);
    browser.awaitText("#talk-head button.main", "Take over");
    browser.mustBeQuiet();
  }

  @Test
  void anApprovalIsAnsweredInADialogAndEveryClickIsAnswered() {
    var buyer = buyer().isQuoted();
    buyer.says("could you do 18 percent off?");
    browser.go(url + "/approvals");
    String card = "[id^='a-" + buyer.id() + "-']";
    browser.awaitText(card, "Closing asks to concede 18 %");
    browser.awaitText(card, "USD 300.00"); // what it rests on
    browser.lookAt("console-approvals");
    wide();
    String path = "[id^='a-" + buyer.id() + "-'] .decide";
    browser.until(
        "the form for a no opens",
        () -> {
          browser.all(path).get(1).findElement(By.tagName("summary")).click();
          return true;
        });
    browser.type(path + "[open] input[name=reason]", "The margin does not allow it");
    browser.click(path + "[open] form button");
    browser.awaitText("#answer", "Rejected");
    browser.press("Done");
    browser.awaitText("[aria-labelledby=ended]", "The margin does not allow it");
    browser.mustBeQuiet();
  }

  @Test
  void aPauseIsSaidOnEveryPageUntilItIsOver() {
    browser.go(url + "/conversations");
    new Actions(browser.driver()).sendKeys("P").perform();
    browser.await("#pause[open]");
    new Select(browser.find("#pause-scope")).selectByValue("campaign:outbound-appointments");
    browser.type("#pause-reason", "new terms");
    browser.click("#pause button.danger");
    browser.awaitText("#answer", "no effect of that scope can begin");
    browser.press("Done");
    browser.awaitText(".pause-band", "Paused: campaign outbound-appointments. By operator");
    browser.awaitText(".pause-band", "new terms");
    browser.go(url + "/policy");
    browser.awaitText(".pause-band", "campaign outbound-appointments");
    browser.go(url + "/controls").lookAt("console-paused");
    wide();
    browser.type("input[id^=resume]", "the terms are in");
    browser.press("Resume");
    browser.awaitText("#answer", "is running");
    browser.press("Done");
    browser.until("the band is gone", () -> browser.has(".pause-band") ? null : true);
    browser.mustBeQuiet();
  }

  @Test
  void aLostConnectionIsSaidAndNothingCanBePressedUntilItIsBack() {
    var buyer = buyer();
    look(buyer);
    browser.awaitText("#live", "Live, event");
    browser.run("dispatchEvent(new Event('offline'))");
    browser.awaitText("#lost", "Connection lost at ");
    browser.awaitText("#lost", "What you see is from then.");
    assertFalse(browser.find("#talk-head button.main").isEnabled());
    assertEquals(
        "true", browser.find("#talk-head summary").getDomAttribute("aria-disabled"), "nor Close");
    buyer.says("yes");
    browser.run("dispatchEvent(new Event('online'))");
    browser.awaitText("#live", "Caught up, ");
    assertTrue(browser.find("#talk-head button.main").isEnabled());
    assertFalse(browser.find("#lost").isDisplayed());
    browser.awaitText(".said-buyer", "yes");
    assertInOrderAndOnce();
  }

  @Test
  void whoeverReadsFurtherUpIsNotMovedAndIsToldWhatIsNew() {
    var buyer = buyer().isQuoted();
    look(buyer);
    browser.awaitText("#live", "Live, event");
    browser.run("document.querySelector('.timeline-box').scrollTop = 0");
    buyer.says("give me 60 percent off");
    browser.awaitText("#newer", " new");
    assertEquals(
        0L, browser.run("return Math.round(document.querySelector('.timeline-box').scrollTop)"));
    browser.click("#newer");
    browser.until("the end is seen", () -> browser.find("#newer").isDisplayed() ? null : true);
  }

  @Test
  void aCutOfLongAgoLeadsToItsEventsAndWhatIsNewIsNotPutBehindThem() {
    var buyer = buyer().isQuoted();
    look(buyer);
    browser.awaitText("#live", "Live, event");
    browser.click(".column");
    browser.await("#timeline > .is-here");
    assertTrue(browser.driver().getCurrentUrl().contains("?before="), "the page it is on");
    browser.awaitText("#timeline", "Opened by chat");
    int shown = browser.all("#timeline > li").size();
    browser.awaitText("#live", "Live, event");
    buyer.says("give me 60 percent off");
    browser.awaitText("#blocked-count", "1");
    assertEquals(shown, browser.all("#timeline > li").size());
    browser.press("Newest events");
    browser.awaitText("#timeline", "Closing may not concede 60 %");
    new Actions(browser.driver()).sendKeys("b").perform();
    browser.until(
        "what is selected has an address",
        () -> browser.driver().getCurrentUrl().matches(".*#e\\d+") ? true : null);
    browser.press("Close…");
    new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
    browser.until(
        "Escape closes it", () -> browser.has("details[data-dialog][open]") ? null : true);
    browser.run("document.querySelector('.talk-head summary').focus()");
    new Actions(browser.driver()).sendKeys(Keys.TAB, Keys.TAB).perform();
    browser.await(".column.is-focused");
    browser.mustBeQuiet();
  }

  @Test
  void theKeysGoEverywhereAndApproveNothing() {
    var buyer = buyer();
    browser.go(url + "/");
    var keys = new Actions(browser.driver());
    keys.sendKeys("g", "c").perform();
    browser.awaitText("h1", "Conversations");
    browser.await("tr[data-row]");
    keys.sendKeys("j").perform();
    browser.await("tr.is-here");
    keys.sendKeys(Keys.ENTER).perform();
    browser.await(".track");
    look(buyer.isQuoted());
    keys.sendKeys("[").perform();
    browser.await(".is-here[data-moved]");
    keys.sendKeys("?").perform();
    browser.await("#keys[open]");
    browser.click("#keys-on");
    browser.press("Done");
    keys.sendKeys("g", "n").perform();
    assertTrue(browser.has(".track"), "they are switched off");
    browser.click("[data-open=keys]");
    browser.click("#keys-on");
    browser.press("Done");
    browser.mustBeQuiet();
  }

  @Test
  void theOtherPagesCanBeUsedByEverybody() {
    buyer();
    browser.go(url + "/").await(".stack");
    browser.lookAt("console-now");
    browser.go(url + "/conversations?campaign=inbound-trial&holder=booking").await("tr[data-row]");
    browser.lookAt("console-conversations");
    browser.go(url + "/conversations?status=closed&holder=human");
    browser.awaitText("#rows", "Show all");
    browser.go(url + "/policy").lookAt("console-policy");
    browser.mustBeQuiet();
  }

  private static Caller buyer() {
    return Caller.opens(url, "watched-" + ++conversations, engine.operatorToken());
  }

  private static void look(Caller buyer) {
    browser.go(url + "/conversations/" + buyer.id());
    browser.await(".track");
  }

  private static void awaitTexts(String css, String... wanted) {
    browser.until(
        css + " reads " + List.of(wanted),
        () ->
            browser.all(css).stream().map(WebElement::getText).toList().equals(List.of(wanted))
                ? true
                : null);
  }

  private static void assertInOrderAndOnce() {
    var rows =
        browser.all("#timeline > li").stream()
            .map(row -> Long.parseLong(row.getDomAttribute("id").substring(1)))
            .toList();
    assertEquals(rows.stream().distinct().sorted().toList(), rows);
  }
}
