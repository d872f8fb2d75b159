package baton.runtime.cluster;

import baton.persistence.db.PgNodes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;

/// Where the nodes of a cluster cannot see each other, the database says which part goes on: the
/// one that asks it first, and the larger asks first. A part that cannot reach it goes on nowhere.
public final class DatabaseLease extends Lease {
  /// By which the resolver, which makes its lease itself, comes to the node's place.
  static final class Arbiter extends Setup {
    private volatile PgNodes nodes;

    void is(PgNodes place) {
      nodes = place;
    }
  }

  private final LeaseSettings settings;
  private final Arbiter arbiter;

  public DatabaseLease(LeaseSettings settings, ExtendedActorSystem system) {
    this.settings = settings;
    this.arbiter = system.settings().setup().get(Arbiter.class).orElseThrow();
  }

  @Override
  public LeaseSettings getSettings() {
    return settings;
  }

  @Override
  public CompletionStage<Boolean> acquire() {
    return asked(PgNodes::arbitrate);
  }

  @Override
  public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
    return acquire();
  }

  @Override
  public CompletionStage<Boolean> release() {
    return asked(nodes -> {
      nodes.release();
      return true;
    });
  }

  private CompletionStage<Boolean> asked(Function<PgNodes, Boolean> question) {
    var nodes = arbiter.nodes;
    return nodes == null
        ? CompletableFuture.completedFuture(false)
        : CompletableFuture.supplyAsync(() -> question.apply(nodes), Thread::startVirtualThread);
  }

  @Override
  public boolean checkLease() {
    var nodes = arbiter.nodes;
    return nodes != null && nodes.arbitrates();
  }
}
