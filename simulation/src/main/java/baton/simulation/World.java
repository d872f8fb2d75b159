package baton.simulation;

import baton.agents.Agent;
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
import baton.handoff.action.Canonical;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Fact;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Claims;
import baton.handoff.port.Interpreter;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Chained;
import baton.persistence.codec.Link;
import baton.persistence.memory.MemoryClaims;
import baton.persistence.memory.MemoryControls;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStandings;
import baton.persistence.memory.MemoryStore;
import baton.persistence.vault.MemoryVault;
import baton.runtime.Board;
import baton.runtime.Casting;
import baton.runtime.Dispatcher;
import baton.runtime.SealingDesk;
import baton.runtime.interpreter.LexiconInterpreter;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.memory.MemoryTools;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An engine as one single-threaded world: the kernel and its gate, the agents, the dispatcher, the
/// claims, the tools, and a clock that stands still until somebody moves it. What is journaled goes
/// through the codec and is read back, so that nothing is remembered that would not be on a disk.
///
/// It keeps the contract of [Step] as a supervisor does: take a command, make the entry durable,
/// write the authority row where authority moved, then carry out what is newly owed.
final class World {
  static final String TENANT = ConversationId.DEFAULT_TENANT;
  private static final Duration TOOL_TIMEOUT = Duration.ofSeconds(10);
  private static final int STEPS_MAX = 20_000;

  /// One conversation's journal and what follows from it.
  private static final class Journal {
    private final List<Entry> entries = new ArrayList<>();
    private State state;
    private String head = Chained.FIRST;

    Journal(ConversationId id) {
      state = Conversation.blank(id);
    }
  }

  /// One agent's journal in one conversation.
  private static final class Memory {
    private String head = Chained.FIRST;
    private SortedMap<String, String> notes = new TreeMap<>();
  }

  private record AgentName(ConversationId conversation, Role role) {}

  private record Timer(Instant at, long order, Runnable work) {}

