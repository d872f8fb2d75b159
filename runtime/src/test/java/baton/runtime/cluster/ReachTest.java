package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Before a node joins, it learns what is wrong with the way there.
class ReachTest {
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
  void givenAnotherAuthority_whenOneLooks_thenItsCertificateIsTurnedDown() {
    int port = Neighbours.port(nodes.node(nodes.of("keys", "one")));

    assertEquals(
        Reach.THEIRS_TURNED_DOWN,
        nodes.of("others", "two").reaches("127.0.0.1", port, Instant.now()));
  }

  @Test
  void givenAnotherClusterOfTheSameAuthority_whenOneLooks_thenItsCertificateIsTurnedDown() {
    var authority = new Issuing(folder, "company");
    int port = Neighbours.port(nodes.node(authority.node("baton-east")));

    assertEquals(
        Reach.THEIRS_TURNED_DOWN,
        authority.node("baton-west").reaches("127.0.0.1", port, Instant.now()));
  }

  @Test
  void givenANodeThatBelievesOnlyOthers_whenOneLooks_thenOursIsTurnedDown() {
    var ours = nodes.of("keys", "one");
    var others = nodes.of("others", "two");
    // One that knows both authorities looks at one that does not.
    var both = concatenated(ours.authority(), others.authority());
    int port = Neighbours.port(nodes.node(others));

    assertEquals(
        Reach.OURS_TURNED_DOWN,
        new Certificates(ours.certificate(), ours.key(), both)
            .reaches("127.0.0.1", port, Instant.now()));
  }

  @Test
  void givenAServerThatAsksForCertificatesOfOthers_whenOneLooks_thenOursIsTurnedDown()
      throws Exception {
    var ours = nodes.of("keys", "one");
    var others = nodes.of("others", "two");
    var both = concatenated(ours.authority(), others.authority());
    var theirs = Credentials.read(others, Instant.now());

    try (var server =
        (SSLServerSocket) theirs.context().getServerSocketFactory().createServerSocket(0)) {
      server.setNeedClientAuth(true);
      var answering =
          Thread.ofVirtual()
              .start(() -> {
                try (var call = server.accept()) {
                  call.getInputStream().read();
                } catch (IOException refused) {
                  // What is tested.
                }
              });
      assertEquals(
          Reach.OURS_TURNED_DOWN,
          new Certificates(ours.certificate(), ours.key(), both)
              .reaches("127.0.0.1", server.getLocalPort(), Instant.now()));
      answering.join();
    }
  }

  @Test
  void givenNobody_whenOneLooks_thenNothingListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var ours = nodes.of("keys", "one");

    assertEquals(Reach.NOTHING_LISTENS, ours.reaches("127.0.0.1", port, Instant.now()));
    assertEquals(Reach.NOTHING_LISTENS, ours.reaches("no-such-host.invalid", 1, Instant.now()));
  }

  @Test
  void givenAServerThatSpeaksSomethingElse_orNothing_whenOneLooks_thenThereIsNoTls()
      throws IOException {
    var ours = nodes.of("keys", "one");
    try (var web = new ServerSocket(0);
        var silent = new ServerSocket(0)) {
      Thread.ofVirtual()
          .start(() -> {
            try (var call = web.accept()) {
              call.getInputStream().read();
              call.getOutputStream()
                  .write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException gone) {
              // The caller had enough.
            }
          });
      assertEquals(Reach.NO_TLS, ours.reaches("127.0.0.1", web.getLocalPort(), Instant.now()));
      assertEquals(Reach.NO_TLS, ours.reaches("127.0.0.1", silent.getLocalPort(), Instant.now()));
    }
  }

  private Path concatenated(Path one, Path other) {
    try {
      return Files.writeString(
          folder.resolve("both.crt"), Files.readString(one) + Files.readString(other));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
