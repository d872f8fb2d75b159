package baton.runtime;

import baton.agents.Agent;
import baton.agents.AgentActor;
import baton.agents.Offer;
import baton.handoff.Call;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Decision;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Fact;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.persistence.codec.Chained;
import baton.persistence.codec.Link;
import baton.persistence.codec.Snapshot;
import baton.runtime.tools.HumanQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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

/// Journals what [Conversation] decides, then makes the calls it owes. No rule lives here.
///
/// Where a step moved authority, the authority row is written before anybody is told, the caller
/// and the agents included; until then the supervisor takes nothing else.
final class Supervisor extends EventSourcedBehavior<Supervisor.Message, Link, Snapshot> {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  static final String TYPE = "conversation";
  private static final Duration RETRY = Duration.ofMillis(300);
  private static final int SNAPSHOT_EVERY = 100;

  sealed interface Message {}

  record Envelope(Command command, ActorRef<Engine.Reply> replyTo) implements Message {}

  /// A command that this node itself sends: an agent's answer, an outcome, a wake.
  record Inside(Command command) implements Message {}

  private record WriteAuthority() implements Message {}

  private record AuthorityWritten(boolean done) implements Message {}

  /// What a step still owes until its authority row is written.
  private record Owed(List<Call> calls, Runnable tell) {}

  private final ActorContext<Message> context;
  private final ConversationId id;
  private final Services services;
  private final ActorRef<Command> fromAgents;
  private Owed owed;
  private HumanQueue.Standing standing = new HumanQueue.Standing.Elsewhere();
  private CompletableFuture<Void> following = CompletableFuture.completedFuture(null);

  private Supervisor(ActorContext<Message> context, ConversationId id, Services services) {
    super(
        PersistenceId.of(TYPE, id.key()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    this.context = context;
    this.id = id;
    this.services = services;
    this.fromAgents = context.messageAdapter(Command.class, Inside::new);
  }

  static Behavior<Message> create(ConversationId id, Services services) {
    return Behaviors.setup(context -> new Supervisor(context, id, services));
  }

  @Override
  public Snapshot emptyState() {
    return new Snapshot(Chained.FIRST, Conversation.blank(id));
  }

  @Override
  public EventHandler<Snapshot, Link> eventHandler() {
    return (before, link) ->
        new Snapshot(link.hash(), Conversation.evolve(before.state(), link.entry()));
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
            writeAuthority(before.state());
            yield Effect().none();
          }
          case AuthorityWritten(var done) -> authorityWritten(before, done);
          case Envelope _, Inside _ when owed != null -> Effect().stash();
          case Envelope(var command, var replyTo) -> step(before, command, replyTo::tell);
          case Inside(var command) -> step(before, command, _ -> {});
        };
  }

  private Effect<Link, Snapshot> step(
      Snapshot before, Command command, Consumer<Engine.Reply> reply) {
    var state = before.state();
    var policy = policy(state, command);
    if (policy == null) {
      reply.accept(
          new Engine.Reply.Rejected(
              Decision.Refusal.INVALID, "this campaign has no active policy"));
      return Effect().none();
    }
    var now =
        services
            .board()
            .read(
                id,
                policy.policy().campaign(),
                subject(state, command),
                Board.concerned(state),
                policy);
    return switch (Step.take(state, command, now, policy.policy())) {
      case Step.Rejected(var refusal, var detail) -> {
        reply.accept(new Engine.Reply.Rejected(refusal, detail));
        yield Effect().none();
      }
      case Step.Unchanged _ -> {
        services.wakes().note(state, lastRow());
        reply.accept(new Engine.Reply.Unchanged(state.seq()));
        yield Effect().none();
      }
      case Step.Taken taken ->
          Effect()
              .persist(Link.of(before.head(), taken.entry()))
              .thenRun((Snapshot after) -> durable(after, taken, reply));
    };
  }

  private void durable(Snapshot after, Step.Taken taken, Consumer<Engine.Reply> reply) {
    var state = after.state();
    Runnable tell =
        () -> {
          published(taken.entry());
          followed(state);
          services.wakes().note(state, lastRow());
          services.listeners().more(id);
          reply.accept(new Engine.Reply.Done(state.seq()));
        };
    if (taken.movesAuthority()) {
      owed = new Owed(taken.calls(), tell);
      writeAuthority(state);
    } else {
      tell.run();
      carryOut(state, taken.calls());
    }
  }

  private long lastRow() {
    return lastSequenceNumber(context);
  }

  private void writeAuthority(State state) {
    context.pipeToSelf(
        services.claims().advance(authority(state)),
        (_, outage) -> new AuthorityWritten(outage == null));
  }

  private Claims.Authority authority(State state) {
    var live = live(state);
    var subject = live.opening().buyer().subject();
    return new Claims.Authority(id, subject, live.authority(), live.known().optedOut());
  }

  private Effect<Link, Snapshot> authorityWritten(Snapshot now, boolean done) {
    if (!done) {
      // Nobody is told before the row is there; an outage only delays that.
      context.scheduleOnce(RETRY, context.getSelf(), new WriteAuthority());
      return Effect().none();
    }
    var due = owed;
    owed = null;
    if (due == null) return Effect().none();
    due.tell().run();
    carryOut(now.state(), due.calls());
    return Effect().none().thenUnstashAll();
  }