  private final MemoryStore store = new MemoryStore(() -> this.now);
  private final MemoryClaims claims = new MemoryClaims(store);
  private final MemoryControls controls = new MemoryControls(store);
  private final MemoryPolicies policies = new MemoryPolicies(store);
  private final MemoryVault vault;
  private final MemoryTools tools;
  private final Board board;
  private final Dispatcher dispatcher;
  private final Casting casting;
  private final Map<String, Interpreter> interpreters = new HashMap<>();
  private final SortedMap<String, Journal> journals = new TreeMap<>();
  private final Map<AgentName, Memory> memories = new HashMap<>();
  private final Deque<Runnable> owed = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparing(Timer::order));
  private Instant now;
  private long order;

  /// @param seed of the vault's keys
  World(Instant start, long seed, Casting casting) {
    this.now = start;
    this.casting = casting;
    this.vault = new MemoryVault(seed);
    this.tools = MemoryTools.standard(() -> this.now, vault::open);
    this.board =
        new Board(controls, new MemoryStandings(store), policies, tools.humans(), () -> this.now);
    this.dispatcher =
        new Dispatcher(
            new DirectClaims(claims),
            claims,
            tools.toolbox(),
            Canonical::json,
            owed::add,
            TOOL_TIMEOUT,
            this::later);
  }

  Instant now() {
    return now;
  }

  MemoryTools tools() {
    return tools;
  }

  MemoryVault vault() {
    return vault;
  }

  MemoryControls controls() {
    return controls;
  }

  MemoryPolicies policies() {
    return policies;
  }

  State state(ConversationId id) {
    return journal(id).state;
  }

  List<Entry> entries(ConversationId id) {
    return List.copyOf(journal(id).entries);
  }

  Interpreter interpreter(PolicyDocument document) {
    return interpreters.computeIfAbsent(
        document.policy().hash(), _ -> new LexiconInterpreter(document.lexicon()));
  }

  private Journal journal(ConversationId id) {
    return journals.computeIfAbsent(id.key(), _ -> new Journal(id));
  }

  // --- time

  private void later(Duration wait, Runnable work) {
    timers.add(new Timer(now.plus(wait), ++order, work));
  }

  /// Lets time pass; what falls due happens at its moment.
  void pass(Duration duration) {
    var until = now.plus(duration);
    for (int i = 0; i < STEPS_MAX; i++) {
      var next = next().filter(at -> !at.isAfter(until));
      if (next.isEmpty()) {
        now = until;
        return;
      }
      if (next.get().isAfter(now)) now = next.get();
      while (!timers.isEmpty() && !timers.peek().at.isAfter(now)) owed.add(timers.poll().work);
      for (var journal : List.copyOf(journals.values())) {
        boolean due = Conversation.dueAt(journal.state).filter(at -> !at.isAfter(now)).isPresent();
        if (due) owed.add(() -> take(journal, new Command.Wake()));
      }
      settle();
    }
    throw new AssertionError("more than " + STEPS_MAX + " things fall due within " + duration);
  }

  private Optional<Instant> next() {
    var timer = Stream.ofNullable(timers.peek()).map(Timer::at);
    var due = journals.values().stream().flatMap(each -> Conversation.dueAt(each.state).stream());
    return Stream.concat(timer, due).min(Comparator.naturalOrder());
  }

  /// Looks again at every conversation: a control, the policy or who is there has changed.
  void wakeAll() {
    board.recount();
    for (var journal : List.copyOf(journals.values())) {
      if (journal.state instanceof State.Live) owed.add(() -> take(journal, new Command.Wake()));
    }
    settle();
  }

  // --- the shell

  /// Decides a command and carries out all that follows until nothing more is owed at this moment.
  Step tell(ConversationId id, Command command) {
    board.recount();
    var step = take(journal(id), command);
    settle();
    return step;
  }

  private void settle() {
    for (int i = 0; !owed.isEmpty(); i++) {
      if (i > STEPS_MAX) throw new AssertionError("it goes in circles: more than " + i + " steps");
      owed.poll().run();
    }
  }

  private Step take(Journal journal, Command command) {
    var state = journal.state;
    var document = policies.active(TENANT, campaign(state, command));
    if (document.isEmpty()) {
      return new Step.Rejected(Decision.Refusal.INVALID, "this campaign has no active policy");
    }
    var policy = document.get();
    var circumstances =
        board.read(
            state.id(),
            policy.policy().campaign(),
            subject(state, command),
            Board.concerned(state),
            policy);
    var step = Step.take(state, command, circumstances, policy.policy());
    if (step instanceof Step.Taken taken) durable(journal, taken);
    return step;
  }

  private void durable(Journal journal, Step.Taken taken) {
    var link = Link.read(Link.of(journal.head, taken.entry()).bytes());
    journal.head = link.hash();
    journal.entries.add(link.entry());
    journal.state = Conversation.evolve(journal.state, link.entry());
    var state = journal.state;
    if (taken.movesAuthority()) claims.advance(List.of(authority(live(state))));
    for (var event : link.entry().events()) {
      if (event instanceof Event.Settled settled) {
        dispatcher.settled(state.id(), settled.claim(), settled.outcome());
      }
    }
    tools.humans().follow(state.id(), HumanQueue.Standing.of(state));
    for (var call : taken.calls()) owed.add(() -> carryOut(journal, call));
  }

  private static Claims.Authority authority(State.Live live) {
    return new Claims.Authority(
        live.id(), subject(live), live.authority(), live.known().optedOut());
  }

  // --- calls

  private void carryOut(Journal journal, Call call) {
    switch (call) {
      case Call.Ask(var role, _, var ask) -> ask(journal, role, ask);
      case Call.Offer offer -> offer(journal, offer);
      case Call.Perform(var permit, var action) ->
          dispatcher.perform(work(journal, permit, action));
      case Call.Conclude(var permit, var action) ->
          dispatcher.conclude(work(journal, permit, action));
      case Call.LookUp(var permit, var action) -> dispatcher.lookUp(work(journal, permit, action));
      case Call.WakeAt _ -> {} // whoever moves the clock looks for what is due
    }
  }

  private Dispatcher.Work work(Journal journal, Permit permit, Action action) {
    var live = live(journal.state);
    return new Dispatcher.Work(
        live.id(),
        live.opening().campaign(),
        subject(live),
        permit,
        action,
        live.known().facts(),
        command -> owed.add(() -> take(journal, command)));
  }

  /// Where the ask has been overtaken nobody thinks about it.
  private void ask(Journal journal, Role role, long ask) {
    if (!(journal.state instanceof State.Live live)) return;
    if (live.work().ask().filter(open -> open.seq() == ask).isEmpty()) return;
    var policy = policies.active(TENANT, live.opening().campaign()).orElseThrow();
    var agent = casting.agent(policy, role);
    if (agent.isEmpty()) return; // the deadline decides
    var now = board.read(live.id(), policy.policy().campaign(), subject(live), role, policy);
    var briefing = Briefing.of(live, role, now, policy.policy());
    var memory = memories.computeIfAbsent(new AgentName(live.id(), role), _ -> new Memory());
    var answered = think(agent.get(), briefing, memory, live, policy);
    owed.add(() ->
        take(
            journal,
            new Command.Answer(role, briefing.epoch(), briefing.ask(), answered.actions())));
  }

  /// The answer is in the agent's journal before anybody sees it.
  private AgentEvent.Answered think(
      Agent agent, Briefing briefing, Memory memory, State.Live live, PolicyDocument policy) {
    var desk = new SealingDesk(live.id(), subject(live), vault, interpreter(policy));
    var thought = agent.think(briefing, memory.notes, desk);
    var event =
        new AgentEvent.Answered(
            briefing.ask(), briefing.epoch(), thought.actions(), thought.notes());
    var row = AgentLink.read(AgentLink.of(memory.head, event).bytes());
    var stored = (AgentEvent.Answered) row.event();
    memory.head = row.hash();
    memory.notes = stored.notes();
    return stored;
  }

  private void offer(Journal journal, Call.Offer offer) {
    if (!(journal.state instanceof State.Live live)) return;
    var policy = policies.active(TENANT, live.opening().campaign()).orElseThrow();
    var contract = new TreeMap<String, Fact>(live.known().facts());
    if (!offer.contract().contains("*")) contract.keySet().retainAll(offer.contract());
    casting
        .agent(policy, offer.to())
        .ifPresent(agent -> {
          var reply = agent.consider(new Offer(offer.from(), offer.to(), contract));
          var command =
              new Command.Reply(offer.to(), offer.epoch(), reply.accepts(), reply.reason());
          owed.add(() -> take(journal, command));
        });
  }

  // --- reading

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
      case State.Live live -> subject(live);
      case State.Closed(var last, _) -> subject(last);
    };
  }

  private static String subject(State.Live live) {
    return live.opening().buyer().subject();
  }

  private static State.Live live(State state) {
    return switch (state) {
      case State.Live live -> live;
      case State.Closed(var last, _) -> last;
      case State.Blank _ -> throw new IllegalStateException("nothing has happened yet");
    };
  }
}
