package baton.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Command;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// For a moment two nodes may both believe that a conversation is theirs. The one that is behind
/// neither says no to what the other has made right, nor leaves lying what the other began.
@ExtendWith(RunningEngine.class)
class TwoWritersTest {
  @Test
  void givenThatAnotherNodeTookItOver_whenItIsHandedBackHere_thenThatIsNotRefused(
      EngineProcess engine) throws SQLException {
    var talk = Talk.open(engine);
    assertEquals(409, talk.operator().handBack(talk.id()).status());
    talk.operator().takeOver(talk.id()).as(200);
    var other = new OtherNode(engine.database(), talk.id());
    var name = other.operator();
    talk.operator().handBack(talk.id()).as(200);
    talk.until(talk.seq(), "buyers-turn");

    other.appends(new Command.TakeOver(name));
    long seq = talk.seq();
    talk.operator().handBack(talk.id()).as(200);
    talk.until(seq, "buyers-turn");
    assertEquals(List.of(), talk.irregularities());
  }

  @Test
  void givenThatAnotherNodeBeganSomethingAndWent_whenItComesDue_thenItGoesOnHere(
      EngineProcess engine) throws SQLException {
    var talk = Talk.open(engine);
    talk.operator().takeOver(talk.id()).as(200);

    var other = new OtherNode(engine.database(), talk.id());
    long row = other.appends(new Command.HandBack(other.operator()));
    long seq = talk.seq();
    other.wakes(row);
    talk.until(seq, "answered");
    assertEquals(List.of(), talk.irregularities());
  }
}
