package baton.runtime.observe;

import com.typesafe.config.Config;
import java.util.Set;

/// What an operator may set of logs.
public record Watching(LogLayout log) {
  /// What `baton.conf` may say of it.
  public static final Set<String> KEYS = Set.of("log");

  public static Watching defaults() {
    return new Watching(LogLayout.PLAIN);
  }

  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public static Watching read(Config config) {
    return new Watching(config.hasPath("log") ? layout(config.getString("log")) : LogLayout.PLAIN);
  }

  private static LogLayout layout(String word) {
    return switch (word) {
      case "plain" -> LogLayout.PLAIN;
      case "json" -> LogLayout.JSON;
      default -> throw new IllegalArgumentException("log is plain or json");
    };
  }
}
