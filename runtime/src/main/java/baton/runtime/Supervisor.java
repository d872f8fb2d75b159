package baton.runtime;

import baton.agents.Agent;
import baton.agents.AgentActor;
import baton.agents.Offer;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.agent.Briefing;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.persistence.codec.Link;
import baton.persistence.codec.Snapshot;
import baton.persistence.codec.Unreadable;
import baton.runtime.observe.LogLayout;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Presence;
import baton.runtime.observe.Traces;
import baton.runtime.observe.WatchedAgent;
import baton.runtime.tools.HumanQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Journals what [Conversation] decides, then makes the calls it owes, in the order of [Shell]. No
/// rule lives here.
///
/// While an authority row is being written the supervisor takes nothing else.
///
/// For a moment there may be another of the same conversation at another node. Whose row is
/// appended decides. What appends nothing is answered only after a look at the journal, so that
/// every answer rests on all that was there.
final class Supervisor extends EventSourcedBehavior<Supervisor.Message, Link, Snapshot>
    implements Shell.Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  static final String TYPE = "conversation";
  private static final Duration RETRY = Duration.ofMillis(300);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /// How long one whose conversation is over stays for whoever asks at once.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private static final int SNAPSHOT_EVERY = 100;

  sealed interface Message {}

  /// @param place in a trace
  record Envelope(Command command, ActorRef<Engine.Reply> replyTo, String place)
      implements Message {}

  /// A command that this node itself sends: an agent's answer, an outcome.
  ///
  /// @param place in a trace
  record Inside(Command command, String place) implements Message {}

  /// Something is due, or may be.
  ///
  /// @param row the journal has reached it, or gone on
  record Look(long row) implements Message {}

  /// What a command that changes nothing is answered, once the journal has been looked at.
  ///
  /// @param row the journal's last, empty where nobody knows
  private record Confirmed(Envelope envelope, Engine.Reply reply, Optional<Long> row)
      implements Message {}

  /// The conversation was over a while ago.
  private record Over() implements Message {}

  private record WriteAuthority() implements Message {}

  private record AuthorityWritten(boolean done) implements Message {}

  /// The last ask that went to an agent.
  private record Asked(Role role, long ask) {}

  /// What a step still owes until its authority row is written.
  private record Owed(Claims.Authority row, Runnable then) {}

  private final ActorContext<Message> context;
  private final ConversationId id;
  private final Services services;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final RecipientRef<Message> successor;
  private final ActorRef<Command> fromAgents;
  private final Presence presence;
  private Owed owed;
  private Optional<Asked> asked = Optional.empty();
  private Optional<WatchedAgent> watched = Optional.empty();
  private boolean leaving;
  private int confirming;
  private Optional<Envelope> persisting = Optional.empty();
  private HumanQueue.Standing standing = new HumanQueue.Standing.Elsewhere();
  private CompletableFuture<Void> following = CompletableFuture.completedFuture(null);

  private Supervisor(
      ActorContext<Message> context,
      ConversationId id,
      Services services,
      ActorRef<ClusterSharding.ShardCommand> shard,
      RecipientRef<Message> successor) {
    super(
        PersistenceId.of(TYPE, id.key()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    this.context = context;
    this.id = id;
    this.services = services;
    this.shard = shard;
    this.successor = successor;
    this.fromAgents = context.messageAdapter(Command.class, this::thought);
    this.presence = new Presence(services.metrics());
  }

  /// @param successor the conversation's supervisor, whoever that is
  static Behavior<Message> create(
      ConversationId id,
      Services services,
      ActorRef<ClusterSharding.ShardCommand> shard,
      RecipientRef<Message> successor) {
    return Behaviors.setup(context -> new Supervisor(context, id, services, shard, successor));
  }

  @Override
  public Snapshot emptyState() {
    return Snapshot.blank(Conversation.blank(id));
  }

  /// Nothing is folded over a gap: the conversation stays as it is until a person has looked.
  @Override
  public EventHandler<Snapshot, Link> eventHandler() {
    return (before, link) -> {
      if (!link.previous().equals(before.head())) {
        throw new Unreadable("what came before this row is missing or altered: run ./baton verify");
      }
      return Snapshot.after(link, Conversation.evolve(before.state(), link.entry()));
    };
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
  }

  @Override
  public CommandHandler<Message, Link, Snapshot> commandHandler() {
    return (before, message) ->
        switch (message) {
          case WriteAuthority _ -> {
            writeAuthority();
            yield Effect().none();
          }
          case AuthorityWritten(var done) -> authorityWritten(done);
          case Over _ -> over(before.state());
          case Envelope _, Inside _, Look _, Confirmed _ when owed != null -> stashed();
          case Confirmed confirmed -> confirmed(confirmed);
          case Envelope _, Inside _, Look _ when leaving -> leave(message);
          case Envelope _, Inside _, Look _ when services.halted().getAsBoolean() -> wait(message);
          case Look(var row) when row > lastRow() -> leave(message);
          case Look _ -> step(before, new Command.Wake(), Optional.empty(), Traces.NOWHERE);
          case Inside(var command, var place) -> step(before, command, Optional.empty(), place);
          case Envelope envelope ->
              step(before, envelope.command(), Optional.of(envelope), envelope.place());
        };
  }

  /// The node cannot know what the others do: whoever asks is told to come again, and what is its
  /// own waits.
  private Effect<Link, Snapshot> wait(Message message) {
    if (message instanceof Envelope(_, var replyTo, _)) replyTo.tell(new Engine.Reply.Busy(AGAIN));
    else context.scheduleOnce(AGAIN, context.getSelf(), message);
    return Effect().none();
  }

  private Effect<Link, Snapshot> step(
      Snapshot before, Command command, Optional<Envelope> sender, String place) {
    var state = before.state();
    var metrics = services.metrics();
    long taken = metrics.now();
    return switch (services.shell().take(state, command)) {
      case Step.Rejected(var refusal, var detail) -> {
        metrics.step(Metrics.Taking.REJECTED);
        sender.ifPresent(by -> confirm(by, new Engine.Reply.Rejected(refusal, detail)));
        yield Effect().none();
      }
      case Step.Unchanged _ -> {
        metrics.step(Metrics.Taking.UNCHANGED);
        services.wakes().note(state, lastRow());
        sender.ifPresent(by -> confirm(by, new Engine.Reply.Unchanged(state.seq())));
        yield Effect().none();
      }
      case Step.Taken step -> {
        long decided = metrics.now();
        persisting = sender;
        yield Effect()
            .persist(Link.of(services.format().getAsInt(), before.head(), step.entry()))
            .thenRun((Snapshot after) -> {
              persisting = Optional.empty();
              metrics.durable(taken, decided);
              long nanos = metrics.now() - taken;
              try (var _ = services.traces().step(place, id, step.entry(), nanos)) {
                services
                    .shell()
                    .durable(after.state(), step, this, () -> told(after, step, sender));
              }
            });
      }
    };
  }

  private void told(Snapshot after, Step.Taken taken, Optional<Envelope> sender) {
    var state = after.state();
    published(taken.entry());
    followed(state);
    services.wakes().note(state, lastRow());
    services.listeners().more(id);
    forgotten(state);
    sender.ifPresent(by -> by.replyTo().tell(new Engine.Reply.Done(state.seq())));
    if (isOver(state)) context.scheduleOnce(LINGER, context.getSelf(), new Over());
  }

  private static boolean isOver(State state) {
    return state instanceof State.Closed && Conversation.outbox(state).isEmpty();
  }

  /// Nothing comes of it any more by itself: it is read again for whoever asks.
  private Effect<Link, Snapshot> over(State state) {
    if (!isOver(state) || leaving) return Effect().none();
    if (owed != null || confirming > 0) {
      context.scheduleOnce(LINGER, context.getSelf(), new Over());
    } else {
      go();
    }
    return Effect().none();
  }

  private void go() {
    leaving = true;
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
  }

  /// Rows that this supervisor appends meanwhile are known to it when the answer comes.
  private void confirm(Envelope envelope, Engine.Reply reply) {
    confirming++;
    long known = lastRow();
    var rows =
        CompletableFuture.supplyAsync(
            () -> services.journal().rows(id, known, 1), services.blocking());
    context.pipeToSelf(
        rows,
        (next, outage) -> {
          var row = Optional.ofNullable(next).map(n -> n.isEmpty() ? known : n.getLast().row());
          return new Confirmed(envelope, reply, row);
        });
  }

  private Effect<Link, Snapshot> confirmed(Confirmed confirmed) {
    confirming--;
    var row = confirmed.row();
    if (row.isPresent() && row.get() > lastRow()) return leave(confirmed.envelope());
    var reply = row.isPresent() ? confirmed.reply() : new Engine.Reply.Busy(AGAIN);
    confirmed.envelope().replyTo().tell(reply);
    return Effect().none();
  }

  /// There is more in the journal than is known here: this supervisor goes. What comes for it waits
  /// at the shard for the next, which reads all of it.
  private Effect<Link, Snapshot> leave(Message message) {
    if (!leaving) {
      try (var _ = LogLayout.about(id)) {
        LOG.info("another node has written to this: it is read again");
      }
      go();
    }
    // The successor reads all there is: what was to be waited for may never come.
    successor.tell(message instanceof Look ? new Look(0) : message);
    return Effect().none();
  }

  private long lastRow() {
    return lastSequenceNumber(context);
  }

  // --- the lane

  @Override
  public void advance(Claims.Authority row, Runnable then) {
    owed = new Owed(row, services.traces().carried(then));
    writeAuthority();
  }

  private void writeAuthority() {
    context.pipeToSelf(
        services.claims().advance(owed.row()), (_, outage) -> new AuthorityWritten(outage == null));
  }

  private Effect<Link, Snapshot> authorityWritten(boolean done) {
    if (!done) {
      // Nobody is told before the row is there; an outage only delays that.
      context.scheduleOnce(RETRY, context.getSelf(), new WriteAuthority());
      return Effect().none();
    }
    var due = owed;
    owed = null;
    if (due == null) return Effect().none();
    due.then().run();
    presence.unstashed();
    return Effect().none().thenUnstashAll();
  }

  private Effect<Link, Snapshot> stashed() {
    presence.stashed();
    return Effect().stash();
  }

  @Override
  public void ask(State.Live live, Briefing briefing, Agent agent, PolicyDocument policy) {
    var subject = live.opening().buyer().subject();
    var desk = services.desks().desk(id, subject, policy);
    asked = Optional.of(new Asked(briefing.role(), briefing.ask()));
    actor(briefing.role())
        .tell(new AgentActor.Ask(briefing, watched(agent, briefing.role()), desk, fromAgents));
  }

  /// The buyer has gone on, or the lease has: what is thought about is for nobody.
  private void forgotten(State state) {
    if (asked.filter(last -> !isWaitedFor(state, last.ask())).isEmpty()) return;
    var last = asked.get();
    asked = Optional.empty();
    actor(last.role()).tell(new AgentActor.Forget(last.ask()));
  }

  private static boolean isWaitedFor(State state, long ask) {
    if (!(state instanceof State.Live live)) return false;
    var work = live.work();
    return work.unfinished().isPresent()
        || work.ask().filter(open -> open.seq() == ask).isPresent();
  }

  @Override
  public void offer(State.Live live, Role to, long epoch, Offer offer, Agent agent) {
    actor(to).tell(new AgentActor.Consider(epoch, offer, watched(agent, to), fromAgents));
  }

  private Agent watched(Agent agent, Role role) {
    watched = WatchedAgent.of(agent, role, services.traces());
    return watched.<Agent>map(seen -> seen).orElse(agent);
  }

  /// What an agent says comes of its last thought.
  private Inside thought(Command command) {
    return new Inside(command, watched.map(WatchedAgent::place).orElse(Traces.NOWHERE));
  }

  @Override
  public void report(Command command) {
    context.getSelf().tell(new Inside(command, services.traces().outcome(command)));
  }

  /// Started when its role first gets the lease, kept while the conversation is warm.
  private ActorRef<AgentActor.Message> actor(Role role) {
    return context
        .getChild(role.name())
        .map(child -> child.<AgentActor.Message>unsafeUpcast())
        .orElseGet(() ->
            context.spawn(
                LogLayout.about(
                    id, AgentActor.create(id, role, services.rows(), services.blocking())),
                role.name()));
  }

  // --- those who look on

  /// What other tables show of the events.
  private void published(Entry entry) {
    if (entry.events().stream().anyMatch(Supervisor::isOfApproval)) {
      later(() -> services.approvals().follow(id, entry.first(), entry.events()));
    }
    for (var event : entry.events()) {
      services.metrics().happened(event);
    }
  }

  /// The human queue learns of a conversation what has to do with people, in order.
  private void followed(State state) {
    var now = HumanQueue.Standing.of(state);
    if (now.equals(standing)) return;
    standing = now;
    following =
        following.thenRunAsync(
            caught(() -> services.humans().follow(id, now)), services.blocking());
  }

  private static boolean isOfApproval(Event event) {
    return switch (event) {
      case Event.ApprovalOpened _,
          Event.ApprovalResolved _,
          Event.ApprovalExpired _,
          Event.ApprovalVoided _ ->
          true;
      case Event _ -> false;
    };
  }

  private void later(Runnable work) {
    services.blocking().execute(caught(work));
  }

  private Runnable caught(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException outage) {
        try (var _ = LogLayout.about(id)) {
          LOG.warn("a table is behind its journal: {}", outage.getClass().getName());
        }
      }
    };
  }

  // --- recovery

  @Override
  public SignalHandler<Snapshot> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(PreRestart.instance(), _ -> restarts())
        .onSignal(PostStop.instance(), _ -> presence.cooled())
        .build();
  }

  /// What was to be appended may be there or not: whoever sent it is told to send it again.
  private void restarts() {
    presence.cooled();
    persisting.ifPresent(by -> by.replyTo().tell(new Engine.Reply.Busy(AGAIN)));
  }

  /// The authority row is written again before anything is done, then all that is unfinished is
  /// owed again.
  private void recovered(Snapshot snapshot) {
    presence.warmed();
    var state = snapshot.state();
    if (state instanceof State.Blank) return;
    var live = live(state);
    services.wakes().note(state, lastRow());
    // What came last before the restart may not have reached the queue.
    standing = new HumanQueue.Standing.Waiting();
    followed(state);
    live.work()
        .approvals()
        .values()
        .forEach(a -> later(() -> services.approvals().opened(id, a.seq(), a.expiresAt())));
    services.shell().recovered(state, this, () -> services.journal().outcomes(id));
  }

  private static State.Live live(State state) {
    return switch (state) {
      case State.Live live -> live;
      case State.Closed(var last, _) -> last;
      case State.Blank _ -> throw new IllegalStateException("nothing has happened yet");
    };
  }
}
