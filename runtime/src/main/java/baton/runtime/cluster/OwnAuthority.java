package baton.runtime.cluster;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The authority that a cluster makes for itself where it is given none: whoever has the keys that
/// all nodes share is one of them.
///
/// Key and certificate lie in one file, so that of nodes that start at once the first makes both;
/// what others believe is a copy of that certificate.
final class OwnAuthority {
  static final String KEY = "cluster-ca.key";
  static final String CERTIFICATE = "cluster-ca.crt";
  static final String NODE = "cluster-node.pem";

  private static final X500Name AUTHORITY_NAME = new X500Name("CN=Baton cluster authority");
  private static final X500Name NODE_NAME = new X500Name("CN=baton");
  private static final Duration AUTHORITY_LASTS = Duration.ofDays(3_652);
  private static final Duration NODE_LASTS = Duration.ofDays(365);
  private static final Duration LEFT_MIN = Duration.ofDays(30);

  /// By which the clocks of two nodes may differ when one has just been made.
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

  private static final String OWNER_ONLY = "rw-------";
  private static final String OPEN = "rw-r--r--";
  private static final SecureRandom RANDOM = new SecureRandom();

  private OwnAuthority() {}

  /// Those in the folders, made where there are none and renewed where they soon expire.
  static Certificates certificates(Path keys, Path data, Instant now) {
    var node = data.resolve(NODE);
    var files = new Certificates(node, node, keys.resolve(CERTIFICATE));
    try {
      in(keys, now);
      Files.createDirectories(data);
      if (!lasts(files, now)) issue(files, keys, now);
    } catch (IOException failure) {
      throw new CertificatesUnusable(
          "cannot keep the cluster's certificates in %s and %s: see whose these folders are"
              .formatted(keys, data));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible); // in every Java platform
    }
    Credentials.read(files, now);
    return files;
  }

  /// Makes the authority where there is none.
  static void in(Path keys, Instant now) {
    try {
      Files.createDirectories(keys);
      if (!Files.exists(keys.resolve(CERTIFICATE))) found(keys, now);
    } catch (IOException failure) {
      throw new CertificatesUnusable(
          "cannot keep the cluster's authority in %s: see whose this folder is".formatted(keys));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException(impossible); // in every Java platform
    }
  }

  private static void found(Path keys, Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var key = keys.resolve(KEY);
    if (!Files.exists(key)) {
      var pair = pair();
      var self = signed(authority(pair.getPublic(), now), pair.getPrivate());
      Pem.create(key, Pem.of(pair.getPrivate()) + Pem.of(self), OWNER_ONLY);
    }
    var first = Pem.certificates(key).getFirst();
    Pem.create(keys.resolve(CERTIFICATE), Pem.of(first), OPEN);
  }

  private static boolean lasts(Certificates files, Instant now) {
    if (!Files.exists(files.certificate())) return false;
    try {
      var own = Credentials.read(files, now).chain().getFirst();
      return now.plus(LEFT_MIN).isBefore(own.getNotAfter().toInstant());
    } catch (CertificatesUnusable another) {
      return false; // of another authority, expired or damaged: what is made next takes its place
    }
  }

  private static void issue(Certificates files, Path keys, Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var file = keys.resolve(KEY);
    if (!Files.exists(file)) {
      throw new CertificatesUnusable(
          "this node needs a certificate and %s is not there to issue it: put it back, or set cluster.tls"
              .formatted(file));
    }
    var authority = Pem.certificates(files.authority()).getFirst();
    var key = Pem.key(file);
    if (!Credentials.fits(key, authority.getPublicKey())) {
      throw new CertificatesUnusable(
          "%s does not fit %s: put back the two that were made together"
              .formatted(file, files.authority()));
    }
    boolean isFirst = !Files.exists(files.certificate());
    var pair = isFirst ? pair() : kept(files.certificate());
    var own = signed(node(pair.getPublic(), authority, now), key);
    var content = Pem.of(pair.getPrivate()) + Pem.of(own);
    if (isFirst) Pem.create(files.certificate(), content, OWNER_ONLY);
    else Pem.replace(files.certificate(), content, OWNER_ONLY);
  }

  /// A renewed certificate keeps its key: two nodes that use one folder may renew it at once.
  private static KeyPair kept(Path node) throws GeneralSecurityException {
    try {
      var open = Pem.certificates(node).getFirst().getPublicKey();
      var key = Pem.key(node);
      return Credentials.fits(key, open) ? new KeyPair(open, key) : pair();
    } catch (CertificatesUnusable damaged) {
      return pair();
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder authority(PublicKey key, Instant now)
      throws CertIOException {
    var ends = now.plus(AUTHORITY_LASTS);
    var made = certificate(AUTHORITY_NAME, AUTHORITY_NAME, key, now, ends);
    return made.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
  }

  private static X509v3CertificateBuilder node(PublicKey key, X509Certificate by, Instant now)
      throws CertIOException {
    var last = by.getNotAfter().toInstant();
    var ends = now.plus(NODE_LASTS).isBefore(last) ? now.plus(NODE_LASTS) : last;
    var issuer = X500Name.getInstance(by.getSubjectX500Principal().getEncoded());
    return certificate(issuer, NODE_NAME, key, now, ends)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(Extension.extendedKeyUsage, false, bothEnds());
  }

  private static ExtendedKeyUsage bothEnds() {
    return new ExtendedKeyUsage(
        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
  }

  private static X509v3CertificateBuilder certificate(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant ends) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM),
        Date.from(now.minus(CLOCKS_DIFFER)),
        Date.from(ends),
        subject,
        key);
  }

  private static X509Certificate signed(X509v3CertificateBuilder made, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    var signer = new JcaContentSignerBuilder(Credentials.algorithm(key)).build(key);
    return new JcaX509CertificateConverter().getCertificate(made.build(signer));
  }
}
