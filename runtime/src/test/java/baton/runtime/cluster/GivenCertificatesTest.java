package baton.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Files by which no node could talk are refused in one line that says what to do.
class GivenCertificatesTest {
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

  private static Certificates given(Path certificate, Path key, Path authority) {
    var tls = new ClusterSettings.Tls(certificate, key, authority);
    return Certificates.of(Optional.of(tls), null, null, NOW);
  }

  private static void assertRefused(String line, Executable act) {
    assertEquals(line, assertThrows(CertificatesUnusable.class, act).getMessage());
  }

  @Test
  void givenAFileThatIsNotThere_thenTheLineNamesIt() {
    var files = own(keys, data, NOW);
    var missing = folder.resolve("tls.crt");

    assertRefused(
        "cannot read " + missing + ": check that it is there and whose it is",
        () -> given(missing, files.key(), files.authority()));
  }

  @Test
  void givenFilesThatAreNoPem_thenTheLineSaysWhatBelongsThere() throws IOException {
    var files = own(keys, data, NOW);
    var words = Files.writeString(folder.resolve("words"), "not a certificate, not a key");
    var broken =
        Files.writeString(
            folder.resolve("broken"),
            Files.readString(files.key()).replaceFirst("KEY-----\n....", "KEY-----\nAAAA"));

    assertRefused(
        "there is no certificate in %s: give it in PEM, from -----BEGIN CERTIFICATE----- on"
            .formatted(words),
        () -> given(words, files.key(), files.authority()));
    for (var wrong : List.of(words, broken)) {
      Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
      assertRefused(
          "there is no private key in %s: give it in PEM, from -----BEGIN PRIVATE KEY----- on"
              .formatted(wrong),
          () -> given(files.certificate(), wrong, files.authority()));
    }
  }

  @Test
  void givenAKeyThatEverybodyMayRead_thenTheLineSaysHowToCloseIt() throws IOException {
    var files = own(keys, data, NOW);
    Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused(
        "the key in %1$s is open to everybody: run chmod 600 %1$s".formatted(files.key()),
        () -> given(files.certificate(), files.key(), files.authority()));
  }

  @Test
  void givenTheKeyOfAnotherCertificate_thenTheLineSaysThatTheyDoNotFit() {
    var files = own(keys, data, NOW);
    var other = own(keys, folder.resolve("another"), NOW).key();

    assertRefused(
        "the key in %s does not fit the certificate in %s: give the two that were made together"
            .formatted(other, files.certificate()),
        () -> given(files.certificate(), other, files.authority()));
  }

  @Test
  void givenAnotherAuthority_thenTheLineSaysThatItDidNotIssue() {
    var files = own(keys, data, NOW);
    var other = own(folder.resolve("others"), folder.resolve("another"), NOW).authority();

    assertRefused(
        "the certificate in %s was not issued by the authority in %s: give the one that issued it"
            .formatted(files.certificate(), other),
        () -> given(files.certificate(), files.key(), other));
  }

  @Test
  void givenCertificatesThatAreOverOrNotYet_thenTheLineSaysWhen() {
    var old = own(keys, data, NOW.minus(Duration.ofDays(400)));
    var early = own(folder.resolve("next"), folder.resolve("soon"), NOW.plus(Duration.ofDays(2)));
    var ancient =
        own(folder.resolve("first"), folder.resolve("past"), NOW.minus(Duration.ofDays(4_000)));

    assertRefused(
        "the certificate in %s expired on 2026-10-24: give a new one".formatted(old.certificate()),
        () -> given(old.certificate(), old.key(), old.authority()));
    assertRefused(
        "the certificate in %s is not valid before 2026-11-30T11:00:00Z: see whether this machine's"
                .formatted(early.certificate())
            + " clock is right",
        () -> given(early.certificate(), early.key(), early.authority()));
    assertRefused(
        "the authority in %s expired on 2025-12-15: give a new one".formatted(ancient.authority()),
        () -> {
          var files = own(keys, folder.resolve("now"), NOW);
          given(files.certificate(), files.key(), ancient.authority());
        });
  }

  @Test
  void givenACertificateForOneEndOfAConnection_thenTheLineAsksForBoth() {
    var files = new Issuing(folder, "company").node("baton", KeyPurposeId.id_kp_serverAuth);

    assertRefused(
        "the certificate in %s is not for both ends: have it issued for server and client"
                .formatted(files.certificate())
            + " authentication",
        () -> Credentials.read(files, Instant.now()));
  }

  @Test
  void givenAKeyWithAPassPhrase_thenTheLineAsksForOneWithout() throws Exception {
    var files = own(keys, data, NOW);
    var closed = folder.resolve("closed.key");
    try (var out = new JcaPEMWriter(Files.newBufferedWriter(closed))) {
      out.writeObject(
          new JcaPKCS8Generator(
              Pem.key(files.key()),
              new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                  .setPassword("secret".toCharArray())
                  .setProvider(new BouncyCastleProvider())
                  .build()));
    }
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));

    assertRefused(
        "the key in " + closed + " has a pass phrase: give it without one",
        () -> given(files.certificate(), closed, files.authority()));
  }
}
