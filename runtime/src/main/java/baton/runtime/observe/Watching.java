package baton.runtime.observe;

import com.typesafe.config.Config;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// What an operator may set of logs and traces.
///
/// @param traces what takes them, as OTLP over HTTP; empty where there are none
public record Watching(LogLayout log, Optional<URI> traces) {
  /// What `baton.conf` may say of it.
  public static final Set<String> KEYS = Set.of("log", "traces.endpoint");

  public static Watching defaults() {
    return new Watching(LogLayout.PLAIN, Optional.empty());
  }

  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public static Watching read(Config config) {
    return new Watching(
        config.hasPath("log") ? layout(config.getString("log")) : LogLayout.PLAIN,
        config.hasPath("traces.endpoint")
            ? Optional.of(endpoint(config.getString("traces.endpoint")))
            : Optional.empty());
  }

  private static URI endpoint(String address) {
    if (address.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,200}/[A-Za-z0-9._~/-]{1,200}")) {
      return URI.create(address);
    }
    throw new IllegalArgumentException(
        "traces.endpoint is an address such as http://127.0.0.1:4318/v1/traces");
  }

  private static LogLayout layout(String word) {
    return switch (word) {
      case "plain" -> LogLayout.PLAIN;
      case "json" -> LogLayout.JSON;
      default -> throw new IllegalArgumentException("log is plain or json");
    };
  }
}
