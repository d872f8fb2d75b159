package baton.agents;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Part;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// One role's agent in one conversation, with a journal and a memory of its own. Its answer is in
/// that journal before anybody sees it, so a restart never asks a model twice.
///
/// @param <R> a row of its journal
public final class AgentActor<R> extends EventSourcedBehavior<AgentActor.Message, R, AgentMemory> {

  public sealed interface Message {}

  /// @param replyTo gets a [Command.Answer], or nothing where the agent fails: then the
  ///   supervisor's deadline decides
  public record Ask(Briefing briefing, Agent agent, Desk desk, ActorRef<Command> replyTo)
      implements Message {}

  /// @param replyTo gets a [Command.Reply]
  public record Consider(long epoch, Offer offer, Agent agent, ActorRef<Command> replyTo)
      implements Message {}

  /// Nobody waits for this answer any more.
  ///
  /// @param ask number of the event that asked
  public record Forget(long ask) implements Message {}

  private record Thinks(Ask ask, Thought thought) implements Message {}

  private record Considered(Consider consider, Reply reply) implements Message {}

  /// @param ask that was thought about, 0 where an offer was
  private record Failed(String what, long ask, Throwable cause) implements Message {}

  /// An answer that is being thought of.
  ///
  /// @param given how many parts of it were
  private record Thinking(long ask, int given, Thoughts thoughts, FutureTask<Thought> part) {
    void end() {
      part.cancel(true);
      thoughts.close();
    }
  }

  private final ActorContext<Message> context;
  private final Role role;
  private final Rows<R> rows;
  private final Executor blocking;
  private Optional<Thinking> thinking = Optional.empty();

  private AgentActor(
      ActorContext<Message> context,
      ConversationId conversation,
      Role role,
      Rows<R> rows,
      Executor blocking) {
    super(
        PersistenceId.ofUniqueId("agent|" + conversation.key() + "|" + role.name()),
        SupervisorStrategy.restartWithBackoff(
            java.time.Duration.ofMillis(200), java.time.Duration.ofSeconds(10), 0.2));
    this.context = context;
    this.role = role;
    this.rows = rows;
    this.blocking = blocking;
  }

  /// @param blocking where agents think: one virtual thread each
  public static <R> Behavior<Message> create(
      ConversationId conversation, Role role, Rows<R> rows, Executor blocking) {
    return Behaviors.setup(
        context -> new AgentActor<>(context, conversation, role, rows, blocking));
  }

  @Override
  public AgentMemory emptyState() {
    return AgentMemory.blank(rows.first());
  }

  /// It has a few rows and makes no snapshots, so it looks for none.
  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public CommandHandler<Message, R, AgentMemory> commandHandler() {
    return (memory, message) ->
        switch (message) {
          case Ask ask -> ask(memory, ask);
          case Consider consider -> consider(memory, consider);
          case Thinks(var ask, var thought) -> answered(memory, ask, thought);
          case Considered(var consider, var reply) -> replied(memory, consider, reply);
          case Forget(var number) -> {
            if (isThinkingOf(number)) forget();
            yield Effect().none();
          }
          case Failed(var what, var number, var cause) -> {
            boolean forgotten = number != 0 && !isThinkingOf(number);
            if (forgotten) yield Effect().none();
            if (number != 0) forget();
            // The type alone: a message may quote the buyer.
            context.getLog().warn("{} failed: {}", what, cause.getClass().getName());
            yield Effect().none();
          }
        };
  }

  private boolean isThinkingOf(long ask) {
    return thinking.filter(about -> about.ask() == ask).isPresent();
  }

  private void forget() {
    thinking.ifPresent(Thinking::end);
    thinking = Optional.empty();
  }

  private Effect<R, AgentMemory> ask(AgentMemory memory, Ask ask) {
    long number = ask.briefing().ask();
    if (number == memory.ask()) {
      ask.replyTo().tell(memory.answer(role, ask.briefing()));
    } else if (!isThinkingOf(number)) {
      think(ask, goesOn(memory, ask.briefing()).orElseGet(() -> begun(memory, ask)));
    }
    return Effect().none();
  }

