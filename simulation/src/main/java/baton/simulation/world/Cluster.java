package baton.simulation.world;

import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.port.Claims;
import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import baton.runtime.Casting;
import baton.simulation.history.Occurrence;
import baton.simulation.world.Faults.Hop;
import baton.simulation.world.Supervisor.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Some processes on one disk, in virtual time and in one thread: supervisors, dispatchers, agents
/// and the network between them. Where nothing goes wrong it is one engine; a seeded [Faults] makes
/// it an engine on its worst day.
///
/// What outlives a process, and what decides, is the code that ships: kernel, gate, board,
/// dispatcher, and the order of [baton.runtime.Shell].
public final class Cluster {
  /// How often what is overdue is looked for again.
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private static final int STEPS_MAX = 20_000;

  /// What the processes work with.
  ///
  /// @param durable is told of a conversation when something has become durable in it
  /// @param watch is told of everything that becomes durable, or that a tool is called for
  public record Equipment(
      Tool tools,
      Operators operators,
      Casting casting,
      Desks desks,
      Consumer<ConversationId> durable,
      Consumer<Occurrence> watch) {}

  private final Agenda agenda;
  private final Disk disk;
  private final Faults faults;
  private final List<Node> nodes;
  private final Map<ConversationId, Instant> looked = new HashMap<>();

  /// @param skews how far each process's clock is ahead, one for each process
  public Cluster(
      Agenda agenda, Disk.Form form, Faults faults, List<Duration> skews, Equipment equipment) {
    this(agenda, form, faults, skews, equipment, Fences.ALL);
  }

  Cluster(
      Agenda agenda,
      Disk.Form form,
      Faults faults,
      List<Duration> skews,
      Equipment equipment,
      Fences fences) {
    this.agenda = agenda;
    this.faults = faults;
    this.disk =
        new Disk(agenda, form, fences, occurrence -> durable(occurrence, equipment.watch()));
    var surroundings =
        new Node.Surroundings(
            agenda,
            disk,
            fences.tools(equipment.tools()),
            equipment.operators(),
            equipment.casting(),
            equipment.desks(),
            faults,
            fences,
            equipment.durable());
    nodes = skews.stream().map(skew -> new Node(surroundings, skew)).toList();
  }

  public Disk disk() {
    return disk;
  }

  public State state(ConversationId id) {
    return disk.journal(id).state();
  }

  public List<Entry> entries(ConversationId id) {
    return List.copyOf(disk.journal(id).entries());
  }

  // --- what comes from outside

  /// Sends a command to the conversation's supervisor.
  ///
  /// @param reply at most once: nothing where the command was lost
  void tell(ConversationId id, Command command, Consumer<Answer> reply) {
    send(id, (supervisor, answered) -> supervisor.take(command, answered ? reply : _ -> {}));
  }

  /// @param taken is told whether anybody would hear an answer
  private void send(ConversationId id, BiConsumer<Supervisor, Boolean> taken) {
    var passage = faults.passage(Hop.COMMAND, "");
    if (!passage.arrives()) return;
    agenda.in(passage.waitMillis(), () -> arrive(id, s -> taken.accept(s, passage.answered())));
    if (passage.againMillis() > 0) {
      agenda.in(passage.againMillis(), () -> arrive(id, s -> taken.accept(s, false)));
    }
  }

  /// Sends a command and does all that follows at this moment. For an engine without faults.
  public Step settled(ConversationId id, Command command) {
    var steps = new ArrayList<Step>();
    tell(
        id,
        command,
        answer -> {
          if (answer instanceof Answer.Done(var step)) steps.add(step);
        });
    settle();
    if (steps.isEmpty()) throw new IllegalStateException("no answer");
    return steps.getFirst();
  }

  private void arrive(ConversationId id, Consumer<Supervisor> taken) {
    var owner = owner(id);
    var node = faults.elsewhere() ? another(owner).or(() -> owner) : owner;
    node.ifPresent(there -> taken.accept(there.supervisor(id)));
  }

  private Optional<Node> another(Optional<Node> owner) {
    return nodes.stream()
        .filter(node -> node.isUp() && owner.isPresent() && node != owner.get())
        .findFirst();
  }

  /// Who has a conversation, of those who are up.
  private Optional<Node> owner(ConversationId id) {
    var home = nodes.get(Math.floorMod(id.hashCode(), nodes.size()));
    if (home.isUp()) return Optional.of(home);
    var up = nodes.stream().filter(Node::isUp).toList();
    if (up.isEmpty()) return Optional.empty();
    return Optional.of(up.get(Math.floorMod(id.hashCode(), up.size())));
  }

  /// How far its journal is, as whoever wakes it is told.
  private long reached(ConversationId id) {
    return state(id).seq();
  }

  /// A process ends without a word.
  public void crash(int node) {
    nodes.get(node).crash();
  }

  /// It is there again, and takes up what is unfinished.
  public void start(int node) {
    nodes.get(node).start();
    for (var journal : List.copyOf(disk.journals())) {
      var id = journal.state().id();
      if (isUnfinished(journal)) owner(id).ifPresent(at -> at.supervisor(id).look(reached(id)));
    }
  }

  private boolean isUnfinished(Disk.Journal journal) {
    return !Conversation.outbox(journal.state()).isEmpty()
        || disk.claims().open(journal.state().id()).stream()
            .anyMatch(claim -> claim.state() == Claims.ClaimState.CLAIMED);
  }

  /// How many commands have been decided, here or there.
  public long steps() {
    long steps = 0;
    for (var node : nodes) steps += node.steps();
    return steps;
  }

  boolean isUp(int node) {
    return nodes.get(node).isUp();
  }

  int size() {
    return nodes.size();
  }

  /// The supervisor of a conversation is stopped wherever it runs, as for want of room.
  void passivate(ConversationId id) {
    nodes.forEach(node -> node.passivate(id));
  }

  /// Counts the operators again.
  public void recount() {
    nodes.forEach(node -> node.board().recount());
  }

  /// Looks again at every conversation: a control, the policy or who is there has changed.
  public void wakeAll() {
    recount();
    for (var journal : List.copyOf(disk.journals())) {
      if (journal.state() instanceof State.Live live) wake(live.id());
    }
  }

  private void wake(ConversationId id) {
    long reached = reached(id);
    send(id, (supervisor, _) -> supervisor.look(reached));
  }

  // --- time

  /// Does all that is due at this moment.
  public void settle() {
    for (int i = 0; agenda.next(); i++) {
      if (i > STEPS_MAX) throw new AssertionError("it goes in circles: more than " + i + " steps");
    }
  }

  /// Lets time pass; what falls due happens at its moment.
  public void pass(Duration duration) {
    var until = agenda.instant().plus(duration);
    do settle();
    while (agenda.forward(until));
  }

  private void durable(Occurrence occurrence, Consumer<Occurrence> watch) {
    watch.accept(occurrence);
    if (occurrence instanceof Occurrence.Journaled journaled) {
      Conversation.dueAt(journaled.after()).ifPresent(at -> lookAt(journaled.conversation(), at));
    }
  }

  private void lookAt(ConversationId id, Instant at) {
    var next = looked.get(id);
    if (next != null && !at.isBefore(next)) return;
    looked.put(id, at);
    agenda.at(
        at,
        () -> {
          if (!at.equals(looked.get(id))) return;
          looked.remove(id);
          var due = Conversation.dueAt(state(id));
          if (due.isEmpty()) return;
          boolean now = !due.get().isAfter(agenda.instant());
          if (now) wake(id);
          lookAt(id, now ? agenda.instant().plus(SWEEP) : due.get());
        });
  }
}
