package baton.simulation.world;

import baton.agents.Agent;
import baton.agents.AgentMemory;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Thoughts;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Part;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.runtime.Shell;
import baton.simulation.world.Faults.Hop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/// One conversation in one process. It is busy from a decision until all of it is durable, and
/// takes nothing meanwhile; a failed persist makes it start again from the journal. One that learns
/// that another has written leaves what it has to do to a successor.
final class Supervisor implements Shell.Lane {
  private static final long RETRY_MILLIS = 300;
  private static final long BACK_OFF_MILLIS = 200;
  private static final int WAITING_MAX = 1_000;

  /// What came of a command.
  sealed interface Answer {
    /// Durable, or nothing to do.
    record Done(Step step) implements Answer {}

    /// Nobody knows: it may be in the journal.
    record Unknown() implements Answer {}
  }

  /// @param asker empty for what this process itself sends
  private record Envelope(Command command, Optional<Consumer<Answer>> asker) {
    void answer(Answer answer) {
      asker.ifPresent(reply -> reply.accept(answer));
    }
  }

  /// An answer that is not over, as far as it was asked for.
  ///
  /// @param answered number of the last ask
  private record Thinking(long answered, Thoughts thoughts) {}

  private final Node node;
  private final Disk disk;
  private final ConversationId id;
  private final Deque<Envelope> waiting = new ArrayDeque<>();
  private State state;
  private Optional<Thinking> thinking = Optional.empty();
  private boolean busy;
  private boolean stopped;
  private long start;

  Supervisor(Node node, ConversationId id) {
    this.node = node;
    this.disk = node.around().disk();
    this.id = id;
    state = Conversation.blank(id);
  }

  /// Folds the journal, and owes what is unfinished.
  void start() {
    var journal = disk.journal(id);
    state = journal.state();
    busy = false;
    start++;
    node.shell().recovered(state, this, journal::outcomes);
    next();
  }

  boolean isBusy() {
    return busy;
  }

  void stop() {
    stopped = true;
    start++;
    forget();
  }

  private void restart() {
    busy = true;
    start++;
    forget();
    node.in(BACK_OFF_MILLIS, ofThisStart(this::start));
  }

  private void forget() {
    thinking.ifPresent(about -> about.thoughts().close());
    thinking = Optional.empty();
    var lost = new ArrayList<>(waiting);
    waiting.clear();
    lost.forEach(envelope -> envelope.answer(new Answer.Unknown()));
  }

  private Runnable ofThisStart(Runnable work) {
    long begun = start;
    return () -> {
      if (!stopped && start == begun) work.run();
    };
  }

  // --- commands

  /// @param reply at once, or when it is durable
  void take(Command command, Consumer<Answer> reply) {
    take(new Envelope(command, Optional.of(reply)));
  }

  private void take(Envelope envelope) {
    if (stopped || waiting.size() >= WAITING_MAX) envelope.answer(new Answer.Unknown());
    else if (busy) waiting.add(envelope);
    else step(envelope);
  }

  /// Something is due, or may be.
  ///
  /// @param reached the journal has come so far, or gone on
  void look(long reached) {
    var wake = new Envelope(new Command.Wake(), Optional.empty());
    if (!stopped && !busy && reached > state.seq()) leave(wake);
    else take(wake);
  }

  private void next() {
    while (!busy && !stopped && !waiting.isEmpty()) step(waiting.poll());
  }

  private void step(Envelope envelope) {
    node.countStep();
    switch (node.shell().take(state, envelope.command())) {
      case Step.Rejected rejected -> confirm(envelope, new Answer.Done(rejected));
      case Step.Unchanged unchanged -> confirm(envelope, new Answer.Done(unchanged));
      case Step.Taken taken -> persist(taken, envelope);
    }
  }

  private void confirm(Envelope envelope, Answer answer) {
    if (envelope.asker().isEmpty()) return;
    node.toDatabase(
        Hop.LOOK, () -> disk.journal(id).state().seq(), seq -> confirmed(envelope, answer, seq));
  }

  /// What it has appended meanwhile is known to it; what is being appended may be in what was read.
  private void confirmed(Envelope envelope, Answer answer, Optional<Long> seq) {
    if (stopped || seq.isEmpty()) envelope.answer(new Answer.Unknown());
    else if (seq.get() <= state.seq()) envelope.answer(answer);
    else if (busy) envelope.answer(new Answer.Unknown());
    else leave(envelope);
  }

  /// Whatever waits here waits for the successor, which reads the whole journal.
  private void leave(Envelope envelope) {
    var left = new ArrayList<>(waiting);
    waiting.clear();
    stop();
    var successor = node.successor(id, this);
    successor.take(envelope);
    left.forEach(successor::take);
  }

  private void persist(Step.Taken taken, Envelope envelope) {
    busy = true;
    long begun = start;
    node.toDatabase(
        Hop.APPEND,
        () -> disk.append(id, taken.entry()),
        written -> {
          if (stopped || start != begun) {
            envelope.answer(new Answer.Unknown());
          } else if (written.isEmpty() || !written.get()) {
            restart();
            envelope.answer(new Answer.Unknown());
          } else {
            state = taken.next();
            busy = false;
            node.shell().durable(state, taken, this, () -> told(taken, envelope));
            next();
          }
        });
  }

