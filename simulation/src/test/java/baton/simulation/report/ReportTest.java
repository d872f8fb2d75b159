package baton.simulation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.simulation.Happening;
import baton.simulation.Played;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The page: what is in it, and what is not.
class ReportTest {
  @Test
  void theSameBatchGivesTheSameBytesWhereverItIsPlayed() {
    var here = Locale.getDefault();
    var once = batch();
    try {
      // Where numbers are written with other digits, and other letters are lower case.
      for (var elsewhere : List.of("ar-EG", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(elsewhere));
        assertEquals(once, batch(), elsewhere);
      }
    } finally {
      Locale.setDefault(here);
    }
  }

  private static String batch() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.met("orders", 1, Batch.orders()));
    report.add(Batch.unmet("orders", 2, Batch.fallsSilent(), "book was to take place"));
    return html(report);
  }

  @Test
  void aShareThatIsNotMetIsSaidWhereEachConversationWentAsExpected() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.met("orders", 1, Batch.orders()));
    var missed = "at least 60 % were to book, and 0 of 1 were (0.0 %)";
    var html = report.html(Map.of("orders", List.of(missed)));
    assertEquals("1 expected share was not met", headline(html));
    has(html, "<li class=\"is-unmet\"><bdi>" + missed + "</bdi></li>");
    has(html, "What was expected of many together was not met: see Scenarios.");

    report.add(Batch.unmet("orders", 2, Batch.fallsSilent(), "book was to take place"));
    assertEquals(
        "1 of 2 conversations did not go as expected, and 2 expected shares were not met",
        headline(report.html(Map.of("orders", List.of(missed, missed)))));
  }

  @Test
  void whoeverReadsItLearnsTheOutcomeFirst() {
    var none = new Report(Batch.POLICY, 7);
    assertEquals("No conversation was played", headline(html(none)));

    var one = new Report(Batch.POLICY, 7);
    one.add(Batch.met("silence", 1, Batch.fallsSilent()));
    var html = html(one);
    assertEquals("The one conversation went as expected", headline(html));
    has(html, "<dd>Inbound trial requests by chat</dd>");
    has(html, "<dd>inbound-trial</dd>");
    has(html, Batch.POLICY.policy().hash());
    has(html, "Every conversation went as its scenario expects.");
    has(html, "No proposal was denied.");

    one.add(Batch.unmet("silence", 2, Batch.fallsSilent(), "the buyer was to opt out"));
    assertEquals("1 of 2 conversations did not go as expected", headline(html(one)));
  }

  @Test
  void aConversationThatFailedIsToldWithItsVerdictsAndTimes() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.unmet("haggling", 31, Batch.orders(), "concede was to be denied twice"));
    var html = html(report);
    has(html, "id=\"c31\"");
    has(html, "<li><bdi>concede was to be denied twice</bdi></li>");
    has(html, "Opened 2026-11-20 18:00:00 UTC");
    has(html, "<span class=\"at\">2:20</span><span class=\"by\">Buyer</span>");
    has(html, "It goes beyond 20 %, and nobody's right goes further.");
    assertTrue(html.contains("<a href=\"#c31\">No. 31</a>"), "the denial has an example");
  }

  @Test
  void wordsOfABuyerAreWordsAndNothingElse() {
    var report = new Report(Batch.POLICY, 7);
    var words = "<script>alert(1)</script> & \"90 %\" \u202Eeerf\u0007 now";
    report.add(Batch.unmet("<b>hostile</b>\u2066", 1, Batch.says(words), "<i>never</i>"));
    var html = html(report);
    assertFalse(html.contains("<script"), "<script");
    assertFalse(html.contains("<b>hostile"), "<b>hostile");
    assertFalse(html.contains("<i>never"), "<i>never");
    assertFalse(html.matches("(?s).*[\u202e\u2066\u0007].*"), "what cannot be seen");
    has(html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"90 %\" [U+202E]eerf[U+0007] now");
    has(html, "&lt;b&gt;hostile&lt;/b&gt;[U+2066]");
  }

  @Test
  void itLoadsNothingAndRunsNothing() {
    var report = new Report(Batch.POLICY, 7);
    report.add(Batch.unmet("orders", 1, Batch.orders(), "nothing"));
    var html = html(report).replace("url(#hatch)", "");
    for (var foreign : List.of("http:", "https:", "url(", "src=", "@import", "<script", "<link")) {
      assertFalse(html.contains(foreign), foreign);
    }
  }

  @Test
  void twoHundredFailuresAreToldAndTheRestIsCounted() {
    var report = new Report(Batch.POLICY, 7);
    var one = Batch.unmet("silence", 1, Batch.fallsSilent(), "the buyer was to opt out");
    for (int i = 1; i <= 203; i++) {
      report.add(new Played(one.scenario(), i, one.entries(), one.timeline(), one.unmet()));
    }
    var html = html(report);
    assertEquals("None of 203 conversations went as expected", headline(html));
    assertEquals(200, html.split("<details class=\"failure\"", -1).length - 1);
    has(html, "The first 200 are told here. 3 conversations more did not");
    assertTrue(html.contains("id=\"c200\"") && !html.contains("id=\"c201\""), "the first ones");
  }

  @Test
  void threeHundredLinesOfOneConversationAreToldAndTheRestIsCounted() {
    var one = Batch.unmet("haggling", 1, Batch.fallsSilent(), "an end");
    var line = new Played.Timed(one.timeline().getFirst().at(), new Happening.Heard("10%?", 100));
    var report = new Report(Batch.POLICY, 7);
    report.add(
        new Played("haggling", 1, one.entries(), Collections.nCopies(304, line), one.unmet()));
    var html = html(report);
    assertEquals(300, html.split("<li class=\"heard\"", -1).length - 1);
    has(html, "4 more things happened after this");
  }

  private static String html(Report report) {
    return report.html(Map.of());
  }

  /// A failure names what is missing, not the whole page.
  private static void has(String html, String part) {
    assertTrue(html.contains(part), part);
  }

  private static String headline(String html) {
    return html.substring(html.indexOf("<h1>") + 4, html.indexOf("</h1>"));
  }
}
