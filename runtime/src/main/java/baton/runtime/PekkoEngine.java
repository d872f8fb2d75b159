package baton.runtime;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.port.Conversations;
import baton.persistence.db.PgConversations;
import baton.runtime.cluster.Membership;
import baton.runtime.cluster.Overview;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes commands to the supervisors through cluster sharding, and wakes what is due.
final class PekkoEngine implements Engine, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PekkoEngine.class);
  private static final EntityTypeKey<Supervisor.Message> KEY =
      EntityTypeKey.create(Supervisor.Message.class, Supervisor.TYPE);
  private static final Duration SWEEP = Duration.ofMillis(250);

  /// Whoever is woken at the moment when a node goes may be looked for where it was, and in vain,
  /// since the table of shards learns of it by itself. Who is awake by then is not behind any more.
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private static final int DUE_MAX = 500;
  private static final Duration SHARES_MAX = Duration.ofSeconds(2);

  /// How long whoever follows a conversation of another node waits for what is new, at most.
  private static final Duration LISTEN = Duration.ofMillis(100);

  /// At start-up, what comes due this soon is under way, and is taken up at once.
  private static final Duration UNDER_WAY = Duration.ofSeconds(10);

  private final ClusterSharding sharding;
  private final Services services;
  private final PgConversations conversations;
  private final Membership membership;
  private final Function<Collection<ConversationId>, Map<ConversationId, Long>> highest;
  private final InstantSource clock;
  private final Queue<Instant> takeUps = new ArrayDeque<>();
  private final Duration timeout;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweep").daemon().factory());
  private final ScheduledExecutorService listener =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("listeners").daemon().factory());
  private volatile String trouble = "starting";
  private volatile Set<Address> present;

  /// @param highest the last rows of conversations
  /// @param timeout how long a command may take until nobody knows what came of it
  PekkoEngine(
      Membership membership,
      Services services,
      PgConversations conversations,
      Function<Collection<ConversationId>, Map<ConversationId, Long>> highest,
      InstantSource clock,
      Duration timeout) {
    this.highest = highest;
    this.sharding = ClusterSharding.get(membership.system());
    this.membership = membership;
    this.services = services;
    this.conversations = conversations;
    this.clock = clock;
    this.timeout = timeout;
    this.present = membership.members();
    sharding.init(
        Entity.of(
            KEY,
            entity -> {
              var id = ConversationId.parse(entity.getEntityId());
              var successor = sharding.entityRefFor(KEY, entity.getEntityId());
              return Supervisor.create(id, services, entity.getShard(), successor);
            }));
  }

  /// Takes up what the last run left under way, and then whatever comes due.
  void start() {
    if (membership.leads()) takeUp();
    sweeper.scheduleWithFixedDelay(
        this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    listener.scheduleWithFixedDelay(
        this::listen, LISTEN.toMillis(), LISTEN.toMillis(), TimeUnit.MILLISECONDS);
    trouble = "";
  }

  /// What a node that is no more left under way, and whatever comes due soon. Due twice is as good
  /// as once.
  private void takeUp() {
    var behind = conversations.behind();
    var due = conversations.due(clock.instant().plus(UNDER_WAY), Integer.MAX_VALUE);
    behind.forEach(this::wake);
    due.forEach(this::wake);
    if (!due.isEmpty() || !behind.isEmpty()) {
      LOG.info("{} conversations are taken up", due.size() + behind.size());
    }
  }

  private void sweep() {
    try {
      services.wakes().flush();
      services.board().recount();
      if (membership.leads()) {
        if (isSomeoneGone()) takeUps.addAll(List.of(clock.instant(), clock.instant().plus(AGAIN)));
        while (!takeUps.isEmpty() && !takeUps.peek().isAfter(clock.instant())) {
          takeUp();
          // Not before: the database may not have answered.
          takeUps.remove();
        }
        conversations.due(clock.instant(), DUE_MAX).forEach(this::wake);
      }
      trouble = "";
    } catch (RuntimeException outage) {
      if (trouble.isEmpty()) LOG.warn("the sweep waits: {}", outage.getClass().getName());
      trouble = "the database does not answer";
    }
  }

  /// Whether a node has left since the last look. Kept until this node leads.
  private boolean isSomeoneGone() {
    var now = membership.members();
    boolean gone = !now.containsAll(present);
    present = now;
    return gone;
  }

  private void listen() {
    try {
      if (present.size() > 1) services.listeners().look(highest);
    } catch (RuntimeException outage) {
      // The sweep tells of it.
    }
  }

  /// A control has changed: what a pause held back is looked at again.
  void controlsChanged() {
    services.wakes().held().forEach(id -> wake(new Conversations.Due(id, 0)));
  }

  private void wake(Conversations.Due due) {
    sharding.entityRefFor(KEY, due.id().key()).tell(new Supervisor.Look(due.seq()));
  }

  @Override
  public CompletionStage<Reply> send(ConversationId id, Command command) {
    var place = services.traces().here();
    return command instanceof Command.Open open
        ? CompletableFuture.runAsync(
                () -> conversations.announce(id, open.campaign(), clock.instant()),
                services.blocking())
            .thenCompose(_ -> ask(id, command, place))
        : ask(id, command, place);
  }

  private CompletionStage<Reply> ask(ConversationId id, Command command, String place) {
    return sharding
        .entityRefFor(KEY, id.key())
        .ask(replyTo -> new Supervisor.Envelope(command, replyTo, place), timeout);
  }

  @Override
  public List<Numbered> entries(ConversationId id, long afterRow, int limit) {
    return services.journal().rows(id, afterRow, limit);
  }

  @Override
  public AutoCloseable listen(ConversationId id, Runnable onMore) {
    return services.listeners().listen(id, onMore);
  }

  @Override
  public CompletionStage<Overview> cluster() {
    return AskPattern.<ClusterShardingQuery, ClusterShardingStats>ask(
            sharding.shardState(),
            replyTo -> new GetClusterShardingStats(KEY, SHARES_MAX, replyTo),
            SHARES_MAX.multipliedBy(2),
            membership.system().scheduler())
        .thenApplyAsync(
            stats -> membership.overview(shares(stats), conversations.statuses(), lag()),
            services.blocking());
  }

  private static Map<Address, Overview.Share> shares(ClusterShardingStats stats) {
    var shares = new HashMap<Address, Overview.Share>();
    stats
        .getRegions()
        .forEach((address, region) -> {
          int entities =
              region.getStats().values().stream().mapToInt(n -> ((Number) n).intValue()).sum();
          shares.put(address, new Overview.Share(region.getStats().size(), entities));
        });
    return shares;
  }

  private Overview.Lag lag() {
    var due = conversations.overdue(clock.instant());
    return new Overview.Lag(due.count(), due.since().orElse(null), due.claimed());
  }

  @Override
  public boolean ready() {
    return notReadyReason().isEmpty();
  }

  @Override
  public String notReadyReason() {
    return membership.trouble().orElse(trouble);
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    listener.shutdownNow();
    services.wakes().flush();
  }
}
