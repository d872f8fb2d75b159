package baton.runtime.http;

import static baton.runtime.http.BadInputTest.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What takes too long is answered as all that may be asked again.
@Timeout(60)
class LateTest {
  @Test
  void givenAnEngineThatTakesTooLongThenItIsSaidWhenToComeAgain() {
    try (var house = House.hurried()) {
      var opened = house.open();
      house.engine.silent = true;
      var late = house.post(opened.path() + "/messages", opened.token(), House.message("a", "Hi"));
      assertProblem(503, late);
      assertEquals("nobody knows whether it was taken: send the same again", late.detail());
      assertEquals("1", late.header("Retry-After"));
    }
  }
}
