package baton.runtime.cluster;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority as a company has one, which issues what it is asked for: certificates that are
/// valid from an hour ago for a day, with RSA keys.
final class Issuing {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final KeyPair PAIR = pair();

  private final Path folder;
  private final X500Name name;
  private final X509Certificate certificate;
  private final Optional<Issuing> above;

  Issuing(Path folder, String name) {
    this(folder, name, Optional.empty());
  }

  private Issuing(Path folder, String name, Optional<Issuing> above) {
    this.folder = folder;
    this.name = new X500Name("CN=" + name);
    this.above = above;
    this.certificate =
        signed(above.map(issuer -> issuer.name).orElse(this.name), this.name, true, PAIR);
  }

  /// One that this one answers for.
  Issuing between(String its) {
    return new Issuing(folder, its, Optional.of(this));
  }

  Certificates node(String its, KeyPurposeId... uses) {
    var pair = pair();
    var own = signed(name, new X500Name("CN=" + its), false, pair, uses);
    var chain = Pem.of(own) + above.map(_ -> Pem.of(certificate)).orElse("");
    var authority = above.map(issuer -> issuer.certificate).orElse(certificate);
    try {
      var in = Files.createTempDirectory(folder, its);
      var key = Files.writeString(in.resolve("tls.key"), Pem.of(pair.getPrivate()));
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
      return new Certificates(
          Files.writeString(in.resolve("tls.crt"), chain),
          key,
          Files.writeString(in.resolve("ca.crt"), Pem.of(authority)));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static X509Certificate signed(
      X500Name by, X500Name whose, boolean issues, KeyPair pair, KeyPurposeId... uses) {
    try {
      var from = Instant.now().minus(Duration.ofHours(1));
      var made =
          new JcaX509v3CertificateBuilder(
              by,
              BigInteger.valueOf(NUMBER.incrementAndGet()),
              Date.from(from),
              Date.from(from.plus(Duration.ofDays(1))),
              whose,
              pair.getPublic());
      made.addExtension(Extension.basicConstraints, true, new BasicConstraints(issues));
      if (uses.length > 0) {
        made.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses));
      }
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(PAIR.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(made.build(signer));
    } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
      throw new AssertionError(failed);
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