  /// What other tables show of the events.
  private void published(Entry entry) {
    if (entry.events().stream().anyMatch(Supervisor::isOfApproval)) {
      later(() -> services.approvals().follow(id, entry.first(), entry.events()));
    }
    for (var event : entry.events()) {
      switch (event) {
        case Event.Settled settled ->
            services.dispatcher().settled(id, settled.claim(), settled.outcome());
        case Event.Decided decided -> services.counts().decided(decided);
        case Event _ -> {}
      }
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

  private static Runnable caught(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException outage) {
        LOG.warn("a table is behind its journal: {}", outage.getClass().getName());
      }
    };
  }

  // --- calls

  private void carryOut(State state, List<Call> calls) {
    for (var call : calls) {
      switch (call) {
        case Call.Ask(var role, _, _) -> ask((State.Live) state, role);
        case Call.Offer offer -> offer((State.Live) state, offer);
        case Call.Perform(var permit, var action) ->
            services.dispatcher().perform(work(state, permit, action));
        case Call.Conclude(var permit, var action) ->
            services.dispatcher().conclude(work(state, permit, action));
        case Call.LookUp(var permit, var action) ->
            services.dispatcher().lookUp(work(state, permit, action));
        case Call.WakeAt _ -> {} // the wake table has it, and the sweep comes round
      }
    }
  }

  private Dispatcher.Work work(State state, Permit permit, Action action) {
    var live = live(state);
    var self = context.getSelf();
    return new Dispatcher.Work(
        id,
        live.opening().campaign(),
        live.opening().buyer().subject(),
        permit,
        action,
        live.known().facts(),
        command -> self.tell(new Inside(command)));
  }

  private void ask(State.Live live, Role role) {
    var policy = policy(live, new Command.Wake());
    if (policy == null) return; // the deadline decides
    var subject = live.opening().buyer().subject();
    var now = services.board().read(id, policy.policy().campaign(), subject, role, policy);
    cast(policy, role)
        .ifPresent(agent ->
            actor(role)
                .tell(
                    new AgentActor.Ask(
                        Briefing.of(live, role, now, policy.policy()),
                        agent,
                        services.desks().desk(id, subject, policy),
                        fromAgents)));
  }

  private void offer(State.Live live, Call.Offer offer) {
    var policy = policy(live, new Command.Wake());
    if (policy == null) return;
    var contract = new TreeMap<String, Fact>(live.known().facts());
    if (!offer.contract().contains("*")) contract.keySet().retainAll(offer.contract());
    var offered = new Offer(offer.from(), offer.to(), contract);
    cast(policy, offer.to())
        .ifPresent(agent ->
            actor(offer.to())
                .tell(new AgentActor.Consider(offer.epoch(), offered, agent, fromAgents)));
  }

  /// Nobody, where the policy names an agent that is not here: the deadline decides.
  private Optional<Agent> cast(PolicyDocument policy, Role role) {
    var agent = services.casting().agent(policy, role);
    if (agent.isEmpty()) LOG.warn("no agent here fills the role {}", role);
    return agent;
  }

  /// Started when its role first gets the lease, kept while the conversation is warm.
  private ActorRef<AgentActor.Message> actor(Role role) {
    return context
        .getChild(role.name())
        .map(child -> child.<AgentActor.Message>unsafeUpcast())
        .orElseGet(() ->
            context.spawn(
                AgentActor.create(id, role, services.rows(), services.blocking()), role.name()));
  }

  // --- recovery

  @Override
  public SignalHandler<Snapshot> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  /// The authority row is written again before anything is done, then all that is unfinished is
  /// owed again.
  private void recovered(Snapshot snapshot) {
    var state = snapshot.state();
    if (state instanceof State.Blank) return;
    var live = live(state);
    services.wakes().note(state, lastRow());
    // What came last before the restart may not have reached the queue.
    standing = new HumanQueue.Standing.Waiting();
    followed(state);
    services
        .dispatcher()
        .reconcile(id, live.work().flights().keySet(), () -> services.journal().outcomes(id));
    live.work()
        .approvals()
        .values()
        .forEach(a -> later(() -> services.approvals().opened(id, a.seq(), a.expiresAt())));
    owed = new Owed(Step.owedAfterRestart(state), () -> {});
    writeAuthority(state);
  }

  private PolicyDocument policy(State state, Command command) {
    var campaign =
        switch (state) {
          case State.Blank _ when command instanceof Command.Open open -> open.campaign();
          case State.Blank _ -> "";
          case State.Live live -> live.opening().campaign();
          case State.Closed(var last, _) -> last.opening().campaign();
        };
    return services.board().policy(id.tenant(), campaign).orElse(null);
  }

  private static String subject(State state, Command command) {
    return switch (state) {
      case State.Blank _ when command instanceof Command.Open open -> open.buyer().subject();
      case State.Blank _ -> "";
      case State.Live live -> live.opening().buyer().subject();
      case State.Closed(var last, _) -> last.opening().buyer().subject();
    };
  }

  private static State.Live live(State state) {
    return switch (state) {
      case State.Live live -> live;
      case State.Closed(var last, _) -> last;
      case State.Blank _ -> throw new IllegalStateException("nothing has happened yet");
    };
  }
}
