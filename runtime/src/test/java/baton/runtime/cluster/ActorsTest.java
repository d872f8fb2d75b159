package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the actors of a node end.
class ActorsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  private volatile boolean silent;

  @Test
  void givenThatTheWayToTheOthersFellSilent_thenTheyEndNoneTheLess_andTheirPortIsFree()
      throws IOException {
    try (var way = new ServerSocket(0, 10, HERE);
        var nodes = new Neighbours(folder)) {
      int behind = freePort();
      var other =
          nodes.node(
              ConfigFactory.parseString(
                      "pekko.remote.artery { canonical.port = %d, bind.port = %d }"
                          .formatted(way.getLocalPort(), behind))
                  .withFallback(nodes.of("keys", "other").pekko()));
      Thread.startVirtualThread(() -> lead(way, behind));
      Neighbours.join(other, other);
      Neighbours.isUp(other);
      var node = nodes.node(nodes.of("keys", "one"));
      Neighbours.join(node, other);
      Neighbours.isUp(node);

      silent = true;
      Actors.stop(node);

      assertTrue(node.getWhenTerminated().toCompletableFuture().isDone());
      new ServerSocket(Neighbours.port(node), 1, HERE).close();
    }
  }

  @Test
  void givenThatItsConnectionsAreCut_thenItsPortIsFree_andItEnds() throws IOException {
    try (var nodes = new Neighbours(folder)) {
      var one = nodes.node(nodes.of("keys", "one"));
      var two = nodes.node(nodes.of("keys", "two"));
      Neighbours.join(one, one);
      Neighbours.isUp(one);
      Neighbours.join(two, one);
      Neighbours.isUp(two);

      Actors.cut(two);

      TestProbe.create(one)
          .awaitAssert(
              Duration.ofSeconds(10),
              () -> {
                new ServerSocket(Neighbours.port(two), 1, HERE).close();
                return true;
              });
    }
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, HERE)) {
      return free.getLocalPort();
    }
  }

  private void lead(ServerSocket way, int port) {
    try {
      while (true) {
        var from = way.accept();
        var to = new Socket(HERE, port);
        Thread.startVirtualThread(() -> pass(from, to));
        Thread.startVirtualThread(() -> pass(to, from));
      }
    } catch (IOException closed) {
      // With the test.
    }
  }

  /// Until it falls silent: then it hears and says nothing.
  private void pass(Socket from, Socket to) {
    var some = new byte[8192];
    try {
      for (int n = from.getInputStream().read(some); n >= 0; n = from.getInputStream().read(some)) {
        if (!silent) to.getOutputStream().write(some, 0, n);
      }
    } catch (IOException closed) {
      // By one of both.
    }
  }
}
