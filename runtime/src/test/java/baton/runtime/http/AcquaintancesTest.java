package baton.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// What a message costs does not grow with what was said before it.
class AcquaintancesTest {
  @Test
  void aMessageIsReadByWhatIsNewSinceTheOneBefore() {
    try (var house = new House(HttpSettings.defaults().at("127.0.0.1", 0))) {
      var opened = house.open();
      String path = opened.path() + "/messages";
      assertEquals(202, house.post(path, opened.token(), House.message("a", "Hi")).status());
      int rows = house.engine.journal(opened.id()).size();

      assertEquals(202, house.post(path, opened.token(), House.message("b", "Hi")).status());
      assertEquals(1, house.engine.readAfter.getLast().longValue());
      assertEquals(202, house.post(path, opened.token(), House.message("c", "Hi")).status());
      assertEquals(rows, house.engine.readAfter.getLast().longValue());
    }
  }
}
