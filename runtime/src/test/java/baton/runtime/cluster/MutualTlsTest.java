package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes with certificates of one authority and one name make a cluster; nobody else gets in.
class MutualTlsTest {
  @TempDir Path folder;

  private Neighbours nodes;

  @BeforeEach
  void nobodyYet() {
    nodes = new Neighbours(folder);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void givenOneAuthority_whenANodeJoins_thenBothAreMembers() {
    var first = nodes.node(nodes.of("keys", "one"));
    var second = nodes.node(nodes.of("keys", "two"));

    Neighbours.join(first, first);
    Neighbours.isUp(first);
    Neighbours.join(second, first);
    Neighbours.isUp(second);

    assertEquals(
        Set.of(Neighbours.address(first), Neighbours.address(second)), Neighbours.members(second));
    assertEquals(
        Reach.WELL,
        nodes.of("keys", "two").reaches("127.0.0.1", Neighbours.port(first), Instant.now()));
  }

  @Test
  void givenStrangers_whenTheyJoin_thenAllStayOutside() throws Exception {
    var authority = new Issuing(folder, "company");
    var first = nodes.node(authority.node("baton-east"));
    var ofAnotherAuthority = nodes.stranger(nodes.of("keys", "one").pekko());
    var ofAnotherCluster = nodes.stranger(authority.node("baton-west").pekko());
    var withoutTls =
        nodes.stranger(ConfigFactory.parseString("pekko.remote.artery.transport = tcp"));

    Neighbours.join(first, first);
    Neighbours.isUp(first);
    for (var stranger : List.of(ofAnotherAuthority, ofAnotherCluster, withoutTls)) {
      Neighbours.join(stranger, first);
    }

    for (var stranger : List.of(ofAnotherAuthority, ofAnotherCluster, withoutTls)) {
      stranger.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    assertEquals(Set.of(Neighbours.address(first)), Neighbours.members(first));
  }

  @Test
  void givenACertificateBetweenNodeAndAuthority_whenANodeJoins_thenBothAreMembers() {
    var authority = new Issuing(folder, "company").between("department");
    var first = nodes.node(authority.node("baton"));
    var second = nodes.node(authority.node("baton"));

    Neighbours.join(first, first);
    Neighbours.isUp(first);
    Neighbours.join(second, first);
    Neighbours.isUp(second);

    assertEquals(
        Set.of(Neighbours.address(first), Neighbours.address(second)), Neighbours.members(second));
  }

  @Test
  void givenNewFiles_whenAMinuteHasPassed_thenTheyAreShown_andHalfAPairNever() throws IOException {
    var now = new AtomicReference<>(Instant.now());
    var authority = new Issuing(folder, "company");
    var files = authority.node("before");
    var next = authority.node("after");
    var tls = new MutualTls(files, now::get);

    Files.copy(next.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    now.updateAndGet(then -> then.plusSeconds(61));
    assertEquals(Set.of("before"), tls.credentials().names());
    Files.copy(next.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    now.updateAndGet(then -> then.plusSeconds(59));
    assertEquals(Set.of("before"), tls.credentials().names());
    now.updateAndGet(then -> then.plusSeconds(2));
    assertEquals(Set.of("after"), tls.credentials().names());
  }
}
