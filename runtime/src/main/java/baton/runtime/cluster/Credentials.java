package baton.runtime.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// What a node shows to others and whom it believes, checked as they will check it.
///
/// @param chain the node's certificate, then those between it and the authority
/// @param names the common name and DNS names of the node's certificate
record Credentials(
    List<X509Certificate> chain,
    PrivateKey key,
    List<X509Certificate> authorities,
    Set<String> names) {
  static final String PROTOCOL = "TLSv1.3";

  private static final Set<String> BOTH_ENDS = Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
  private static final String ANY_USE = "2.5.29.37.0";
  private static final int DNS_NAME = 2;

  /// @throws CertificatesUnusable where no other node would believe it, or it nobody
  static Credentials read(Certificates files, Instant now) {
    var chain = Pem.certificates(files.certificate());
    var key = Pem.key(files.key());
    var own = chain.getFirst();
    mustBeOfNow("the certificate in " + files.certificate(), own, now);
    if (!fits(key, own.getPublicKey())) {
      throw new CertificatesUnusable(
          "the key in %s does not fit the certificate in %s: give the two that were made together"
              .formatted(files.key(), files.certificate()));
    }
    var authorities = Pem.certificates(files.authority());
    mustBeIssued(files, chain, ofNow(files.authority(), authorities, now), now);
    mustServeBothEnds(files.certificate(), own);
    var names = names(own);
    if (names.isEmpty()) {
      throw new CertificatesUnusable(
          "the certificate in %s names nobody: give one with a common name that all nodes share"
              .formatted(files.certificate()));
    }
    return new Credentials(chain, key, authorities, names);
  }

  /// Those that have not expired: of two, one may take the other's place.
  private static List<X509Certificate> ofNow(
      Path file, List<X509Certificate> authorities, Instant now) {
    var left =
        authorities.stream()
            .filter(authority -> now.isBefore(authority.getNotAfter().toInstant()))
            .toList();
    if (left.isEmpty()) mustBeOfNow("the authority in " + file, authorities.getFirst(), now);
    return left;
  }

  private static void mustBeOfNow(String what, X509Certificate certificate, Instant now) {
    if (!now.isBefore(certificate.getNotAfter().toInstant())) {
      throw new CertificatesUnusable(
          what + " expired on " + day(certificate.getNotAfter()) + ": give a new one");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new CertificatesUnusable(
          "%s is not valid before %s: see whether this machine's clock is right"
              .formatted(what, certificate.getNotBefore().toInstant()));
    }
  }

  private static String day(Date date) {
    return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  static boolean fits(PrivateKey key, PublicKey open) {
    try {
      var signature = Signature.getInstance(algorithm(key));
      byte[] anything = {1, 2, 3};
      signature.initSign(key);
      signature.update(anything);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(anything);
      return signature.verify(signed);
    } catch (GeneralSecurityException other) {
      return false; // of another kind, or another size
    }
  }

  static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case String other -> other;
    };
  }

  private static void mustBeIssued(
      Certificates files, List<X509Certificate> chain, List<X509Certificate> by, Instant now) {
    try {
      var path = chain.stream().filter(link -> !by.contains(link)).toList();
      if (path.isEmpty()) throw notIssued(files);
      var asked =
          new PKIXParameters(
              by.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()));
      asked.setDate(Date.from(now));
      asked.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), asked);
    } catch (CertPathValidatorException broken) {
      if (broken.getReason() != CertPathValidatorException.BasicReason.EXPIRED)
        throw notIssued(files);
      throw new CertificatesUnusable(
          "a certificate between node and authority in %s expired: give a new one"
              .formatted(files.certificate()));
    } catch (GeneralSecurityException unreadable) {
      throw notIssued(files);
    }
  }

  private static CertificatesUnusable notIssued(Certificates files) {
    return new CertificatesUnusable(
        "the certificate in %s was not issued by the authority in %s: give the one that issued it"
            .formatted(files.certificate(), files.authority()));
  }

  /// A node calls others and is called by them.
  private static void mustServeBothEnds(Path file, X509Certificate own) {
    try {
      var uses = own.getExtendedKeyUsage();
      if (uses == null || uses.contains(ANY_USE) || uses.containsAll(BOTH_ENDS)) return;
    } catch (CertificateParsingException unreadable) {
      // Falls through: others will not be able to read it either.
    }
    throw new CertificatesUnusable(
        "the certificate in %s is not for both ends: have it issued for server and client authentication"
            .formatted(file));
  }

  static Set<String> names(X509Certificate certificate) {
    var names = new HashSet<String>();
    try {
      for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) names.add(part.getValue().toString());
      }
      var others = certificate.getSubjectAlternativeNames();
      if (others == null) return names;
      for (var other : others) {
        if (other.get(0).equals(DNS_NAME)) names.add(other.get(1).toString());
      }
    } catch (InvalidNameException | CertificateParsingException unreadable) {
      // A name that cannot be read is nobody's.
    }
    return names;
  }

  /// For both ends: what is shown, and who is believed.
  SSLContext context() {
    return context(trust());
  }

  SSLContext context(X509TrustManager trust) {
    try {
      char[] none = {};
      var shown = KeyStore.getInstance("PKCS12");
      shown.load(null, null);
      shown.setKeyEntry("node", key, none, chain.toArray(X509Certificate[]::new));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(shown, none);
      var context = SSLContext.getInstance(PROTOCOL);
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible); // of things in memory that were checked
    }
  }

  /// Believes what the authorities issued.
  X509TrustManager trust() {
    try {
      var believed = KeyStore.getInstance("PKCS12");
      believed.load(null, null);
      for (var authority : authorities) {
        believed.setCertificateEntry("authority-" + believed.size(), authority);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(believed);
      return (X509TrustManager) trust.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible); // as above
    }
  }

  /// Whether it is a node of the same cluster, and not only of the same authority.
  boolean shareAName(X509Certificate other) {
    return names(other).stream().anyMatch(names::contains);
  }

  @Override
  public String toString() {
    return "Credentials" + names;
  }
}
