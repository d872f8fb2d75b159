package baton.runtime.cluster;

import baton.persistence.codec.JournalCodec;
import baton.persistence.db.Database;
import baton.persistence.db.PgJournal;
import baton.persistence.db.PgNodes;
import baton.persistence.db.PgNodes.Member;
import baton.persistence.db.PgNodes.Place;
import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node among the others of its cluster: how it comes in, whether it may act at the moment,
/// and whether it does what only one of them does.
///
/// Nothing that must never happen hangs on what this says: journal and claims are fenced by the
/// database. It keeps a node that cannot know better from trying.
public final class Membership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final Duration KEEP = Duration.ofMillis(500);
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final ActorSystem<Void> system;
  private final Cluster cluster;
  private final Database database;
  private final ClusterSettings settings;
  private final InstantSource clock;
  private final PgNodes nodes;
  private final Witness witness;
  private final Absences absences = new Absences();
  private final CompletableFuture<Done> late = new CompletableFuture<>();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("membership").daemon().factory());
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Looked looked = new Looked(null, false);
  private volatile int format = JournalCodec.OLDEST;
  private volatile boolean closing;
  private volatile Optional<String> refusal = Optional.empty();

  /// Asked at every step, and changes seldom.
  private record Looked(CurrentClusterState state, boolean majority) {}

  private Membership(
      ActorSystem<Void> system,
      Database database,
      ClusterSettings settings,
      Witness witness,
      InstantSource clock,
      PgNodes nodes) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.database = database;
    this.settings = settings;
    this.witness = witness;
    this.clock = clock;
    this.nodes = nodes;
  }

  /// Starts the node's actors, and forms a cluster or joins the one that is there. Blocks until it
  /// is done.
  ///
  /// @param config how the actors reach their journal
  /// @param certificates by which nodes know each other
  /// @param data the folder of this node
  /// @param keys the folder of the keys that all nodes share, with all keys in it
  /// @throws IllegalStateException where it cannot, in one line that says what to do
  public static Membership join(
      Config config,
      Database database,
      ClusterSettings settings,
      Certificates certificates,
      Path data,
      Path keys,
      String version,
      InstantSource clock) {
    wrongClock(database.ahead(clock), settings.clocksApartMax()).ifPresent(Membership::refuse);
    var witness = new Witness(data, new PgJournal(database.source()));
    witness.objection().ifPresent(Membership::refuse);
    var arbiter = new DatabaseLease.Arbiter();
    var system = Actors.start(config.withFallback(certificates.pekko()), settings, arbiter);
    try {
      return join(system, arbiter, database, settings, certificates, witness, keys, version, clock);
    } catch (RuntimeException failed) {
      Actors.stop(system);
      throw failed;
    }
  }

  private static Membership join(
      ActorSystem<Void> system,
      DatabaseLease.Arbiter arbiter,
      Database database,
      ClusterSettings settings,
      Certificates certificates,
      Witness witness,
      Path keys,
      String version,
      InstantSource clock) {
    var self =
        new Member(
            address(system),
            "",
            version,
            JournalCodec.NEWEST,
            Secrets.digest(keys),
            clock.instant());
    var admission =
        new Admission(
            self.address(),
            self.secrets(),
            settings.join(),
            settings.returning(),
            Admission::resolved);
    var nodes =
        PgNodes.enter(
            database, self, found -> admission.refusal(found).ifPresent(Membership::refuse));
    arbiter.is(nodes);
    try {
      new Joining(Cluster.get(system), nodes, certificates, clock).join();
      var membership = new Membership(system, database, settings, witness, clock, nodes);
      membership.begin();
      return membership;
    } catch (RuntimeException failed) {
      nodes.close();
      throw failed;
    }
  }

  private static void refuse(String line) {
    throw new IllegalStateException(line);
  }

  /// @param ahead of the database's clock
  static Optional<String> wrongClock(Duration ahead, Duration max) {
    if (ahead.abs().compareTo(max) <= 0) return Optional.empty();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "this machine's clock is %.1f s %s the database's: set both by the same time server",
            ahead.abs().toMillis() / 1000.0,
            ahead.isNegative() ? "behind" : "ahead of"));
  }

  private void begin() {
    formatFollows(nodes.live());
    org.apache.pekko.cluster.Cluster.get(Adapter.toClassic(system))
        .registerOnMemberRemoved(this::removed);
    keeper.scheduleWithFixedDelay(
        this::keep, KEEP.toMillis(), KEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Whoever comes asks only those that are in, and this one may take a while to stop.
  private void removed() {
    closing = true;
    Thread.startVirtualThread(() -> {
      nodes.close();
      Actors.end(system);
    });
    late.completeOnTimeout(Done.getInstance(), STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String address(ActorSystem<?> system) {
    return hostPort(Cluster.get(system).selfMember().address());
  }

  static String hostPort(Address address) {
    return address.hostPort().replaceFirst(".*@", "");
  }

  private void keep() {
    if (closing) return;
    try {
      var place = nodes.keep();
      if (place instanceof Place.Lost) {
        leave("another cluster has been formed on its database while it could not be reached");
        return;
      }
      var objection = place instanceof Place.Back ? witness.objection() : witness.look();
      if (objection.isPresent()) {
        refusal = objection;
        leave(objection.get());
        return;
      }
      if (place instanceof Place.Kept(var live)) formatFollows(live);
      absences.look(place, others(), System.nanoTime()).forEach(this::down);
      var wrong = wrongClock(database.ahead(clock), settings.clocksApartMax());
      if (trouble.isEmpty()) wrong.ifPresent(LOG::error);
      trouble = wrong;
    } catch (RuntimeException outage) {
      // The sweep tells of it.
    }
  }

  private void formatFollows(List<Member> live) {
    format = format(format, live, others());
  }

  /// The newest format that all read. A member that is not on the database has only lost its
  /// session, and reads what it did before.
  static int format(int before, List<Member> live, List<String> others) {
    var here = live.stream().map(Member::address).collect(Collectors.toSet());
    if (!here.containsAll(others)) return before;
    return live.stream().mapToInt(Member::format).min().orElse(before);
  }

  private List<String> others() {
    var own = address();
    return members().stream()
        .map(Membership::hostPort)
        .filter(address -> !address.equals(own))
        .toList();
  }

  private void down(String address) {
    LOG.warn(
        "the node at {} has no session on the database any more: its work goes on here", address);
    cluster.manager().tell(new Down(Joining.seed(cluster, address)));
  }

  private void leave(String why) {
    if (closing) return;
    closing = true;
    trouble = Optional.of(why);
    LOG.error("this node stops: {}", why);
    system.terminate();
  }

  /// Tells the others where this node serves.
  public void serves(String http) {
    nodes.serves(http);
  }

  /// Why nothing is permitted here at the moment, in words for an operator; empty where it may.
  public Optional<String> trouble() {
    return trouble.isPresent() || seesMajority()
        ? trouble
        : Optional.of("cut off from the other nodes");
  }

  private boolean seesMajority() {
    var state = cluster.state();
    var last = looked;
    if (last.state == state) return last.majority;
    boolean majority = Sight.of(state, cluster.selfMember()).isMajority();
    looked = new Looked(state, majority);
    return majority;
  }

  /// The format of a journal's rows that all nodes read, so that any of them may go on with any
  /// conversation while an earlier version is still there.
  public int format() {
    return format;
  }

  /// Whether it is the one node that does what one alone does. In a moment of change there may be
  /// none, or two.
  public boolean leads() {
    return cluster.selfMember().address().equals(cluster.state().getLeader())
        && trouble().isEmpty();
  }

  /// Those that have come in and have not left.
  public Set<Address> members() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .map(org.apache.pekko.cluster.Member::address)
        .collect(Collectors.toUnmodifiableSet());
  }

  public ActorSystem<Void> system() {
    return system;
  }

  /// The members as this node sees them.
  public CurrentClusterState state() {
    return cluster.state();
  }

  public Address self() {
    return cluster.selfMember().address();
  }

  /// Where the others reach this node, `HOST:PORT`.
  public String address() {
    return address(system);
  }

  /// The cluster as this node sees it. Blocks.
  ///
  /// @param shares what each node has, by its address; a node that is missing did not say
  public Overview overview(
      Map<Address, Overview.Share> shares, Map<String, Long> conversations, Overview.Lag lag) {
    var byAddress = new HashMap<String, Overview.Share>();
    // Of this node the region tells no host.
    shares.forEach((address, share) ->
        byAddress.put(address.hasGlobalScope() ? hostPort(address) : address(), share));
    return new Overview(
        trouble().orElse(null), Overview.nodes(this, byAddress), new TreeMap<>(conversations), lag);
  }

  /// Those that are on the database now. Blocks.
  public List<Member> live() {
    return nodes.live();
  }

  /// Why it must not come back, where it must not.
  public Optional<String> refusal() {
    return refusal;
  }

  /// Completes when this node is a member no more, by its own will or the others', and its actors
  /// have stopped. What has not stopped in ten seconds is not waited for.
  public CompletionStage<Done> left() {
    return system.getWhenTerminated().applyToEither(late, done -> done);
  }

  /// Leaves the cluster: what runs here is handed to the others.
  @Override
  public void close() {
    closing = true;
    keeper.shutdownNow();
    Actors.stop(system);
    nodes.close();
  }
}
