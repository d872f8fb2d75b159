package baton.runtime;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.port.Conversations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
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
  private static final int DUE_MAX = 500;

  /// At start-up, what comes due this soon is under way, and is taken up at once.
  private static final Duration UNDER_WAY = Duration.ofSeconds(10);

  private final ClusterSharding sharding;
  private final Services services;
  private final Conversations conversations;
  private final InstantSource clock;
  private final Duration timeout;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweep").daemon().factory());
  private volatile String trouble = "starting";

  /// @param timeout how long a command may take until nobody knows what came of it
  PekkoEngine(
      ActorSystem<?> system,
      Services services,
      Conversations conversations,
      InstantSource clock,
      Duration timeout) {
    this.sharding = ClusterSharding.get(system);
    this.services = services;
    this.conversations = conversations;
    this.clock = clock;
    this.timeout = timeout;
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
  ///
  /// @param behind conversations whose journal went on after their row in the wake table
  void start(List<Conversations.Due> behind) {
    var due = conversations.due(clock.instant().plus(UNDER_WAY), Integer.MAX_VALUE);
    behind.forEach(this::wake);
    due.forEach(this::wake);
    if (!due.isEmpty() || !behind.isEmpty()) {
      LOG.info("{} conversations are taken up", due.size() + behind.size());
    }
    sweeper.scheduleWithFixedDelay(
        this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    trouble = "";
  }

  private void sweep() {
    try {
      services.wakes().flush();
      services.board().recount();
      conversations.due(clock.instant(), DUE_MAX).forEach(this::wake);
      trouble = "";
    } catch (RuntimeException outage) {
      if (trouble.isEmpty()) LOG.warn("the sweep waits: {}", outage.getClass().getName());
      trouble = "the database does not answer";
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
    return command instanceof Command.Open open
        ? CompletableFuture.runAsync(
                () -> conversations.announce(id, open.campaign(), clock.instant()),
                services.blocking())
            .thenCompose(_ -> ask(id, command))
        : ask(id, command);
  }

  private CompletionStage<Reply> ask(ConversationId id, Command command) {
    return sharding
        .entityRefFor(KEY, id.key())
        .ask(replyTo -> new Supervisor.Envelope(command, replyTo), timeout);
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
  public boolean ready() {
    return notReadyReason().isEmpty();
  }

  @Override
  public String notReadyReason() {
    return trouble;
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    services.wakes().flush();
  }
}
