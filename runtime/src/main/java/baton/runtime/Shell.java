package baton.runtime;

import baton.agents.Agent;
import baton.agents.Offer;
import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Decision;
import baton.handoff.Event;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Fact;
import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What carries out a [Step], wherever conversations run: in an actor on a database, or in a
/// simulated world. It keeps the order in which things become durable and are told; no rule lives
/// here, and nothing of one conversation.
///
/// A failed persist, a restart and a retry are its caller's, who comes back through [#recovered].
public final class Shell {
  /// The place in which one conversation runs, one thing after the other.
  public interface Lane {
    /// Writes the authority row, again and again until it is written, and takes nothing else
    /// meanwhile.
    ///
    /// @param then to be run in this lane, once
    void advance(Claims.Authority row, Runnable then);

    /// Asks an agent, who answers with a [Command.Answer] or not at all.
    void ask(State.Live live, Briefing briefing, Agent agent, PolicyDocument policy);

    /// Offers the lease to an agent, who answers with a [Command.Reply] or not at all.
    void offer(State.Live live, Role to, long epoch, Offer offer, Agent agent);

    /// Takes what came of an effect; on any thread.
    void report(Command command);
  }

  /// What decides: [Step#take], and nothing else where it counts.
  @FunctionalInterface
  public interface Rules {
    Step take(State state, Command command, Circumstances now, Policy policy);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Shell.class);

  private final Board board;
  private final Dispatcher dispatcher;
  private final Casting casting;
  private final Rules rules;

  public Shell(Board board, Dispatcher dispatcher, Casting casting, Rules rules) {
    this.rules = rules;
    this.board = board;
    this.dispatcher = dispatcher;
    this.casting = casting;
  }

  /// Decides a command under the policy and the circumstances of this moment. Nothing is done yet.
  public Step take(State state, Command command) {
    var document = policy(state.id(), campaign(state, command));
    if (document.isEmpty()) {
      return new Step.Rejected(Decision.Refusal.INVALID, "this campaign has no active policy");
    }
    var policy = document.get();
    var now =
        board.read(
            state.id(),
            policy.policy().campaign(),
            subject(state, command),
            Board.concerned(state),
            policy);
    return rules.take(state, command, now, policy.policy());
  }

  /// The entry of a step is durable. Where it moved authority, the authority row is written before
  /// anybody is told, the caller and the agents included.
  ///
  /// @param tell those who look on, and whoever sent the command
  public void durable(State after, Step.Taken taken, Lane lane, Runnable tell) {
    Runnable rest =
        () -> {
          for (var event : taken.entry().events()) {
            if (event instanceof Event.Settled settled) {
              dispatcher.settled(after.id(), settled.claim(), settled.outcome());
            }
          }
          tell.run();
          carryOut(after, taken.calls(), lane);
        };
    if (taken.movesAuthority()) lane.advance(authority(after), rest);
    else rest.run();
  }

  /// A conversation was folded from its journal: the authority row is written again before anything
  /// is done, then all that is unfinished is owed again.
  ///
  /// @param outcomes reads the journal's outcomes by claim; called only where a claim lacks its own
  public void recovered(State state, Lane lane, Supplier<Map<Long, Event.Settled>> outcomes) {
    if (state instanceof State.Blank) return;
    dispatcher.reconcile(state.id(), unanswered(live(state)), outcomes);
    lane.advance(authority(state), () -> carryOut(state, Step.owedAfterRestart(state), lane));
  }

  private static Set<String> unanswered(State.Live live) {
    return live.work().flights().values().stream()
        .filter(flight -> flight.stage() != State.Flight.Stage.UNKNOWN)
        .map(flight -> flight.permit().id())
        .collect(Collectors.toSet());
  }

  private static Claims.Authority authority(State state) {
    var live = live(state);
    var subject = live.opening().buyer().subject();
    return new Claims.Authority(live.id(), subject, live.authority(), live.known().optedOut());
  }

  private void carryOut(State state, List<Call> calls, Lane lane) {
    for (var call : calls) {
      switch (call) {
        case Call.Ask(var role, _, _) -> ask((State.Live) state, role, lane);
        case Call.Offer offer -> offer((State.Live) state, offer, lane);
        case Call.Perform(var permit, var action) ->
            dispatcher.perform(work(state, permit, action, lane));
        case Call.Conclude(var permit, var action) ->
            dispatcher.conclude(work(state, permit, action, lane));
        case Call.LookUp(var permit, var action) ->
            dispatcher.lookUp(work(state, permit, action, lane));
        case Call.WakeAt _ -> {} // whoever keeps the clock looks for what is due
      }
    }
  }

  private static Dispatcher.Work work(State state, Permit permit, Action action, Lane lane) {
    var live = live(state);
    return new Dispatcher.Work(
        live.id(),
        live.opening().campaign(),
        live.opening().buyer().subject(),
        permit,
        action,
        live.known().facts(),
        lane::report);
  }

  /// Nobody is asked where the policy names an agent that is not here: the deadline decides.
  private void ask(State.Live live, Role role, Lane lane) {
    var document = policy(live.id(), live.opening().campaign());
    if (document.isEmpty()) return;
    var policy = document.get();
    var campaign = policy.policy().campaign();
    var now = board.read(live.id(), campaign, live.opening().buyer().subject(), role, policy);
    cast(policy, role)
        .ifPresent(
            agent -> lane.ask(live, Briefing.of(live, role, now, policy.policy()), agent, policy));
  }

  private void offer(State.Live live, Call.Offer offer, Lane lane) {
    var document = policy(live.id(), live.opening().campaign());
    if (document.isEmpty()) return;
    var contract = new TreeMap<String, Fact>(live.known().facts());
    if (!offer.contract().contains("*")) contract.keySet().retainAll(offer.contract());
    var offered = new Offer(offer.from(), offer.to(), contract);
    cast(document.get(), offer.to())
        .ifPresent(agent -> lane.offer(live, offer.to(), offer.epoch(), offered, agent));
  }

  private Optional<Agent> cast(PolicyDocument policy, Role role) {
    var agent = casting.agent(policy, role);
    if (agent.isEmpty()) LOG.warn("no agent here fills the role {}", role);
    return agent;
  }

  private Optional<PolicyDocument> policy(ConversationId id, String campaign) {
    return board.policy(id.tenant(), campaign);
  }

  private static String campaign(State state, Command command) {
    return switch (state) {
      case State.Blank _ when command instanceof Command.Open open -> open.campaign();
      case State.Blank _ -> "";
      case State.Live live -> live.opening().campaign();
      case State.Closed(var last, _) -> last.opening().campaign();
    };
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
