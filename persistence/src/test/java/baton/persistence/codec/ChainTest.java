package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.State;
import baton.handoff.agent.AgentEvent;
import baton.persistence.codec.Chain.Followed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
  private record Row(long number, Chained link) implements Chain.Row {}

  @Test
  void aWholeJournalIsFollowedToItsHead() {
    var rows = journal(5);
    assertEquals(
        new Followed.Whole(new Chain(5, 10, rows.getLast().link().hash())),
        Chain.START.follow(rows));
    assertEquals(new Followed.Whole(Chain.START), Chain.START.follow(List.of()));
  }

  @Test
  void itCanBeFollowedInParts() {
    var rows = journal(5);
    var half = ((Followed.Whole) Chain.START.follow(rows.subList(0, 2))).chain();
    assertEquals(Chain.START.follow(rows), half.follow(rows.subList(2, 5)));
  }

  @Test
  void itGoesOnFromASnapshot() {
    var rows = journal(3);
    var last = (Link) rows.get(1).link();
    var live = Made.example().of(State.Live.class);
    var state =
        new State.Live(
            live.id(),
            live.opening(),
            last.entry().last(),
            live.authority(),
            live.policy(),
            live.lease(),
            live.known(),
            live.work(),
            live.counted());
    assertEquals(
        Chain.START.follow(rows),
        Chain.from(2, new Snapshot(JournalCodec.NEWEST, last.hash(), state))
            .follow(rows.subList(2, 3)));
  }

  @Test
  void aRowThatIsGoneIsNamedByTheNextOne() {
    var rows = journal(5);
    rows.remove(2);
    assertBroken(4, "row 3 was expected", rows);
  }

  @Test
  void aRowThatIsThereTwiceIsNamed() {
    var rows = journal(3);
    rows.add(1, rows.get(1));
    assertBroken(2, "row 3 was expected", rows);
  }

  @Test
  void aRowThatWasExchangedIsNamedByTheNextOne() {
    var rows = journal(3);
    var other = Link.of(rows.get(0).link().hash(), entry(3, "forged"));
    rows.set(1, new Row(2, other));
    assertBroken(3, "it does not name the hash of the row before it", rows);
  }

  @Test
  void rowsInAnotherOrderAreNamed() {
    var rows = journal(4);
    Collections.swap(rows, 1, 2);
    assertBroken(3, "row 2 was expected", rows);
  }

  @Test
  void aGapInTheEventsIsNamed() {
    var first = Link.of(Chained.FIRST, entry(1, "a"));
    var second = Link.of(first.hash(), entry(4, "b"));
    assertBroken(2, "event 3 was expected", List.of(new Row(1, first), new Row(2, second)));
  }

  @Test
  void anAgentsJournalIsAChainToo() {
    var first = AgentLink.of(Chained.FIRST, new AgentEvent.Replied(1, true, ""));
    var second = AgentLink.of(first.hash(), new AgentEvent.Replied(2, false, "busy"));
    assertEquals(
        new Followed.Whole(new Chain(2, 0, second.hash())),
        Chain.START.follow(List.of(new Row(1, first), new Row(2, second))));
    assertBroken(1, "it does not name the hash of the row before it", List.of(new Row(1, second)));
  }

  private static void assertBroken(long row, String why, List<Row> rows) {
    assertEquals(new Followed.Broken(row, why), Chain.START.follow(rows));
  }

  /// Two events a row.
  private static List<Row> journal(int size) {
    var rows = new ArrayList<Row>();
    String head = Chained.FIRST;
    for (int i = 0; i < size; i++) {
      var link = Link.of(head, entry(2L * i + 1, "r" + i));
      rows.add(new Row(i + 1, link));
      head = link.hash();
    }
    return rows;
  }

  private static Entry entry(long first, String reason) {
    return new Entry(
        first,
        new Command.Wake(),
        Made.example().of(Circumstances.class),
        List.of(new Event.Escalated(reason), new Event.Closed(reason)));
  }
}
