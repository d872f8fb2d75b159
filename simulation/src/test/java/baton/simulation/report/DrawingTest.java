package baton.simulation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.simulation.report.Arcs.Arc;
import baton.simulation.report.Histogram.Bar;
import baton.simulation.report.Histogram.Bin;
import baton.simulation.report.Histogram.Mark;
import baton.simulation.report.Histogram.Place;
import baton.simulation.report.Stack.Part;
import baton.simulation.report.Stack.Share;
import baton.simulation.report.Tally.MoveRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where things are drawn and how they are worded: numbers in, numbers and words out.
class DrawingTest {
  @Test
  void whatGoesOnIsOnTheRightWhatComesBackOnTheLeftAndWhatNeverHappenedNowhere() {
    var moves =
        List.of(
            new MoveRow("opened", "booking", 90, 0),
            new MoveRow("booking", "opened", 1, 0),
            new MoveRow("booking", "closed", 0, 3));
    var arcs = Arcs.of(List.of("opened", "booking", "closed"), moves);
    assertEquals(
        List.of(
            new Arc("M179 20C231 20 231 70 179 70", "9.0", true, "booking", 227, 49, 90),
            new Arc("M87 70C35 70 35 20 87 20", "1.5", false, "opened", 43, 49, 1)),
        arcs.arcs());
    assertEquals(
        List.of("opened", "booking", "closed"),
        arcs.nodes().stream().map(Arcs.Node::name).toList());
  }

  @Test
  void aBarIsAsHighAsItsBinIsFullAndNeverInvisible() {
    var spread = new Spread();
    for (int i = 0; i < 100; i++) spread.add(1);
    spread.add(2);
    var bins = List.of(new Bin(0, 1, "0", "0"), new Bin(1, 2, "1", ""), new Bin(2, 9, "more", "2"));
    var drawn = Histogram.of(spread, bins, List.of(new Place(1, "Closing")), 90);
    assertEquals(
        List.of(
            new Bar(1, 84, 28, 0, "0", 0),
            new Bar(31, 20, 28, 64, "1", 100),
            new Bar(61, 82, 28, 2, "more", 1)),
        drawn.bars());
    assertEquals(List.of(new Mark(60, "Closing")), drawn.marks());
    assertEquals(100, drawn.most());
  }

  @Test
  void partsOfAWholeStandOneBehindTheOther() {
    var stack = Stack.of(8, List.of(new Share("a", 2), new Share("b", 0), new Share("c", 1)));
    assertEquals(
        List.of(new Part("0.000", "25.000", "a", 2), new Part("25.000", "12.500", "c", 1)),
        stack.parts());
  }

  @Test
  void numbersAndTimesInWords() {
    assertEquals("<\u00a01\u00a0%", Wording.share(1, 1_000));
    assertEquals(">\u00a099\u00a0%", Wording.share(999, 1_000));
    assertEquals("0\u00a0%", Wording.share(0, 1_000));
    assertEquals("–", Wording.share(0, 0));
    assertEquals("1,234 conversations", Wording.count(1_234, "conversation"));
    assertEquals("40\u00a0s", Wording.duration(40));
    assertEquals("12\u00a0min 40\u00a0s", Wording.duration(760));
    assertEquals("3\u00a0h", Wording.duration(10_800));
    assertEquals("3\u00a0d 2\u00a0h", Wording.duration(267_000));
    assertEquals("0:20", Wording.elapsed(Duration.ofSeconds(20)));
    assertEquals("1:12:40", Wording.elapsed(Duration.ofSeconds(4_360)));
    assertEquals("3 d 0:00:20", Wording.elapsed(Duration.ofDays(3).plusSeconds(20)));
  }
}
