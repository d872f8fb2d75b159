package baton.runtime.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/// Nodes that speak TLS with each other on this machine, ended with the test.
final class Neighbours implements AutoCloseable {
  private final Path folder;
  private final List<ActorSystem<Void>> systems = new ArrayList<>();

  Neighbours(Path folder) {
    this.folder = folder;
  }

  @Override
  public void close() {
    for (var system : systems) system.terminate();
    for (var system : systems) {
      system.getWhenTerminated().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  Certificates of(String keys, String data) {
    return Certificates.of(
        Optional.empty(), folder.resolve(keys), folder.resolve(data), Instant.now());
  }

  ActorSystem<Void> node(Certificates certificates) {
    return node(certificates.pekko());
  }

  /// One that ends where nobody lets it in.
  ActorSystem<Void> stranger(Config transport) {
    var patience = "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes = 2s";
    return node(ConfigFactory.parseString(patience).withFallback(transport));
  }

  /// @param transport goes before what all have
  ActorSystem<Void> node(Config transport) {
    var settings =
        ConfigFactory.parseString(
                """
                pekko {
                  loglevel = WARNING
                  stdout-loglevel = OFF
                  loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
                  actor.provider = cluster
                  remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  cluster {
                    jmx.enabled = off
                    gossip-interval = 100ms
                    leader-actions-interval = 100ms
                  }
                  coordinated-shutdown.run-by-actor-system-terminate = off
                }
                """)
            .withFallback(ConfigFactory.defaultReference());
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "baton", transport.withFallback(settings));
    systems.add(system);
    return system;
  }

  static void join(ActorSystem<Void> system, ActorSystem<Void> seed) {
    Cluster.get(system).manager().tell(new JoinSeedNodes(List.of(address(seed))));
  }

  static Address address(ActorSystem<Void> system) {
    return Cluster.get(system).selfMember().address();
  }

  static int port(ActorSystem<Void> system) {
    return address(system).getPort().orElseThrow();
  }

  static void isUp(ActorSystem<Void> system) {
    var probe = TestProbe.<SelfUp>create(system);
    Cluster.get(system).subscriptions().tell(Subscribe.create(probe.ref(), SelfUp.class));
    probe.receiveMessage(Duration.ofSeconds(15));
  }

  static Set<Address> members(ActorSystem<Void> system) {
    var members = new HashSet<Address>();
    Cluster.get(system).state().getMembers().forEach(member -> members.add(member.address()));
    return members;
  }
}
