package baton.runtime.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The PEM files by which the nodes of a cluster know each other, looked through.
///
/// @param certificate this node's, followed by those between it and the authority
/// @param key the private key of the first certificate, without a pass phrase
/// @param authority whom this node believes, one or several
public record Certificates(Path certificate, Path key, Path authority) {
  private static final String SETTINGS = "baton.cluster.tls.";

  /// What the settings name, else those of an authority that the cluster makes for itself.
  ///
  /// @param keys the folder of the keys that all nodes share
  /// @param data the folder of this node
  /// @throws CertificatesUnusable where the nodes could not talk by these
  public static Certificates of(
      Optional<ClusterSettings.Tls> given, Path keys, Path data, Instant now) {
    if (given.isEmpty()) return OwnAuthority.certificates(keys, data, now);
    var tls = given.get();
    var files = new Certificates(tls.certificate(), tls.key(), tls.authority());
    Credentials.read(files, now);
    return files;
  }

  /// Makes the cluster's own authority where there is none.
  ///
  /// @param keys the folder of the keys that all nodes share
  /// @throws CertificatesUnusable where the folder cannot be written
  public static void makeAuthority(Path keys, Instant now) {
    OwnAuthority.in(keys, now);
  }

  /// What makes Pekko's remoting speak TLS 1.3 by these files.
  public Config pekko() {
    return ConfigFactory.parseMap(
        Map.of(
            "pekko.remote.artery.transport",
            "tls-tcp",
            "pekko.remote.artery.ssl.ssl-engine-provider",
            MutualTls.class.getName(),
            SETTINGS + "certificate",
            certificate.toAbsolutePath().toString(),
            SETTINGS + "key",
            key.toAbsolutePath().toString(),
            SETTINGS + "authority",
            authority.toAbsolutePath().toString()));
  }

  /// The other way round.
  static Certificates in(Config pekko) {
    return new Certificates(
        Path.of(pekko.getString(SETTINGS + "certificate")),
        Path.of(pekko.getString(SETTINGS + "key")),
        Path.of(pekko.getString(SETTINGS + "authority")));
  }

  /// What a handshake with the node there comes to, after 3 seconds at most.
  public Reach reaches(String host, int port, Instant now) {
    return Reach.of(Credentials.read(this, now), host, port);
  }
}
