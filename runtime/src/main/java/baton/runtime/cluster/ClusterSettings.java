package baton.runtime.cluster;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a node is reached by the others of its cluster, and whom it joins.
///
/// @param host a name or address of this machine by which the others reach it
/// @param port 0 for a free one
/// @param join `HOST:PORT` of nodes, of which one has to be there; a host with several addresses
///   stands for all of them. Empty for a node that forms a cluster
/// @param keys the folder of the keys that all nodes share; empty for the data folder
/// @param tls files of this node's certificate; empty for one of the development authority
/// @param clocksApartMax how far this machine's clock may be from the database's
/// @param returning whether it was a node of the cluster before: it joins whoever is there, or
///   forms
public record ClusterSettings(
    String host,
    int port,
    List<String> join,
    Optional<Path> keys,
    Optional<Tls> tls,
    Duration clocksApartMax,
    boolean returning) {
  /// What `baton.conf` may say of it.
  public static final Set<String> KEYS =
      Set.of(
          "keys",
          "cluster.host",
          "cluster.port",
          "cluster.join",
          "cluster.clocks-apart",
          "cluster.tls.certificate",
          "cluster.tls.key",
          "cluster.tls.authority");

  private static final int JOIN_MAX = 64;
  private static final String HOST = "([A-Za-z0-9][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}\\])";

  /// @param certificate PEM, as the others see this node
  /// @param key PEM, of the certificate
  /// @param authority PEM, whose certificates are let in
  public record Tls(Path certificate, Path key, Path authority) {}

  public ClusterSettings {
    join = List.copyOf(join);
  }

  public static ClusterSettings defaults() {
    return new ClusterSettings(
        "127.0.0.1",
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(2),
        false);
  }

  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public static ClusterSettings read(Config config) {
    var usual = defaults();
    var host = config.hasPath("cluster.host") ? config.getString("cluster.host") : usual.host();
    if (!host.matches(HOST)) {
      throw new IllegalArgumentException(
          "cluster.host is a name or address by which other nodes reach this one, such as"
              + " baton-1.example.com");
    }
    int port = config.hasPath("cluster.port") ? config.getInt("cluster.port") : usual.port();
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("cluster.port is 0 to 65535");
    var apart =
        config.hasPath("cluster.clocks-apart")
            ? config.getDuration("cluster.clocks-apart")
            : usual.clocksApartMax();
    if (!apart.isPositive()) {
      throw new IllegalArgumentException("cluster.clocks-apart is more than 0, such as 2s");
    }
    return new ClusterSettings(
        host,
        port,
        config.hasPath("cluster.join")
            ? checked("cluster.join", config.getStringList("cluster.join"))
            : usual.join(),
        path(config, "keys"),
        tls(config),
        apart,
        false);
  }

  private static Optional<Path> path(Config config, String key) {
    return config.hasPath(key) ? Optional.of(Path.of(config.getString(key))) : Optional.empty();
  }

  private static Optional<Tls> tls(Config config) {
    var certificate = path(config, "cluster.tls.certificate");
    var key = path(config, "cluster.tls.key");
    var authority = path(config, "cluster.tls.authority");
    if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) return Optional.empty();
    if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
      throw new IllegalArgumentException(
          "cluster.tls has certificate, key and authority, or none of them");
    }
    return Optional.of(new Tls(certificate.get(), key.get(), authority.get()));
  }

  /// @param name what they were given by
  private static List<String> checked(String name, List<String> addresses) {
    for (var address : addresses) {
      if (!address.matches(HOST + ":[1-9][0-9]{0,4}") || portOf(address) > 65_535) {
        throw new IllegalArgumentException(
            name + " has addresses such as 10.0.0.5:7355, of which \"" + address + "\" is none");
      }
    }
    if (addresses.size() > JOIN_MAX) {
      throw new IllegalArgumentException(name + " has " + JOIN_MAX + " addresses at most");
    }
    return addresses;
  }

  static String hostOf(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }

  static int portOf(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /// What the command line says in place of the file.
  ///
  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public ClusterSettings with(List<String> newJoin, Optional<Path> newKeys) {
    return new ClusterSettings(
        host,
        port,
        newJoin.isEmpty() ? join : checked("--join", newJoin),
        newKeys.or(() -> keys),
        tls,
        clocksApartMax,
        returning);
  }

  /// For a node that was left out and comes back.
  public ClusterSettings comingBack() {
    return new ClusterSettings(host, port, join, keys, tls, clocksApartMax, true);
  }
}
