package baton.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Part;
import baton.handoff.fact.Sealed;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An agent is asked once for one answer, and stops thinking when nobody waits: whatever happens
/// around it.
@Timeout(30)
class AgentActorTest {
  private static final ConversationId ID = new ConversationId("default", "c");
  private static final String JOURNAL = "agent|" + ID.key() + "|booking";
  private static final Duration RESTARTED = Duration.ofSeconds(5);
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          PersistenceTestKitPlugin.config()
              .withFallback(
                  ConfigFactory.parseString("pekko.persistence.testkit.events.serialize = off")));
  private static final PersistenceTestKit STORE = PersistenceTestKit.create(KIT.system());
  private static final Executor BLOCKING = Executors.newVirtualThreadPerTaskExecutor();

  private final TestProbe<Command> supervisor = KIT.createTestProbe();
  private final Thinker agent = new Thinker();
  private ActorRef<AgentActor.Message> actor = start();

  @AfterEach
  void clear() {
    KIT.stop(actor);
    STORE.clearAll();
  }

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  /// Thinks what the test lets it think, and notes how it was asked.
  private static final class Thinker implements Agent {
    final List<String> asked = new ArrayList<>();
    final BlockingQueue<Thought> thoughts = new LinkedBlockingQueue<>();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
      throw new AssertionError("asked for its thoughts");
    }

    @Override
    public Thoughts thoughts(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
      synchronized (this) {
        asked.add(briefing.ask() + " with " + notes + ", said " + briefing.said().size());
      }
      return new Thoughts() {
        @Override
        public Thought next() {
          begun.countDown();
          try {
            return thoughts.take();
          } catch (InterruptedException leaving) {
            interrupted.countDown();
            throw new IllegalStateException(leaving);
          }
        }

        @Override
        public void close() {
          closed.countDown();
        }
      };
    }

    synchronized List<String> asked() {
      return List.copyOf(asked);
    }

    @Override
    public Reply consider(Offer offer) {
      return Reply.YES;
    }
  }

  private static Thought thought(String line, boolean goesOn) {
    var notes = new TreeMap<String, String>();
    notes.put("last", line);
    return new Thought(List.of(speak(line)), notes, Optional.empty(), goesOn);
  }

  private static Action speak(String line) {
    return new Action.Speak(new Words.Line(line), "");
  }

  private static ActorRef<AgentActor.Message> start() {
    return KIT.spawn(AgentActor.create(ID, Role.BOOKING, new Plain(), BLOCKING));
  }

  private void restart() {
    KIT.stop(actor);
    actor = start();
  }

  private void ask(long number) {
    ask(number, 0);
  }

  private void ask(long number, int part) {
    actor.tell(new AgentActor.Ask(briefing(number, part), agent, null, supervisor.ref()));
  }

  private void answered(long ask, String line, Optional<Part> part) {
    assertEquals(
        new Command.Answer(Role.BOOKING, 1, ask, List.of(speak(line)), Optional.empty(), part),
        supervisor.receiveMessage(RESTARTED));
  }

  private static Optional<Part> part(int number, boolean goesOn) {
    return Optional.of(new Part(number, goesOn));
  }

  // --- whole answers

  @Test
  void givenAnAsk_thenTheAnswerIsInTheJournalBeforeItIsTold() {
    agent.thoughts.add(thought("hello", false));
    ask(7);
    answered(7, "hello", Optional.empty());
    var stored = STORE.persistedInStorage(JOURNAL);
    assertEquals(1, stored.size());
  }

  @Test
  void givenACrashWhileItThinks_thenItIsAskedOnceMore_andTheFirstThinkingEnds() throws Exception {
    ask(7);
    assertTrue(agent.begun.await(10, TimeUnit.SECONDS));
    restart();
    assertTrue(agent.interrupted.await(10, TimeUnit.SECONDS), "nobody waits for it any more");
    agent.thoughts.add(thought("hello", false));
    ask(7);
    answered(7, "hello", Optional.empty());
    assertEquals(2, agent.asked().size());
  }

  @Test
  void givenACrashAfterItHasAnswered_thenItIsNeverAskedAgain() {
    agent.thoughts.add(thought("hello", false));
    ask(7);
    answered(7, "hello", Optional.empty());
    restart();
    ask(7);
    answered(7, "hello", Optional.empty());
    assertEquals(1, agent.asked().size());
  }

  /// What is not in the journal was not said to anybody, so it may be thought again.
  @Test
  void givenAJournalThatFails_thenNobodyIsToldAndItIsAskedAnew() {
    STORE.failNextPersisted(JOURNAL);
    agent.thoughts.add(thought("lost", false));
    ask(7);
    awaitAsked(1);
    agent.thoughts.add(thought("hello", false));
    supervisor.awaitAssert(
        RESTARTED,
        () -> {
          ask(7);
          answeredSoon("hello");
          return null;
        });
    assertEquals(List.of("7 with {}, said 0", "7 with {}, said 0"), agent.asked());
  }

  private void answeredSoon(String line) {
    var answer = (Command.Answer) supervisor.receiveMessage(Duration.ofMillis(300));
    assertEquals(List.of(speak(line)), answer.actions());
  }

  @Test
  void givenTheSameAskTwice_thenItIsThoughtAboutOnce() {
    ask(7);
    ask(7);
    agent.thoughts.add(thought("hello", false));
    answered(7, "hello", Optional.empty());
    assertEquals(1, agent.asked().size());
  }

  @Test
  void givenANewAsk_thenTheOldOneIsThoughtAboutNoLonger() throws Exception {
    ask(7);
    assertTrue(agent.begun.await(10, TimeUnit.SECONDS));
    ask(9);
    assertTrue(agent.interrupted.await(10, TimeUnit.SECONDS));
    agent.thoughts.add(thought("hello", false));
    answered(9, "hello", Optional.empty());
  }

  @Test
  void givenThatNobodyWaits_thenItStops_andAnotherAsksWordIsNotTakenForIt() throws Exception {
    ask(7);
    assertTrue(agent.begun.await(10, TimeUnit.SECONDS));
    actor.tell(new AgentActor.Forget(6));
    actor.tell(new AgentActor.Forget(7));
    assertTrue(agent.interrupted.await(10, TimeUnit.SECONDS));
    assertTrue(agent.closed.await(10, TimeUnit.SECONDS));
    agent.thoughts.add(thought("hello", false));
    ask(8);
    answered(8, "hello", Optional.empty());
  }

  // --- answers in parts

  @Test
  void givenAnAnswerInParts_thenEachIsHandedOutWhenItIsAskedFor_andNothingIsThoughtTwice() {
    agent.thoughts.addAll(List.of(thought("one", true), thought("two", false)));
    ask(7);
    answered(7, "one", part(0, true));
    ask(12, 1);
    answered(12, "two", part(1, false));
    assertEquals(List.of("7 with {}, said 0"), agent.asked());
    ask(20);
    awaitAsked(2);
    assertEquals("20 with {last=two}, said 0", agent.asked().getLast());
  }

  /// It begins with the notes that it had, and is told what the buyer has heard since.
  @Test
  void givenACrashBetweenParts_thenItIsAskedAnewAndToldWhatWasHeard() {
    agent.thoughts.add(thought("zero", false));
    ask(3);
    answered(3, "zero", Optional.empty());
    agent.thoughts.add(thought("one", true));
    ask(7);
    answered(7, "one", part(0, true));
    restart();
    agent.thoughts.add(thought("two", false));
    ask(12, 1);
    answered(12, "two", part(1, false));
    assertEquals(
        List.of("3 with {}, said 0", "7 with {last=zero}, said 0", "12 with {last=zero}, said 1"),
        agent.asked());
  }

  @Test
  void givenACrashAfterAPartWasAnswered_thenThatPartComesFromTheJournal() {
    agent.thoughts.add(thought("one", true));
    ask(7);
    answered(7, "one", part(0, true));
    restart();
    ask(7);
    answered(7, "one", part(0, true));
    assertEquals(1, agent.asked().size());
  }

  @Test
  void givenAnAnswerThatIsCutShort_thenItsRestIsNotThought() throws Exception {
    agent.thoughts.add(thought("one", true));
    ask(7);
    answered(7, "one", part(0, true));
    actor.tell(new AgentActor.Forget(7));
    assertTrue(agent.closed.await(10, TimeUnit.SECONDS));
  }

  private void awaitAsked(int times) {
    supervisor.awaitAssert(
        RESTARTED,
        () -> {
          assertEquals(times, agent.asked().size());
          return null;
        });
  }

  private static Briefing briefing(long ask, int part) {
    List<Sealed> said =
        part == 0 ? List.of() : List.of(new Sealed("s", "talk", "digest", "Y2lwaGVy"));
    return new Briefing(
        ID,
        "inbound-trial",
        "chat",
        true,
        "s",
        Role.BOOKING,
        1,
        ask,
        1,
        List.of(new Prompt.Silence(1)),
        part,
        said,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeSet<>(),
        new TreeSet<>(),
        new TreeSet<>(),
        new TreeSet<>(),
        "UTC",
        true,
        0,
        0,
        "hash",
        Instant.EPOCH);
  }

  /// Rows without a chain.
  private static final class Plain implements Rows<AgentEvent> {
    @Override
    public String first() {
      return "";
    }

    @Override
    public AgentEvent row(String previousHash, AgentEvent event) {
      return event;
    }

    @Override
    public AgentEvent event(AgentEvent row) {
      return row;
    }

    @Override
    public String hash(AgentEvent row) {
      return "";
    }
  }
}
