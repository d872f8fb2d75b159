package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.memory.MemoryStandings;
import baton.runtime.tools.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CampaignsTest {
  private static final House HOUSE = new House();
  private static final String OUTBOUND = "/v1/campaigns/outbound-appointments";
  private static final String INBOUND = "/v1/campaigns/inbound-trial";

  @AfterAll
  static void close() throws SQLException {
    HOUSE.close();
    // Another house has another vault, in which these leads do not open.
    try (var connection = TestDatabase.source().getConnection();
        var clear = connection.createStatement()) {
      clear.execute("delete from lead where tenant = 'default'");
      clear.execute("delete from outreach where tenant = 'default'");
    }
  }

  private static House.Reply upload(String path, String token, String type, String csv) {
    return HOUSE.send(
        HOUSE.request(path, token).header("Content-Type", type).POST(BodyPublishers.ofString(csv)));
  }

  @Test
  void anEngineWhoseLettersWouldLeadNowhereStartsNoCampaign() {
    HOUSE.outreachLacks = Optional.of("set public-url");
    try {
      var refused =
          HOUSE.post(
              OUTBOUND + "/outreach", House.OPERATOR, "{\"state\":\"running\",\"reason\":\"go\"}");
      assertEquals(422, refused.status());
      assertEquals("this campaign cannot write: set public-url", refused.detail());
    } finally {
      HOUSE.outreachLacks = Optional.empty();
    }
  }

  @Test
  void givenAFile_thenItsReportNamesEachRowThatWasNotAdded() {
    String csv = "email,region\nweb-1@example.com,DE\nbad,DE\nweb-1@example.com,DE\n";
    var first = upload(OUTBOUND + "/leads.csv", House.OPERATOR, "text/csv; charset=utf-8", csv);
    assertEquals(200, first.status(), first.text());
    assertEquals(1, first.json().get("added").asInt());
    assertEquals(1, first.json().get("twice").asInt());
    assertEquals(1, first.json().get("refused").asInt());
    assertEquals(0, first.json().get("leftOut").asInt());
    var rows = first.json().get("rows");
    assertEquals(2, rows.size());
    assertEquals(3, rows.get(0).get("line").asInt());
    assertEquals("email", rows.get(0).get("column").asText());
    var again = upload(OUTBOUND + "/leads.csv", House.OPERATOR, "text/csv", csv);
    assertEquals(0, again.json().get("added").asInt());
    var leads = HOUSE.get(OUTBOUND + "/leads?state=waiting", House.OPERATOR).json();
    var lead = leads.get(leads.size() - 1);
    assertEquals("web-1@example.com", lead.get("email").asText());
    assertEquals("Europe/Berlin", lead.get("timeZone").asText());
    var after = HOUSE.get(OUTBOUND + "/leads?after=" + lead.get("n").asLong(), House.OPERATOR);
    assertEquals(0, after.json().size());
  }

  @Test
  void givenAFileThatBreaksOff_thenItIsToldWhereAndNothingElse() {
    var broken = upload(OUTBOUND + "/leads.csv", House.OPERATOR, "text/csv", "name\nx\n");
    assertEquals(422, broken.status());
    assertTrue(broken.detail().endsWith("; nothing was added"), broken.detail());
  }

  @Test
  void onlyOperatorsBringLeadsOrSeeThem() {
    var opened = HOUSE.open();
    String csv = "email,region\nx@example.com,DE\n" + "y@example.com,DE\n".repeat(20_000);
    for (var caller : new String[] {"", opened.token()}) {
      int expected = caller.isEmpty() ? 401 : 403;
      var upload = upload(OUTBOUND + "/leads.csv", caller, "text/csv", csv);
      assertEquals(expected, upload.status());
      assertEquals(expected, HOUSE.get(OUTBOUND + "/leads", caller).status());
      assertEquals(expected, HOUSE.get(OUTBOUND + "/outreach", caller).status());
      assertEquals(
          expected,
          HOUSE
              .post(OUTBOUND + "/outreach", caller, "{\"state\":\"running\",\"reason\":\"x\"}")
              .status());
    }
    var leads = HOUSE.get(OUTBOUND + "/leads", House.OPERATOR).text();
    assertFalse(leads.contains("x@example.com"), leads);
  }

  @Test
  void whatCannotBeIsToldWithWhatToDo() {
    assertEquals(404, HOUSE.get("/v1/campaigns/nobodys/leads", House.OPERATOR).status());
    assertEquals(
        404, upload("/v1/campaigns/nobodys/leads.csv", House.OPERATOR, "text/csv", "x").status());
    assertEquals(
        415, upload(OUTBOUND + "/leads.csv", House.OPERATOR, "application/json", "{}").status());
    assertEquals(422, HOUSE.get(OUTBOUND + "/leads?state=asleep", House.OPERATOR).status());
    var start = "{\"state\":\"running\",\"reason\":\"go\"}";
    var refused = HOUSE.post(INBOUND + "/outreach", House.OPERATOR, start);
    assertEquals(422, refused.status());
    assertEquals(
        "this campaign does not write to anybody first: give its policy a section outreach",
        refused.detail());
    assertEquals(
        422,
        HOUSE
            .post(OUTBOUND + "/outreach", House.OPERATOR, "{\"state\":\"on\",\"reason\":\"x\"}")
            .status());
    assertEquals(
        422,
        HOUSE.post(OUTBOUND + "/outreach", House.OPERATOR, "{\"state\":\"running\"}").status());
  }

  @Test
  void outreachIsStartedAndStoppedWithAReason() {
    var started =
        HOUSE.post(
            OUTBOUND + "/outreach", House.OPERATOR, "{\"state\":\"running\",\"reason\":\"go\"}");
    assertEquals(200, started.status(), started.text());
    assertEquals("running", started.json().get("state").asText());
    assertEquals("PT2M", started.json().get("pace").asText());
    var stopped =
        HOUSE.post(
            OUTBOUND + "/outreach", House.OPERATOR, "{\"state\":\"stopped\",\"reason\":\"no\"}");
    assertEquals("stopped", stopped.json().get("state").asText());
    assertEquals(
        "no", HOUSE.get(OUTBOUND + "/outreach", House.OPERATOR).json().get("reason").asText());
  }

  @Test
  void theWayOutChangesNothingUntilItIsPressedAndHoldsAfterwards() {
    var opened = HOUSE.open();
    String stop = "/stop/" + new Tokens(new byte[32], House.OPERATOR).stop(opened.id());
    var page = HOUSE.get(stop, "");
    assertEquals(200, page.status(), page.text());
    assertTrue(page.text().contains("Do not contact me again"));
    assertFalse(isOptedOut(opened));
    for (int i = 0; i < 2; i++) {
      var pressed =
          HOUSE.send(
              HOUSE
                  .request(stop, "")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
      assertEquals(200, pressed.status(), pressed.text());
      assertTrue(pressed.text().contains("You will hear no more from us"));
    }
    assertTrue(isOptedOut(opened));
    var heard = HOUSE.get(opened.path() + "/events", House.OPERATOR).text();
    assertTrue(heard.contains("\"type\":\"heard\""), "the journal has the buyer's word");
  }

  @Test
  void theWayOutHoldsAlsoAfterTheEndOfTheConversation() {
    var opened = HOUSE.open();
    HOUSE.post(opened.path() + "/close", House.OPERATOR, "{\"reason\":\"done\"}");
    String stop = "/stop/" + new Tokens(new byte[32], House.OPERATOR).stop(opened.id());
    var standings = new MemoryStandings(HOUSE.store);
    String subject = HOUSE.vault.subject("default", "ada@example.org");
    assertFalse(standings.of("default", subject).optedOut());
    var pressed = HOUSE.send(HOUSE.request(stop, "").POST(BodyPublishers.noBody()));
    assertEquals(200, pressed.status(), pressed.text());
    assertTrue(standings.of("default", subject).optedOut());
  }

  /// The link must hold whatever ids others have used, and whoever's browser it is opened in.
  @Test
  void theWayOutHoldsWhateverWasSaidUnderItsName() {
    var opened = HOUSE.open();
    HOUSE.post(opened.path() + "/messages", opened.token(), House.message("stop-link", "Hi"));
    String stop = "/stop/" + new Tokens(new byte[32], House.OPERATOR).stop(opened.id());
    assertEquals(
        200, HOUSE.send(HOUSE.request(stop, "").POST(BodyPublishers.noBody())).status(), stop);
    assertTrue(isOptedOut(opened));
  }

  @Test
  void theWayOutHoldsInTheBrowserOfAnOperatorToo() {
    var opened = HOUSE.open();
    var tokens = new Tokens(new byte[32], House.OPERATOR);
    var cookie =
        new Sessions(tokens, InstantSource.fixed(House.NOON), new MemoryEnded())
            .signIn(House.OPERATOR)
            .orElseThrow();
    var pressed =
        HOUSE.send(
            HOUSE
                .request("/stop/" + tokens.stop(opened.id()), "")
                .header("Cookie", cookie.name() + "=" + cookie.value())
                .header("Origin", HOUSE.url)
                .POST(BodyPublishers.noBody()));
    assertEquals(200, pressed.status(), pressed.text());
    assertTrue(isOptedOut(opened));
  }

  @Test
  void nobodyElsesLinkIsOne() {
    var opened = HOUSE.open();
    for (var token : new String[] {"x", opened.id().id() + ".x", opened.token()}) {
      assertEquals(404, HOUSE.get("/stop/" + token, "").status(), token);
      var pressed = HOUSE.send(HOUSE.request("/stop/" + token, "").POST(BodyPublishers.noBody()));
      assertEquals(404, pressed.status(), token);
    }
    assertFalse(isOptedOut(opened));
    // And it opens nothing.
    String stop = new Tokens(new byte[32], House.OPERATOR).stop(opened.id());
    assertEquals(401, HOUSE.get(opened.path(), stop).status());
  }

  private static boolean isOptedOut(House.Opened opened) {
    return HOUSE
        .get(opened.path() + "/events", House.OPERATOR)
        .text()
        .contains("\"type\":\"opted-out\"");
  }
}
