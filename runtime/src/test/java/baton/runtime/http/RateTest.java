package baton.runtime.http;

import static baton.runtime.http.BadInputTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Rates are bounded, for each conversation and each address.
class RateTest {
  @Test
  void aConversationThatTalksTooFastIsToldWhenToGoOn() {
    var slow = new HttpSettings.Rate(2, 0.5);
    try (var house = house(slow, HttpSettings.defaults().addressRate())) {
      var opened = house.open();
      String path = opened.path() + "/messages";
      assertEquals(202, house.post(path, opened.token(), House.message("a", "Hi")).status());
      assertEquals(202, house.post(path, opened.token(), House.message("b", "Hi")).status());

      var tooFast = house.post(path, opened.token(), House.message("c", "Hi"));
      assertProblem(429, tooFast);
      assertEquals("2", tooFast.header("Retry-After"));
      assertEquals(2, house.get(opened.path(), opened.token()).json().get("transcript").size());

      house.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      assertEquals(202, house.post(path, opened.token(), House.message("c", "Hi")).status());
    }
  }

  @Test
  void anAddressThatAsksTooOftenIsHeldBackButNotTheOperator() {
    try (var house =
        house(HttpSettings.defaults().conversationRate(), new HttpSettings.Rate(1, 1))) {
      assertEquals(201, house.post("/v1/conversations", "", House.opening("rate-1")).status());
      assertProblem(429, house.post("/v1/conversations", "", House.opening("rate-2")));
      assertEquals(200, house.get("/v1/campaigns", House.OPERATOR).status());
    }
  }

  private static House house(HttpSettings.Rate conversation, HttpSettings.Rate address) {
    return new House(HttpSettings.defaults().at("127.0.0.1", 0).limited(conversation, address));
  }
}
