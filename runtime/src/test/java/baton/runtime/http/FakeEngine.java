package baton.runtime.http;

import baton.handoff.Call;
import baton.handoff.Circumstances;
import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Decision;
import baton.handoff.Entry;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.policy.Policy;
import baton.handoff.port.Conversations;
import baton.runtime.Engine;
import baton.runtime.cluster.Overview;
import baton.runtime.view.OpenApprovals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// The kernel with its journals in memory. It makes no calls by itself: tests answer for agents and
/// tools.
final class FakeEngine implements Engine {
  private final Policy policy;
  private final InstantSource clock;
  private final Conversations conversations;
  private final OpenApprovals approvals;
  private final Map<ConversationId, State> states = new HashMap<>();
  private final Map<ConversationId, List<Numbered>> journals = new HashMap<>();
  private final Map<ConversationId, List<Runnable>> listeners = new HashMap<>();
  private long claims;
  volatile String notReady = "";
  volatile Optional<Reply> instead = Optional.empty();
  volatile boolean silent;
  volatile int peopleThere;

  /// After which rows journals were read, last of all the last.
  final Deque<Long> readAfter = new ConcurrentLinkedDeque<>();

  /// Plays the agents and tools after each command that comes from outside.
  volatile BiConsumer<FakeEngine, ConversationId> others = (_, _) -> {};

  FakeEngine(
      Policy policy, InstantSource clock, Conversations conversations, OpenApprovals approvals) {
    this.policy = policy;
    this.clock = clock;
    this.conversations = conversations;
    this.approvals = approvals;
  }

  @Override
  public CompletionStage<Reply> send(ConversationId id, Command command) {
    if (silent) return new CompletableFuture<>();
    var reply = instead.orElseGet(() -> take(id, command));
    others.accept(this, id);
    return CompletableFuture.completedStage(reply);
  }

  private Reply take(ConversationId id, Command command) {
    List<Runnable> toTell;
    Reply reply;
    synchronized (this) {
      var state = states.getOrDefault(id, Conversation.blank(id));
      reply =
          switch (Step.take(state, command, now(), policy)) {
            case Step.Rejected(var refusal, var detail) -> new Reply.Rejected(refusal, detail);
            case Step.Unchanged _ -> new Reply.Unchanged(state.seq());
            case Step.Taken taken -> keep(id, taken);
          };
      toTell = List.copyOf(listeners.getOrDefault(id, List.of()));
    }
    toTell.forEach(Runnable::run);
    return reply;
  }

  private Reply keep(ConversationId id, Step.Taken taken) {
    states.put(id, taken.next());
    var rows = journals.computeIfAbsent(id, _ -> new ArrayList<>());
    rows.add(new Numbered(rows.size() + 1, taken.entry()));
    approvals.follow(id, taken.entry().first(), taken.entry().events());
    boolean closed = taken.next() instanceof State.Closed;
    boolean passing =
        taken.next() instanceof State.Live live && live.lease() instanceof Lease.Passing;
    conversations.announce(id, policy.campaign(), clock.instant());
    conversations.update(
        List.of(
            new Conversations.Row(
                id,
                policy.campaign(),
                taken.next().seq(),
                closed ? "closed" : passing ? "passing" : "open",
                closed ? Optional.empty() : Optional.of("booking"),
                1,
                clock.instant(),
                Optional.empty())));
    return new Reply.Done(taken.next().seq());
  }

  private Circumstances now() {
    return new Circumstances(
        clock.instant(),
        Circumstances.Control.RUNNING,
        Circumstances.Standing.CLEAR,
        peopleThere,
        policy.hash(),
        new Circumstances.Versions(Conversation.KERNEL, policy.lexicon(), "2026a"));
  }

  synchronized State state(ConversationId id) {
    return states.get(id);
  }

  /// The answer of the agent that was asked.
  void answer(ConversationId id, Action... actions) {
    var ask =
        Conversation.outbox(state(id)).stream()
            .filter(Call.Ask.class::isInstance)
            .map(Call.Ask.class::cast)
            .findFirst()
            .orElseThrow();
    take(id, new Command.Answer(ask.role(), ask.epoch(), ask.ask(), List.of(actions)));
  }

  boolean asks(ConversationId id) {
    return Conversation.outbox(state(id)).stream().anyMatch(Call.Ask.class::isInstance);
  }

  /// Carries out all that may be performed, and what follows from it.
  void perform(ConversationId id) {
    for (var owed = owed(id); !owed.isEmpty(); owed = owed(id)) {
      settle(id, owed.getFirst(), Outcome.confirmed());
    }
  }

  List<Permit> owed(ConversationId id) {
    return Conversation.outbox(state(id)).stream()
        .filter(Call.Perform.class::isInstance)
        .map(call -> ((Call.Perform) call).permit())
        .toList();
  }

  void settle(ConversationId id, Permit permit, Outcome outcome) {
    long claim;
    synchronized (this) {
      claim = ++claims;
    }
    take(id, new Command.Settle(permit.id(), claim, permit.digest(), clock.instant(), outcome));
  }

  synchronized List<Entry> journal(ConversationId id) {
    return journals.getOrDefault(id, List.of()).stream().map(Numbered::entry).toList();
  }

  @Override
  public CompletionStage<Overview> cluster() {
    var here = Instant.parse("2026-11-20T08:00:00Z");
    return CompletableFuture.completedStage(
        new Overview(
            notReady.isEmpty() ? null : notReady,
            List.of(
                new Overview.Node(
                    "10.0.0.1:7355", "http://10.0.0.1:8080", "1", here, "up", true, true, 60, 4),
                new Overview.Node(
                    "10.0.0.2:7355", "", "", null, "unreachable", false, false, null, null)),
            new TreeMap<>(Map.of("open", (long) states.size())),
            new Overview.Lag(0, null, 0)));
  }

  @Override
  public synchronized List<Numbered> entries(ConversationId id, long afterRow, int limit) {
    readAfter.add(afterRow);
    return journals.getOrDefault(id, List.of()).stream()
        .filter(row -> row.row() > afterRow)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized AutoCloseable listen(ConversationId id, Runnable onMore) {
    listeners.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(onMore);
    return () -> {
      synchronized (this) {
        listeners.get(id).remove(onMore);
      }
    };
  }

  synchronized int listening(ConversationId id) {
    return listeners.getOrDefault(id, List.of()).size();
  }

  @Override
  public boolean ready() {
    return notReady.isEmpty();
  }

  @Override
  public String notReadyReason() {
    return notReady;
  }

  static Reply busy() {
    return new Reply.Busy(Duration.ofSeconds(3));
  }

  static Reply rejected(Decision.Refusal refusal) {
    return new Reply.Rejected(refusal, "no");
  }
}
