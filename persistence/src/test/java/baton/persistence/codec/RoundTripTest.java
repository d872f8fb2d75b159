package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Entry;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.handoff.agent.AgentEvent;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Test
  void whateverEntryIsWrittenComesBackEqualAndWithTheSameBytes_inEachFormat() {
    String previous = Chained.FIRST;
    for (int seed = 0; seed < 2_000; seed++) {
      var entry = Made.seeded(seed).of(Entry.class);
      int format = 1 + seed % 2;
      var link = Link.of(format, previous, entry);
      var back = Link.read(link.bytes());
      assertEquals(format, back.format(), "seed " + seed);
      assertEquals(entry, back.entry(), "seed " + seed);
      assertEquals(link.hash(), back.hash(), "seed " + seed);
      assertEquals(previous, back.previous(), "seed " + seed);
      assertArrayEquals(
          link.bytes(), Link.of(format, previous, back.entry()).bytes(), "seed " + seed);
      previous = link.hash();
    }
  }

  @Test
  void whateverAnAgentJournalsComesBackEqual() {
    for (int seed = 0; seed < 500; seed++) {
      var event = Made.seeded(seed).of(AgentEvent.class);
      var link = AgentLink.of(1 + seed % 2, Chained.FIRST, event);
      assertEquals(event, AgentLink.read(link.bytes()).event(), "seed " + seed);
      assertEquals(link, AgentLink.read(link.bytes()), "seed " + seed);
    }
  }

  @Test
  void whateverStateIsKeptInASnapshotComesBackEqual() {
    for (int seed = 0; seed < 500; seed++) {
      var snapshot = new Snapshot(1 + seed % 2, Chained.FIRST, Made.seeded(seed).of(State.class));
      assertEquals(snapshot, Snapshot.read(snapshot.bytes()), "seed " + seed);
    }
  }

  @Test
  void anOutcomeAsJsonComesBackEqual() {
    for (int seed = 0; seed < 500; seed++) {
      var outcome = Made.seeded(seed).of(Outcome.class);
      assertEquals(outcome, JournalCodec.outcome(JournalCodec.toJson(outcome)), "seed " + seed);
    }
  }
}