  /// What is being thought of, where this asks for its next part.
  private Optional<Thoughts> goesOn(AgentMemory memory, Briefing briefing) {
    return thinking
        .filter(about -> briefing.part() > 0)
        .filter(about -> about.ask() == memory.ask() && about.given() == briefing.part())
        .map(Thinking::thoughts);
  }

  /// Thought of from the beginning, or anew: what the buyer has heard of it is in the briefing.
  private Thoughts begun(AgentMemory memory, Ask ask) {
    forget();
    return ask.agent().thoughts(ask.briefing(), memory.notesFor(ask.briefing()), ask.desk());
  }

  private void think(Ask ask, Thoughts thoughts) {
    var briefing = ask.briefing();
    var part = new FutureTask<>(thoughts::next);
    thinking = Optional.of(new Thinking(briefing.ask(), briefing.part(), thoughts, part));
    context.pipeToSelf(
        CompletableFuture.supplyAsync(
            () -> {
              part.run();
              if (part.state() == Future.State.SUCCESS) return part.resultNow();
              throw new CompletionException(part.isCancelled() ? null : part.exceptionNow());
            },
            blocking),
        (thought, failure) ->
            failure == null
                ? new Thinks(ask, thought)
                : new Failed("thinking", briefing.ask(), failure));
  }

  private Effect<R, AgentMemory> answered(AgentMemory memory, Ask ask, Thought thought) {
    var briefing = ask.briefing();
    var about = thinking.filter(t -> t.ask() == briefing.ask());
    if (about.isEmpty()) return Effect().none(); // asked anew in the meantime
    if (!thought.goesOn()) forget();
    else {
      thinking = about.map(t -> new Thinking(t.ask(), t.given() + 1, t.thoughts(), t.part()));
    }
    boolean inParts = thought.goesOn() || briefing.part() > 0;
    var event =
        new AgentEvent.Answered(
            briefing.ask(),
            briefing.epoch(),
            thought.actions(),
            thought.notes(),
            thought.origin(),
            inParts ? Optional.of(new Part(briefing.part(), thought.goesOn())) : Optional.empty());
    return Effect()
        .persist(rows.row(memory.head(), event))
        .thenRun((AgentMemory after) -> ask.replyTo().tell(after.answer(role, briefing)));
  }

  private Effect<R, AgentMemory> consider(AgentMemory memory, Consider consider) {
    if (consider.epoch() == memory.epoch()) {
      consider.replyTo().tell(reply(consider, memory.accepted(), memory.reason()));
    } else {
      context.pipeToSelf(
          CompletableFuture.supplyAsync(
              () -> consider.agent().consider(consider.offer()), blocking),
          (reply, failure) ->
              failure == null
                  ? new Considered(consider, reply)
                  : new Failed("considering an offer", 0, failure));
    }
    return Effect().none();
  }

  private Effect<R, AgentMemory> replied(AgentMemory memory, Consider consider, Reply reply) {
    if (consider.epoch() == memory.epoch()) return Effect().none();
    var event = new AgentEvent.Replied(consider.epoch(), reply.accepts(), reply.reason());
    return Effect()
        .persist(rows.row(memory.head(), event))
        .thenRun(() -> consider.replyTo().tell(reply(consider, reply.accepts(), reply.reason())));
  }

  private Command.Reply reply(Consider consider, boolean accepts, String reason) {
    return new Command.Reply(role, consider.epoch(), accepts, reason);
  }

  /// What nobody will hear is not thought to the end.
  @Override
  public SignalHandler<AgentMemory> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(PostStop.instance(), _ -> forget())
        .onSignal(PreRestart.instance(), _ -> forget())
        .build();
  }

  @Override
  public EventHandler<AgentMemory, R> eventHandler() {
    return (memory, row) -> memory.after(rows.event(row), rows.hash(row));
  }
}
