package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Quotes as documents, and orders, over HTTP.
class SalesDeskTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aQuoteIsADocumentForItsBuyerAndForOperatorsAlone() {
    var opened = house.open();
    String quote = house.quoted(opened.id());
    String own = opened.path() + "/quotes/" + quote + ".pdf";
    var reply = house.get(own, opened.token());
    assertEquals(200, reply.status(), reply.text());
    assertEquals("application/pdf", reply.header("Content-Type"));
    assertTrue(
        reply.header("Content-Disposition").matches("inline; filename=\"Q-[0-9A-F]{8}-v1.pdf\""));
    assertTrue(reply.text().startsWith("%PDF-"));
    assertEquals(reply.text(), house.get("/v1/quotes/" + quote + ".pdf", House.OPERATOR).text());
    assertEquals(401, house.get(own, "").status());
    assertEquals(403, house.get("/v1/quotes/" + quote + ".pdf", opened.token()).status());
    var other = house.open();
    assertEquals(403, house.get(own, other.token()).status());
    assertEquals(
        404, house.get(other.path() + "/quotes/" + quote + ".pdf", other.token()).status());
    for (var path : List.of("q0.pdf", "..%2fx.pdf", quote + ".pdf?version=2", quote)) {
      assertEquals(404, house.get("/v1/quotes/" + path, House.OPERATOR).status(), path);
    }
    assertEquals(422, house.get("/v1/quotes/" + quote + ".pdf?version=x", House.OPERATOR).status());
  }

  @Test
  void anOrderGoesItsWayAndKeepsItsHistory() {
    String order = ordered();
    assertEquals("open", state(order));
    var refused = move(order, "fulfilled", "shipped");
    assertEquals(409, refused.status());
    assertEquals(
        "the order is open: from there it can be confirmed or cancelled", refused.detail());
    assertEquals(200, move(order, "confirmed", "paid").status());
    assertEquals(200, move(order, "confirmed", "paid again").status());
    var done = move(order, "fulfilled", "set up").json();
    assertEquals(
        List.of("open>confirmed paid", "confirmed>fulfilled set up"),
        done.get("history")
            .valueStream()
            .map(change ->
                change.get("from").asText()
                    + (">" + change.get("to").asText())
                    + (" " + change.get("reason").asText()))
            .toList());
    assertEquals(
        "the order is fulfilled, and stays so", move(order, "cancelled", "too late").detail());
    assertEquals("fulfilled", state(order));
    assertEquals(1, house.get("/v1/orders?state=fulfilled", House.OPERATOR).json().size());
    assertEquals(0, house.get("/v1/orders?state=open", House.OPERATOR).json().size());
    assertEquals(0, house.get("/v1/orders?after=" + order, House.OPERATOR).json().size());
  }

  @Test
  void badRequestsAboutOrdersChangeNothing() {
    String order = ordered();
    assertEquals(404, move("o0", "confirmed", "x").status());
    assertEquals(422, move(order, "shipped", "x").status());
    assertEquals(
        422, house.put("/v1/orders/" + order, House.OPERATOR, "{\"state\":\"open\"}").status());
    assertEquals(401, house.put("/v1/orders/" + order, "", "{}").status());
    assertEquals(422, house.get("/v1/orders?state=lost", House.OPERATOR).status());
    assertEquals("open", state(order));
    assertFalse(house.get("/v1/orders", House.OPERATOR).text().contains("ada@"));
  }

  private String ordered() {
    var opened = house.open();
    return house.ordered(opened.id(), house.quoted(opened.id()));
  }

  private House.Reply move(String order, String state, String reason) {
    return house.put(
        "/v1/orders/" + order,
        House.OPERATOR,
        "{\"state\":\"%s\",\"reason\":\"%s\"}".formatted(state, reason));
  }

  private String state(String order) {
    return house
        .get("/v1/orders", House.OPERATOR)
        .json()
        .valueStream()
        .filter(row -> row.get("id").asText().equals(order))
        .map(row -> row.get("state").asText())
        .findFirst()
        .orElseThrow();
  }
}
