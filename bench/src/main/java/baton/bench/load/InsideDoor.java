package baton.bench.load;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.gate.Gate;
import baton.handoff.gate.Verdict;
import baton.handoff.port.Interpreter;
import baton.runtime.Engine;
import baton.runtime.http.Ports;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The engine in this process, without HTTP. Texts are sealed and read as the API does it.
public final class InsideDoor implements Door {
  private static final String TENANT = ConversationId.DEFAULT_TENANT;
  static final String TEXT = "We are a small office and would like to see how it works for us.";
  private static final long STEP_MAX_SECONDS = 30;
  private static final int ROWS_MAX = 1_000;

  /// Rows of a whole conversation of workload W: the opening and the first ask; of a sentence what
  /// was heard, the decision and the outcome; of a hand-off what was heard, the revocation, the
  /// grant with its ask, and the answer to that.
  static final int ROWS = 2 + 10 * 3 + 2 * 4;

  /// How it is known that it is the buyer's turn.
  private interface Turn {
    /// @param message that was said, 0 for the opening
    void await(Inside talk, int message) throws InterruptedException;
  }

  private final Ports ports;
  private final String campaign;
  private final Turn turn;
  private final Interpreter interpreter;

  private InsideDoor(Ports ports, String campaign, Turn turn) {
    this.ports = ports;
    this.campaign = campaign;
    this.turn = turn;
    this.interpreter =
        ports.interpreters().apply(ports.policies().active(TENANT, campaign).orElseThrow());
  }

  /// For workload W. The engine says only that there is more; how often it says so in a step is
  /// always the same, and is checked afterwards.
  public static InsideDoor counting(Ports ports) {
    return new InsideDoor(ports, Workloads.CAMPAIGN, InsideDoor::counted);
  }

  /// For any campaign: reads the journal whenever there is more.
  public static InsideDoor reading(Ports ports, String campaign) {
    return new InsideDoor(ports, campaign, InsideDoor::read);
  }

  private static void counted(Inside talk, int message) throws InterruptedException {
    int rows = message == 0 ? 2 : QuickAgent.passesOn(message) ? 4 : 3;
    if (!talk.more.tryAcquire(rows, STEP_MAX_SECONDS, TimeUnit.SECONDS)) throw talk.stuck();
  }

  private static void read(Inside talk, int message) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_MAX_SECONDS);
    while (true) {
      if (!talk.more.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) throw talk.stuck();
      talk.more.drainPermits();
      for (var row : talk.rows()) {
        talk.seen = row.row();
        if (row.entry().events().stream().anyMatch(Event.BuyersTurn.class::isInstance)) return;
      }
    }
  }

  @Override
  public Talk open(String conversation) throws Exception {
    var talk = new Inside(new ConversationId(TENANT, conversation));
    try {
      talk.done(new Command.Open(campaign, "chat", talk.identity()));
      turn.await(talk, 0);
      return talk;
    } catch (Exception failed) {
      talk.close();
      throw failed;
    }
  }

  /// Says again what was said before: the engine has to know the conversation, and changes nothing.
  ///
  /// @throws IllegalStateException where it does not know it
  public void repeat(String conversation, int message) {
    var talk = new Inside(new ConversationId(TENANT, conversation));
    var reply = talk.send(talk.hear(message));
    talk.close();
    if (!(reply instanceof Engine.Reply.Unchanged)) {
      throw new IllegalStateException(conversation + " was not known: " + reply);
    }
  }

  @Override
  public Optional<String> wrong(String conversation) {
    var id = new ConversationId(TENANT, conversation);
    var rows = ports.engine().entries(id, 0, ROWS_MAX);
    var events = rows.stream().flatMap(row -> row.entry().events().stream()).toList();
    boolean asItShould =
        rows.size() == ROWS
            && count(events, Event.Heard.class) == QuickAgent.STEPS
            && count(events, Event.Settled.class) == 10
            && count(events, Event.BuyersTurn.class) == 13
            && count(events, Event.Granted.class) == 3
            && count(events, Event.Superseded.class) == 0
            && events.stream().allMatch(InsideDoor::isPermitted);
    return asItShould
        ? Optional.empty()
        : Optional.of(conversation + " has " + rows.size() + " rows: " + names(events));
  }

  private static long count(List<Event> events, Class<? extends Event> type) {
    return events.stream().filter(type::isInstance).count();
  }

  /// Each decision by all checks, and a permit.
  private static boolean isPermitted(Event event) {
    return !(event instanceof Event.Decided decided)
        || (decided.verdict() == Verdict.PERMIT
            && decided.findings().stream().map(found -> found.check()).distinct().count()
                == Gate.CHECKS.size());
  }

  private static List<String> names(List<Event> events) {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private final class Inside implements Talk {
    private final Semaphore more = new Semaphore(0);
    private final ConversationId id;
    private final String subject;
    private final AutoCloseable listening;
    private long seen;

    Inside(ConversationId id) {
      this.id = id;
      this.subject = ports.vault().subject(TENANT, id.id());
      this.listening = ports.engine().listen(id, more::release);
    }

    @Override
    public void say(int message) throws Exception {
      done(hear(message));
      turn.await(this, message);
    }

    private void done(Command command) {
      var reply = send(command);
      if (!(reply instanceof Engine.Reply.Done)) throw new IllegalStateException(reply.toString());
    }

    private Engine.Reply send(Command command) {
      return ports.engine().send(id, command).toCompletableFuture().join();
    }

    private Command.Buyer identity() {
      var sealed = ports.vault().seal(TENANT, subject, "identity", id.id());
      var body = ports.vault().seal(TENANT, subject, "identity", "body " + id.id()).digest();
      return new Command.Buyer(
          subject, body, sealed, Optional.empty(), Optional.empty(), "", "", "");
    }

    private Command.Hear hear(int number) {
      var vault = ports.vault();
      var message = "m" + number;
      var body = vault.seal(TENANT, subject, "transcript", message + TEXT).digest();
      var sealed = vault.seal(TENANT, subject, "transcript", TEXT);
      var signals =
          interpreter.buyer(
              TEXT,
              Instant.now(),
              ZoneOffset.UTC,
              span -> vault.seal(TENANT, subject, "identity", span));
      return new Command.Hear(message, body, sealed, List.copyOf(signals), 100);
    }

    private List<Engine.Numbered> rows() {
      return ports.engine().entries(id, seen, ROWS_MAX);
    }

    private IllegalStateException stuck() {
      return new IllegalStateException(id.id() + " does not go on");
    }

    @Override
    public void close() {
      try {
        listening.close();
      } catch (Exception unsubscribing) {
        throw new IllegalStateException("cannot stop listening", unsubscribing);
      }
    }
  }
}