  private void told(Step.Taken taken, Envelope envelope) {
    node.around().durable().accept(id);
    envelope.answer(new Answer.Done(taken));
  }

  // --- the lane

  @Override
  public void advance(Claims.Authority row, Runnable then) {
    busy = true;
    long begun = start;
    node.around()
        .fences()
        .advance(
            rest -> write(row, begun, rest),
            () -> {
              if (stopped || start != begun) return;
              busy = false;
              then.run();
              next();
            });
  }

  /// Nobody is told before the row is there; an outage only delays that.
  private void write(Claims.Authority row, long begun, Runnable rest) {
    node.toDatabase(
        Hop.ADVANCE,
        () -> {
          disk.advance(row);
          return true;
        },
        written -> {
          if (stopped || start != begun) return;
          if (written.isPresent()) rest.run();
          else node.in(RETRY_MILLIS, ofThisStart(() -> write(row, begun, rest)));
        });
  }

  /// The answer is in the agent's journal before anybody sees it, and what is there is not thought
  /// again.
  @Override
  public void ask(State.Live live, Briefing briefing, Agent agent, PolicyDocument policy) {
    var role = briefing.role();
    var memory = disk.memory(id, role);
    if (memory.ask() == briefing.ask()) {
      answer(briefing, memory);
      return;
    }
    travel(
        Hop.THINK,
        "",
        () -> {
          var subject = live.opening().buyer().subject();
          var desk = node.around().desks().desk(id, subject, policy);
          var thoughts = thoughts(briefing, agent, memory, desk);
          var thought = thoughts.next();
          boolean inParts = thought.goesOn() || briefing.part() > 0;
          var event =
              new AgentEvent.Answered(
                  briefing.ask(),
                  briefing.epoch(),
                  thought.actions(),
                  thought.notes(),
                  thought.origin(),
                  inParts
                      ? Optional.of(new Part(briefing.part(), thought.goesOn()))
                      : Optional.empty());
          remember(
              role,
              memory,
              event,
              () -> {
                if (thought.goesOn()) {
                  thinking = Optional.of(new Thinking(briefing.ask(), thoughts));
                }
                answer(briefing, disk.memory(id, role));
              });
        });
  }

  /// An answer that came in parts goes on where it was, unless the process has gone meanwhile, or
  /// what it gave last is not in the journal.
  private Thoughts thoughts(Briefing briefing, Agent agent, AgentMemory memory, Desk desk) {
    var last = thinking;
    thinking = Optional.empty();
    if (last.isPresent() && briefing.part() > 0 && last.get().answered() == memory.ask()) {
      return last.get().thoughts();
    }
    last.ifPresent(about -> about.thoughts().close());
    return agent.thoughts(briefing, memory.notesFor(briefing), desk);
  }

  private void answer(Briefing briefing, AgentMemory memory) {
    report(memory.answer(briefing.role(), briefing));
  }

  @Override
  public void offer(State.Live live, Role to, long epoch, Offer offer, Agent agent) {
    var memory = disk.memory(id, to);
    if (memory.epoch() == epoch) {
      report(new Command.Reply(to, epoch, memory.accepted(), memory.reason()));
      return;
    }
    travel(
        Hop.THINK,
        "",
        () -> {
          var reply = agent.consider(offer);
          var event = new AgentEvent.Replied(epoch, reply.accepts(), reply.reason());
          var command = new Command.Reply(to, epoch, reply.accepts(), reply.reason());
          remember(to, memory, event, () -> report(command));
        });
  }

  private void remember(Role role, AgentMemory from, AgentEvent event, Runnable then) {
    node.toDatabase(
        Hop.APPEND,
        () -> disk.remember(id, role, from, event),
        written -> {
          // Otherwise the deadline decides.
          if (written.orElse(false)) then.run();
        });
  }

  @Override
  public void report(Command command) {
    if (stopped || node.isGhost()) return;
    var envelope = new Envelope(command, Optional.empty());
    travel(Hop.REPORT, kind(command), () -> take(envelope));
  }

  /// Of the action that an outcome is about, or empty.
  private String kind(Command command) {
    return command instanceof Command.Settle settle
            && state instanceof State.Live live
            && live.work().flights().get(settle.permit()) instanceof State.Flight flight
        ? flight.permit().kind()
        : "";
  }

  /// Within this process: late and twice, yet never lost while it lives.
  private void travel(Hop hop, String kind, Runnable work) {
    var passage = node.around().faults().passage(hop, kind);
    if (!passage.arrives() && hop == Hop.THINK) return;
    node.in(passage.waitMillis(), ofThisSupervisor(work));
    if (passage.againMillis() > 0) node.in(passage.againMillis(), ofThisSupervisor(work));
  }

  private Runnable ofThisSupervisor(Runnable work) {
    return () -> {
      if (!stopped) work.run();
    };
  }
}
