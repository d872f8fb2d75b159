package baton.runtime.http;

import static baton.runtime.http.BadInputTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Approvals from their opening to the effect.
class ApprovalTest {
  private static final String YES = "{\"verdict\":\"approve\",\"reason\":\"read it\"}";
  private static final String NO = "{\"verdict\":\"reject\",\"reason\":\"not so\"}";

  private House house;
  private House.Opened opened;
  private String approval;

  @BeforeEach
  void anActionWaits() {
    house = House.careful();
    opened = house.open();
    house.engine.answer(opened.id(), new Action.Disclose("ai", new Words.Line("disclosure-ai")));
    approval = house.get("/v1/approvals", House.OPERATOR).json().at("/0/id").asText();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void anOpenApprovalNamesActionRoleAndRight() {
    var open = house.get("/v1/approvals", House.OPERATOR).json();

    assertEquals(1, open.size());
    assertEquals(opened.id().id(), open.at("/0/conversation").asText());
    assertEquals("disclose", open.at("/0/action/kind").asText());
    assertEquals("booking", open.at("/0/role").asText());
    assertEquals("outreach", open.at("/0/right").asText());
    assertEquals("open", open.at("/0/state").asText());
    assertEquals(approval, opened.id().id() + "." + open.at("/0/seq").asLong());
    assertEquals(
        approval, house.get(opened.path(), House.OPERATOR).json().at("/approvals/0/id").asText());
    assertTrue(
        house
            .get(opened.path() + "/decisions", House.OPERATOR)
            .json()
            .at("/0/words")
            .asText()
            .startsWith("Escalated: Booking needs a person's yes to make the disclosure"));
  }

  @Test
  void aYesLetsTheActionHappenOnce() {
    var yes = house.post("/v1/approvals/" + approval, House.OPERATOR, YES);

    assertEquals(200, yes.status(), yes.text());
    assertEquals("approved", yes.json().get("state").asText());
    house.engine.perform(opened.id());
    var state = house.get(opened.path(), opened.token()).json();
    assertEquals(
        List.of("engine", "booking"), state.get("transcript").findValuesAsText("by"), "one moment");
    assertEquals(0, house.get("/v1/approvals", House.OPERATOR).json().size());
    assertEquals(4, house.post("/v1/approvals/" + approval, House.OPERATOR, YES).status() / 100);
  }

  @Test
  void aNoEndsIt() {
    var no = house.post("/v1/approvals/" + approval, House.OPERATOR, NO);

    assertEquals("rejected", no.json().get("state").asText());
    assertTrue(
        house.engine.owed(opened.id()).stream()
            .noneMatch(permit -> permit.kind().equals("disclose")));
    assertEquals(0, house.get("/v1/approvals", House.OPERATOR).json().size());
  }

  @Test
  void aTakeOverVoidsIt() {
    house.post(opened.path() + "/takeover", House.OPERATOR, "");

    var state = house.get(opened.path(), House.OPERATOR).json();
    assertEquals("void", state.at("/approvals/0/state").asText());
    assertEquals(0, house.get("/v1/approvals", House.OPERATOR).json().size());
    assertProblem(404, house.post("/v1/approvals/" + approval, House.OPERATOR, YES));
  }
}
