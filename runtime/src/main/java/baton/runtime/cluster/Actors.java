package baton.runtime.cluster;

import baton.runtime.cluster.DatabaseLease.Arbiter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The actor system of a node, from its start to its end.
final class Actors {
  private static final Logger LOG = LoggerFactory.getLogger(Actors.class);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);
  private static final Duration ALONE_MAX = Duration.ofSeconds(4);

  private Actors() {}

  /// @param config what goes before `application.conf`
  static ActorSystem<Void> start(Config config, ClusterSettings settings, Arbiter arbiter) {
    var where =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname",
                settings.host(),
                "pekko.remote.artery.canonical.port",
                settings.port()));
    var all = where.withFallback(config).withFallback(ConfigFactory.load()).resolve();
    try {
      var setup = ActorSystemSetup.create(arbiter, BootstrapSetup.create(all));
      ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "baton", setup);
      leaveFirst(system);
      return system;
    } catch (RuntimeException failed) {
      throw new IllegalStateException(
          "cannot listen to other nodes at %s:%d: set cluster.host to an address of this machine, and"
                  .formatted(settings.host(), settings.port())
              + " cluster.port to a free port",
          failed);
    }
  }

  /// When the process is told to end, the transport would fall silent at once: it waits for hooks
  /// that are known to it.
  private static void leaveFirst(ActorSystem<?> system) {
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addJvmShutdownHook(() -> awaitEnd(system, STOP_MAX));
  }

  /// Hands what runs here to the other nodes, and leaves.
  static void stop(ActorSystem<?> system) {
    system.terminate();
    if (!awaitEnd(system, STOP_MAX)) {
      var left = ((ExtendedActorSystem) Adapter.toClassic(system)).printTree();
      LOG.warn("these actors did not stop in {} s:\n{}", STOP_MAX.toSeconds(), left);
    }
  }

  /// Sees to the end of one that no other node counts on any more. Its transport waits for its
  /// streams for good where the network is silent (apache/pekko issue 3247), with its port in use:
  /// what still holds it up after a while loses its connections. Blocks.
  static void end(ActorSystem<?> system) {
    if (awaitEnd(system, ALONE_MAX)) return;
    LOG.warn("its connections to other nodes do not end: they are cut");
    cut(system);
  }

  /// Closes what it listens to, and all connections.
  static void cut(ActorSystem<?> system) {
    Adapter.toClassic(system)
        .actorSelection("/system/IO-TCP/selectors/*/*")
        .tell(PoisonPill.getInstance(), ActorRef.noSender());
  }

  private static boolean awaitEnd(ActorSystem<?> system, Duration max) {
    var end = system.getWhenTerminated().toCompletableFuture();
    try {
      end.get(max.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException late) {
      return false;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return end.isDone();
  }
}
