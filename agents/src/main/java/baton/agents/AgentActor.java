package baton.agents;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Origin;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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

/// One role's agent in one conversation, with a journal and a memory of its own. Its answer is in
/// that journal before anybody sees it, so a restart never asks a model twice.
///
/// @param <R> a row of its journal
public final class AgentActor<R>
    extends EventSourcedBehavior<AgentActor.Message, R, AgentActor.Memory> {

  public sealed interface Message {}

  /// @param replyTo gets a [Command.Answer], or nothing where the agent fails: then the
  ///   supervisor's deadline decides
  public record Ask(Briefing briefing, Agent agent, Desk desk, ActorRef<Command> replyTo)
      implements Message {}

  /// @param replyTo gets a [Command.Reply]
  public record Consider(long epoch, Offer offer, Agent agent, ActorRef<Command> replyTo)
      implements Message {}

  private record Thinks(Ask ask, Thought thought) implements Message {}

  private record Considered(Consider consider, Reply reply) implements Message {}

  private record Failed(String what, Throwable cause) implements Message {}

  /// @param head hash of the journal's last row
  /// @param ask number of the last ask that was answered, 0 for none
  /// @param epoch of the last offer that was replied to, 0 for none
  /// @param notes private: no other agent and no decision ever reads them
  public record Memory(
      String head,
      long ask,
      List<Action> actions,
      Optional<Origin> origin,
      long epoch,
      boolean accepted,
      String reason,
      SortedMap<String, String> notes) {
    public static Memory blank(String head) {
      return new Memory(head, 0, List.of(), Optional.empty(), 0, false, "", new TreeMap<>());
    }

    /// @param hash of the row that the event is in
    public Memory after(AgentEvent event, String hash) {
      return switch (event) {
        case AgentEvent.Answered(var ask, _, var actions, var notes, var origin) ->
            new Memory(hash, ask, actions, origin, epoch, accepted, reason, notes);
        case AgentEvent.Replied(var epoch, var accepts, var reason) ->
            new Memory(hash, ask, actions, origin, epoch, accepts, reason, notes);
      };
    }
  }

  private final ActorContext<Message> context;
  private final Role role;
  private final Rows<R> rows;
  private final Executor thinking;
  private long thinkingAbout;

  private AgentActor(
      ActorContext<Message> context,
      ConversationId conversation,
      Role role,
      Rows<R> rows,
      Executor thinking) {
    super(
        PersistenceId.ofUniqueId("agent|" + conversation.key() + "|" + role.name()),
        SupervisorStrategy.restartWithBackoff(
            java.time.Duration.ofMillis(200), java.time.Duration.ofSeconds(10), 0.2));
    this.context = context;
    this.role = role;
    this.rows = rows;
    this.thinking = thinking;
  }

  /// @param thinking where agents may block: one virtual thread each
  public static <R> Behavior<Message> create(
      ConversationId conversation, Role role, Rows<R> rows, Executor thinking) {
    return Behaviors.setup(
        context -> new AgentActor<>(context, conversation, role, rows, thinking));
  }

  @Override
  public Memory emptyState() {
    return Memory.blank(rows.first());
  }

  /// It has a few rows and makes no snapshots, so it looks for none.
  @Override
  public Recovery recovery() {
    return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
  }

  @Override
  public CommandHandler<Message, R, Memory> commandHandler() {
    return (memory, message) ->
        switch (message) {
          case Ask ask -> ask(memory, ask);
          case Consider consider -> consider(memory, consider);
          case Thinks(var ask, var thought) -> answered(memory, ask, thought);
          case Considered(var consider, var reply) -> replied(memory, consider, reply);
          case Failed(var what, var cause) -> {
            thinkingAbout = 0;
            // The type alone: a message may quote the buyer.
            context.getLog().warn("{} failed: {}", what, cause.getClass().getName());
            yield Effect().none();
          }
        };
  }

  private Effect<R, Memory> ask(Memory memory, Ask ask) {
    long number = ask.briefing().ask();
    if (number == memory.ask()) {
      ask.replyTo().tell(answer(ask.briefing(), memory.actions(), memory.origin()));
    } else if (number != thinkingAbout) {
      thinkingAbout = number;
      context.pipeToSelf(
          CompletableFuture.supplyAsync(
              () -> ask.agent().think(ask.briefing(), memory.notes(), ask.desk()), thinking),
          (thought, failure) ->
              failure == null ? new Thinks(ask, thought) : new Failed("thinking", failure));
    }
    return Effect().none();
  }

  private Effect<R, Memory> answered(Memory memory, Ask ask, Thought thought) {
    var briefing = ask.briefing();
    if (briefing.ask() != thinkingAbout) return Effect().none(); // asked anew in the meantime
    thinkingAbout = 0;
    var event =
        new AgentEvent.Answered(
            briefing.ask(), briefing.epoch(), thought.actions(), thought.notes(), thought.origin());
    return Effect()
        .persist(rows.row(memory.head(), event))
        .thenRun(() -> ask.replyTo().tell(answer(briefing, thought.actions(), thought.origin())));
  }

  private Command.Answer answer(Briefing briefing, List<Action> actions, Optional<Origin> origin) {
    return new Command.Answer(role, briefing.epoch(), briefing.ask(), actions, origin);
  }

  private Effect<R, Memory> consider(Memory memory, Consider consider) {
    if (consider.epoch() == memory.epoch()) {
      consider.replyTo().tell(reply(consider, memory.accepted(), memory.reason()));
    } else {
      context.pipeToSelf(
          CompletableFuture.supplyAsync(
              () -> consider.agent().consider(consider.offer()), thinking),
          (reply, failure) ->
              failure == null
                  ? new Considered(consider, reply)
                  : new Failed("considering an offer", failure));
    }
    return Effect().none();
  }

  private Effect<R, Memory> replied(Memory memory, Consider consider, Reply reply) {
    if (consider.epoch() == memory.epoch()) return Effect().none();
    var event = new AgentEvent.Replied(consider.epoch(), reply.accepts(), reply.reason());
    return Effect()
        .persist(rows.row(memory.head(), event))
        .thenRun(() -> consider.replyTo().tell(reply(consider, reply.accepts(), reply.reason())));
  }

  private Command.Reply reply(Consider consider, boolean accepts, String reason) {
    return new Command.Reply(role, consider.epoch(), accepts, reason);
  }

  @Override
  public EventHandler<Memory, R> eventHandler() {
    return (memory, row) -> memory.after(rows.event(row), rows.hash(row));
  }
}
