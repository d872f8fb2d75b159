package baton.runtime;

import baton.runtime.http.HttpSettings;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All that an operator may set, from `baton.conf` and the command line, loaded once and checked.
///
/// @param database a JDBC URL, or empty for the embedded PostgreSQL
/// @param toolTimeout how long a tool may take until its outcome counts as unknown
/// @param publicUrl where buyers reach this engine, without a slash at its end; empty for where it
///   listens
/// @param tools which tools there are
/// @param mirrorEvery how often the node looks for changed controls, policies and opt-outs
public record Settings(
    Path data,
    Optional<String> database,
    String databaseUser,
    String databasePassword,
    HttpSettings http,
    Duration toolTimeout,
    Duration mirrorEvery,
    Optional<String> publicUrl,
    ToolSettings tools) {

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "data",
              "http.host",
              "http.port",
              "http.conversation-rate.burst",
              "http.conversation-rate.per-second",
              "http.address-rate.burst",
              "http.address-rate.per-second",
              "database.url",
              "database.user",
              "database.password",
              "tools.timeout",
              "tools.prices",
              "tools.calendar",
              "tools.quotes",
              "tools.orders",
              "tools.crm",
              "tools.humans",
              "mirror-every",
              "public-url"));

  /// A setting that cannot be used, in one line that says what to do.
  public static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    Invalid(String message) {
      super(message);
    }
  }

  public static Settings defaults(Path data) {
    return new Settings(
        data,
        Optional.empty(),
        "",
        "",
        HttpSettings.defaults(),
        Duration.ofSeconds(10),
        Duration.ofMillis(200),
        Optional.empty(),
        ToolSettings.defaults());
  }

  /// @param file in the form of HOCON; an unknown key is an error
  public static Settings load(Path file) {
    if (!Files.isReadable(file)) {
      throw new Invalid("cannot read " + file + "; name a readable file with --config");
    }
    try {
      return of(file, ConfigFactory.parseFile(file.toFile()).resolve());
    } catch (ConfigException broken) {
      throw new Invalid(file + ": " + firstLine(broken.getMessage()));
    }
  }

  private static Settings of(Path file, Config config) {
    for (var entry : config.entrySet()) {
      if (!KEYS.contains(entry.getKey()) && !ToolSettings.isOwn(entry.getKey())) {
        throw new Invalid(
            file + ": unknown key " + entry.getKey() + "; known are " + String.join(", ", KEYS));
      }
    }
    var all =
        config.withFallback(
            ConfigFactory.parseString(
                """
                data = data
                http { host = "127.0.0.1", port = 8080 }
                http.conversation-rate { burst = 40, per-second = 10 }
                http.address-rate { burst = 2000, per-second = 500 }
                database { user = "", password = "" }
                tools.timeout = 10s
                mirror-every = 200ms
                """));
    return new Settings(
        Path.of(all.getString("data")),
        all.hasPath("database.url") ? Optional.of(all.getString("database.url")) : Optional.empty(),
        all.getString("database.user"),
        all.getString("database.password"),
        HttpSettings.defaults()
            .at(all.getString("http.host"), port(file + ": http.port", all.getInt("http.port")))
            .limited(rate(file, all, "conversation-rate"), rate(file, all, "address-rate")),
        duration(file, all, "tools.timeout"),
        duration(file, all, "mirror-every"),
        all.hasPath("public-url")
            ? Optional.of(address(file, all.getString("public-url")))
            : Optional.empty(),
        ToolSettings.of(file, all));
  }

  private static String address(Path file, String text) {
    if (text.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,200})?")) {
      return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
    throw new Invalid(file + ": public-url is an address such as https://talk.example.com");
  }

  private static HttpSettings.Rate rate(Path file, Config all, String name) {
    int burst = all.getInt("http." + name + ".burst");
    double perSecond = all.getDouble("http." + name + ".per-second");
    if (burst >= 1 && perSecond > 0) return new HttpSettings.Rate(burst, perSecond);
    throw new Invalid(file + ": http." + name + " is more than 0, in burst and per-second");
  }

  private static Duration duration(Path file, Config all, String name) {
    var duration = all.getDuration(name);
    if (duration.isPositive()) return duration;
    throw new Invalid(file + ": " + name + " is more than 0, such as 500ms or 10s");
  }

  private static int port(String name, int port) {
    if (port >= 0 && port <= 65_535) return port;
    throw new Invalid(name + " is 0 to 65535");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not readable");
  }

  public Settings with(Optional<Path> newData, Optional<String> newUrl, Optional<Integer> port) {
    return new Settings(
        newData.orElse(data),
        newUrl.isPresent() ? newUrl : database,
        databaseUser,
        databasePassword,
        port.map(p -> http.at(http.host(), port("--port", p))).orElse(http),
        toolTimeout,
        mirrorEvery,
        publicUrl,
        tools);
  }
}
