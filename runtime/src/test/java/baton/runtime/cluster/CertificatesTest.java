package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that is given no certificates makes an authority, and each node a certificate, renewed
/// in time.
class CertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path folder;

  private Path keys;
  private Path data;

  @BeforeEach
  void folders() {
    keys = folder.resolve("keys");
    data = folder.resolve("data");
  }

  private static Certificates own(Path keys, Path data, Instant now) {
    return Certificates.of(Optional.empty(), keys, data, now);
  }

  private static X509Certificate certificate(Certificates files) {
    return Pem.certificates(files.certificate()).getFirst();
  }

  private static void assertRefused(String line, Executable act) {
    assertEquals(line, assertThrows(CertificatesUnusable.class, act).getMessage());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void givenNothing_whenANodeStarts_thenItHasAnAuthorityForTenYearsAndACertificateForOne()
      throws Exception {
    var files = own(keys, data, NOW);

    assertEquals("rw-------", mode(keys.resolve("cluster-ca.key")));
    assertEquals("rw-r--r--", mode(keys.resolve("cluster-ca.crt")));
    assertEquals("rw-------", mode(data.resolve("cluster-node.pem")));
    var authority = Pem.certificates(files.authority()).getFirst();
    assertEquals(Instant.parse("2036-11-27T12:00:00Z"), authority.getNotAfter().toInstant());
    assertEquals(0, authority.getBasicConstraints());
    var node = certificate(files);
    assertEquals("CN=baton", node.getSubjectX500Principal().getName());
    assertEquals(Instant.parse("2027-11-28T12:00:00Z"), node.getNotAfter().toInstant());
    assertEquals(-1, node.getBasicConstraints());
    node.verify(authority.getPublicKey());
  }

  @Test
  void givenACertificate_whenMoreThanThirtyDaysAreLeft_thenItStays_andLaterItIsRenewedForItsKey() {
    var first = certificate(own(keys, data, NOW));
    var authority = Pem.certificates(keys.resolve("cluster-ca.crt"));

    assertEquals(first, certificate(own(keys, data, NOW.plus(Duration.ofDays(334)))));
    var next = certificate(own(keys, data, NOW.plus(Duration.ofDays(336))));

    assertEquals(NOW.plus(Duration.ofDays(336 + 365)), next.getNotAfter().toInstant());
    assertEquals(first.getPublicKey(), next.getPublicKey());
    assertEquals(authority, Pem.certificates(keys.resolve("cluster-ca.crt")));
  }

  @Test
  void givenTwoFolders_whenEightNodesStartAtOnce_thenThereIsOneAuthority() throws Exception {
    var ready = new CountDownLatch(8);
    try (var nodes = Executors.newFixedThreadPool(8)) {
      var started =
          nodes.invokeAll(
              IntStream.range(0, 8)
                  .mapToObj(n -> starting(ready, n < 4 ? data : folder.resolve("data-" + n)))
                  .toList());

      assertEquals(1, started.stream().map(Future::resultNow).distinct().count());
    }
    // Each of the folders is left as a start finds it in order.
    for (var left : List.of(data, folder.resolve("data-7"))) {
      try (var files = Files.list(left)) {
        assertEquals(List.of(left.resolve("cluster-node.pem")), files.toList());
      }
    }
  }

  /// A start that waits for the others.
  private Callable<List<X509Certificate>> starting(CountDownLatch ready, Path its) {
    return () -> {
      ready.countDown();
      ready.await();
      return Pem.certificates(own(keys, its, NOW).authority());
    };
  }

  @Test
  void givenANodeThatDiedBetweenTheTwoFiles_whenTheNextStarts_thenItMendsThem() throws IOException {
    own(keys, data, NOW);
    Files.delete(keys.resolve("cluster-ca.crt"));

    own(keys, folder.resolve("another"), NOW);

    assertEquals(
        Pem.certificates(keys.resolve("cluster-ca.key")),
        Pem.certificates(keys.resolve("cluster-ca.crt")));
  }

  @Test
  void givenKeysOfAnotherCluster_whenTheNodeStarts_thenItsCertificateIsIssuedAnew()
      throws Exception {
    own(keys, data, NOW);
    var others = folder.resolve("others");

    var files = own(others, data, NOW);

    certificate(files).verify(Pem.certificates(files.authority()).getFirst().getPublicKey());
  }

  @Test
  void givenNoAuthorityKey_whenACertificateIsNeeded_thenTheLineNamesIt() throws IOException {
    own(keys, data, NOW);
    Files.delete(keys.resolve("cluster-ca.key"));

    own(keys, data, NOW); // nothing to issue
    assertRefused(
        "this node needs a certificate and %s/cluster-ca.key is not there to issue it: put it back,"
                .formatted(keys)
            + " or set cluster.tls",
        () -> own(keys, folder.resolve("another"), NOW));
  }

  @Test
  void givenHalfOfTheAuthorityOfAnotherCluster_whenANodeStarts_thenItSaysThatTheyDoNotFit()
      throws IOException {
    own(keys, data, NOW);
    var others = folder.resolve("others");
    own(others, data, NOW);
    Files.delete(keys.resolve("cluster-ca.crt"));
    Files.copy(others.resolve("cluster-ca.crt"), keys.resolve("cluster-ca.crt"));

    assertRefused(
        "%1$s/cluster-ca.key does not fit %1$s/cluster-ca.crt: put back the two that were made together"
            .formatted(keys),
        () -> own(keys, folder.resolve("another"), NOW));
  }
}
