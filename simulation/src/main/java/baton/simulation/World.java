package baton.simulation;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Interpreter;
import baton.handoff.port.Tool;
import baton.persistence.memory.MemoryControls;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.vault.MemoryVault;
import baton.runtime.Casting;
import baton.runtime.SealingDesk;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.memory.MemoryTools;
import baton.simulation.world.Agenda;
import baton.simulation.world.Cluster;
import baton.simulation.world.Disk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// What a test or a scenario plays in: one engine in one thread, the tools that Baton brings, and a
/// clock that stands still until somebody moves it. What is journaled goes through the codec and is
/// read back, so that nothing is remembered that would not be on a disk.
final class World {
  static final String TENANT = ConversationId.DEFAULT_TENANT;

  private final Agenda agenda;
  private final MemoryVault vault;
  private final MemoryTools tools;
  private final Cluster cluster;
  private final Mishaps mishaps = new Mishaps();

  /// @param seed of the vault's keys
  /// @param cast who fills the roles, where there are these tools
  World(Instant start, long seed, Function<Tool, Casting> cast) {
    agenda = new Agenda(start);
    vault = new MemoryVault(seed);
    tools = MemoryTools.standard(agenda, vault::open);
    cluster =
        new Cluster(
            agenda,
            Disk.Form.BYTES,
            mishaps,
            List.of(Duration.ZERO),
            new Cluster.Equipment(
                mishaps.on(tools.toolbox()),
                tools.humans(),
                cast.apply(tools.toolbox()),
                (id, subject, policy) -> new SealingDesk(id, subject, vault, interpreter(policy)),
                id -> tools.humans().follow(id, HumanQueue.Standing.of(state(id))),
                _ -> {}));
  }

  Instant now() {
    return agenda.instant();
  }

  MemoryTools tools() {
    return tools;
  }

  /// How often the tools have done an action of this kind, whatever the engine knows of it.
  long effects(String kind) {
    return mishaps.done(kind);
  }

  Mishaps mishaps() {
    return mishaps;
  }

  /// The process ends without a word, and is started again.
  void crash() {
    cluster.crash(0);
    cluster.start(0);
    cluster.settle();
  }

  MemoryVault vault() {
    return vault;
  }

  MemoryControls controls() {
    return cluster.disk().controls();
  }

  MemoryPolicies policies() {
    return cluster.disk().policies();
  }

  State state(ConversationId id) {
    return cluster.state(id);
  }

  List<Entry> entries(ConversationId id) {
    return cluster.entries(id);
  }

  Interpreter interpreter(PolicyDocument document) {
    return Prepared.interpreter(document);
  }

  /// Lets time pass; what falls due happens at its moment.
  void pass(Duration duration) {
    cluster.pass(duration);
  }

  /// Looks again at every conversation: a control, the policy or who is there has changed.
  void wakeAll() {
    cluster.wakeAll();
    cluster.settle();
  }

  /// Decides a command and carries out all that follows until nothing more is owed at this moment.
  Step tell(ConversationId id, Command command) {
    cluster.recount();
    return cluster.settled(id, command);
  }
}
