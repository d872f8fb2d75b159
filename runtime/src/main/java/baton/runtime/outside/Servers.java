package baton.runtime.outside;

import baton.runtime.outside.ServerSettings.Way;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The servers of one engine by the names that `baton.conf` gives them. None is asked before it is
/// needed.
public final class Servers implements AutoCloseable {
  private final Map<String, Server> servers = new TreeMap<>();

  /// @param key that signs calls
  /// @param issuer whose they are
  public static Servers of(Map<String, ServerSettings> settings, PermitKey key, String issuer) {
    return new Servers(settings, key, issuer, Clock.systemUTC());
  }

  Servers(Map<String, ServerSettings> settings, PermitKey key, String issuer, Clock clock) {
    settings.forEach((name, server) -> {
      var patience = new Patience(server, clock);
      servers.put(
          name,
          switch (server.way()) {
            case Way.Signed(var url) -> new SignedServer(server, url, key, issuer, clock, patience);
            case Way.Mcp _, Way.Started _ -> new McpServer(server, patience);
          });
    });
  }

  Optional<Server> named(String name) {
    return Optional.ofNullable(servers.get(name));
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(servers.keySet());
  }

  @Override
  public void close() {
    servers.values().forEach(Server::close);
  }
}
