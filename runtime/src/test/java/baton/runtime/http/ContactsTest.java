package baton.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Contacts with their history, and their exchange as CSV, over HTTP.
class ContactsTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aFieldTellsItsHistoryAndWhereEachValueComesFrom() {
    var opened = house.open();
    house.contact(opened.id(), Map.of("stage", Value.of("talking")));
    String id = house.contact(opened.id(), Map.of("stage", Value.of("won"), "seats", Value.of(12)));
    var card = house.get("/v1/contacts/" + id, House.OPERATOR).json();
    assertEquals("{\"seats\":12,\"stage\":\"won\"}", card.get("fields").toString());
    assertEquals(3, card.get("history").size());
    var first = card.get("history").get(0);
    assertEquals("talking", first.get("value").asText());
    assertEquals("agent", first.get("source").asText());
    assertTrue(first.get("evidence").isNull());
    assertEquals("closing", first.get("role").asText());
    assertEquals(opened.id().id(), first.get("conversation").asText());
    assertTrue(first.get("effect").asText().endsWith(opened.id().id()));
    assertEquals(id, house.get("/v1/contacts", House.OPERATOR).json().get(0).get("id").asText());
    assertEquals(0, house.get("/v1/contacts?after=" + id, House.OPERATOR).json().size());
    assertEquals(403, house.get("/v1/contacts/" + id, opened.token()).status());
    assertEquals(404, house.get("/v1/contacts/c0", House.OPERATOR).status());
  }

  @Test
  void aFileIsTakenRowByRowAndOfABadRowNothing() {
    var reply =
        send(
            """
            \ufeffemail,name,seats,stage
            Ada@Example.org,<b>Ad\u200ba</b>,12,new
            eve@example.org,Eve\0,1,new
            no address,Bob,1,new
            ,Max,2,new
            kim@example.org,Kim,many,new
            lou@example.org,Lou
            max@example.org,\u202eMax,3,
            """);
    assertEquals(200, reply.status(), reply.text());
    assertEquals(2, reply.json().get("added").asInt());
    assertEquals(5, reply.json().get("refused").asInt());
    assertEquals(
        List.of(
            "3 name holds a control character (U+0000): remove it",
            "4 email is no address: write it as name@example.com",
            "5 contact, id and email are all empty: fill one",
            "6 seats is no whole number: write digits alone",
            "7 has 2 cells where the header has 4: add or remove commas, or quote cells that hold"
                + " one"),
        reply
            .json()
            .get("rows")
            .valueStream()
            .map(row -> row.get("line").asText() + " " + row.get("wrong").asText())
            .toList());
    var contacts = house.get("/v1/contacts", House.OPERATOR).json();
    assertEquals(2, contacts.size());
    var ada = named(contacts, "<b>Ada</b>");
    assertEquals("ada@example.org", ada.get("fields").get("email").asText());
    assertEquals(12, ada.get("fields").get("seats").asInt());
    var card = house.get("/v1/contacts/" + ada.get("id").asText(), House.OPERATOR).json();
    for (var written : card.get("history")) {
      assertEquals("import", written.get("source").asText());
      assertEquals(2, written.get("evidence").asInt());
      assertEquals("operator", written.get("operator").asText());
      assertTrue(written.get("conversation").isNull());
    }
    assertEquals("Max", named(contacts, "Max").get("fields").get("name").asText());
  }

  @Test
  void theSameFileAgainChangesNothingAndAnotherValueIsOneMoreInTheHistory() {
    String file = "email,name,stage\nada@example.org,Ada,new\neve@example.org,Eve,new\n";
    send(file);
    var again = send(file).json();
    assertEquals(2, again.get("unchanged").asInt());
    var changed =
        send("email,name,stage\nada@example.org,Ada,won\nADA@example.org,Ada L,won\n").json();
    assertEquals(2, changed.get("changed").asInt());
    var ada = named(house.get("/v1/contacts", House.OPERATOR).json(), "Ada L");
    var card = house.get("/v1/contacts/" + ada.get("id").asText(), House.OPERATOR).json();
    assertEquals(
        List.of("email", "name=Ada", "stage=new", "stage=won", "name=Ada L"),
        card.get("history")
            .valueStream()
            .map(w -> w.get("field").asText() + "=" + w.get("value").asText())
            .map(text -> text.startsWith("email=") ? "email" : text)
            .toList());
  }

  @Test
  void aContactOfAConversationAndOfAFileIsOne() {
    var opened = house.open(); // its buyer is ada@example.org
    String id = house.contact(opened.id(), Map.of("stage", Value.of("talking")));
    send("id,stage\nada@example.org,won\n");
    var card = house.get("/v1/contacts/" + id, House.OPERATOR).json();
    assertEquals("won", card.get("fields").get("stage").asText());
    assertEquals(2, card.get("history").size());
  }

  @Test
  void whatIsExportedIsNoFormulaAndIsTakenBackUnchanged() {
    send("email,name,note\n=1+1@example.org,+Ada,\"@SUM(A1), \"\"x\"\"\"\neve@example.org,Eve,\n");
    var file = house.get("/v1/contacts.csv", House.OPERATOR);
    assertEquals("text/csv; charset=UTF-8", file.header("Content-Type"));
    assertTrue(file.text().startsWith("contact,since,email,name,note\r\n"), file.text());
    assertTrue(file.text().contains(",'=1+1@example.org,'+Ada,\"'@SUM(A1), \"\"x\"\"\"\r\n"));
    var back = send(file.text()).json();
    assertEquals(2, back.get("unchanged").asInt(), back.toString());
    assertEquals(401, house.get("/v1/contacts.csv", "").status());
    assertEquals(
        "there is no contact of that id: leave the cell empty",
        send("contact,stage\nc0,won\n").json().get("rows").get(0).get("wrong").asText());
  }

  @Test
  void whatConversationsWroteIsTakenBackUnchangedWhateverItIs() {
    var opened = house.open();
    String id =
        house.contact(
            opened.id(),
            Map.of(
                "booking.start", Value.of(Instant.parse("2027-06-07T13:00:00Z")),
                "quote.total", Value.of(new Money("KWD", 1_234_505)),
                "seats", Value.of(12),
                "next-step", Value.of("'=call back"),
                "stage", Value.of("=won")));
    String file = house.get("/v1/contacts.csv", House.OPERATOR).text();
    assertTrue(file.contains(",''=call back,"), file);
    assertTrue(file.contains(",'=won\r\n"), file);
    assertEquals(1, send(file).json().get("unchanged").asInt(), file);
    assertEquals(file, house.get("/v1/contacts.csv", House.OPERATOR).text());
    var card = house.get("/v1/contacts/" + id, House.OPERATOR).json();
    assertEquals(5, card.get("history").size());
  }

  @Test
  void personalValuesAreSealedAtRestAndGoneAfterErasure() {
    send("email,name,stage\nada@example.org,Ada,new\n");
    assertFalse(house.tools.fields("default").toString().contains("Ada"));
    house.vault.erase("default", house.vault.subject("default", "ada@example.org"));
    var contact = house.get("/v1/contacts", House.OPERATOR).json().get(0);
    assertTrue(contact.get("fields").get("name").isNull());
    assertTrue(contact.get("fields").get("email").isNull());
    assertEquals("new", contact.get("fields").get("stage").asText());
    String file = house.get("/v1/contacts.csv", House.OPERATOR).text();
    assertTrue(file.endsWith("Z,,,new\r\n"), file);
  }

  @Test
  void filesThatCannotBeReadAreRefusedInOneLine() {
    assertEquals(
        "byte 10: 0xEB is not UTF-8: save the file as CSV in UTF-8",
        upload("email,x\nzo\u00eb@x.org,1\n".getBytes(ISO_8859_1)).detail());
    assertEquals(
        "line 1: one of the columns contact, id and email is needed", send("name\nAda\n").detail());
    assertEquals(
        "line 1: 'first name' cannot be a field: write it with small letters, digits, '.' and '-'",
        send("email,first name\nx,y\n").detail());
    assertEquals("the file is empty: begin it with a header", send("").detail());
    var half = send("email,name\nada@example.org,Ada\n\"eve").detail();
    assertTrue(half.startsWith("after line 2: a quotation mark is not closed"), half);
    assertEquals(415, house.post("/v1/contacts.csv", House.OPERATOR, "{}").status());
  }

  @Test
  void aRoleWritesNoFieldThatItsMandateLacks() {
    var opened = house.open();
    house.engine.answer(opened.id(), new Action.WriteCrm(Map.of("salary", Value.of(1))));
    var decisions = house.get(opened.path() + "/decisions", House.OPERATOR).json();
    var last = decisions.get(decisions.size() - 1);
    assertEquals("write-crm", last.get("action").get("kind").asText());
    assertEquals("deny", last.get("verdict").asText());
    assertTrue(last.get("findings").toString().contains("\"verdict\":\"deny\""));
    assertTrue(last.get("words").asText().contains("salary"), last.toString());
  }

  private static JsonNode named(JsonNode contacts, String name) {
    return contacts
        .valueStream()
        .filter(contact -> contact.get("fields").path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private House.Reply send(String csv) {
    return upload(csv.getBytes(UTF_8));
  }

  private House.Reply upload(byte[] csv) {
    return house.send(
        house
            .request("/v1/contacts.csv", House.OPERATOR)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofByteArray(csv)));
  }
}
