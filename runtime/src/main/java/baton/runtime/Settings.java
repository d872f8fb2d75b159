package baton.runtime;

import baton.runtime.audit.CheckpointSettings;
import baton.runtime.cluster.ClusterSettings;
import baton.runtime.http.HttpSettings;
import baton.runtime.mail.MailSettings;
import baton.runtime.models.ModelSettings;
import baton.runtime.observe.Watching;
import baton.runtime.outside.ServerSettings;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.PriceFile;
import baton.runtime.tools.PriceList;
import baton.runtime.tools.Seller;
import baton.runtime.tools.Staff;
import baton.runtime.tools.ToolChoice;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All that an operator may set, from `baton.conf` and the command line, loaded once and checked.
///
/// @param database a JDBC URL, or empty for the embedded PostgreSQL
/// @param toolTimeout how long a tool may take until its outcome counts as unknown
/// @param tools which implementation stands for each tool
/// @param presence how long an operator's word that they are there holds
/// @param publicUrl where buyers reach this engine, without a slash at its end; empty for where it
///   listens
/// @param sellers who takes appointments of the default tenant's buyers
/// @param prices the price list of a file; empty for the built-in prices
/// @param checkpoints how often the journals' heads are signed, and where copies go
/// @param models how each model is reached, by name
/// @param servers how each server of outside tools is reached, by name
/// @param mirrorEvery how often the node looks for changed controls, policies and opt-outs
/// @param cluster where this node is reached by others, and whom it joins
/// @param watching how its log looks, and who is sent traces
public record Settings(
    Path data,
    Optional<String> database,
    String databaseUser,
    String databasePassword,
    HttpSettings http,
    Duration toolTimeout,
    ToolChoice tools,
    Duration presence,
    Duration mirrorEvery,
    Optional<String> publicUrl,
    MailSettings mail,
    List<Seller> sellers,
    Optional<PriceList> prices,
    CheckpointSettings checkpoints,
    Map<String, ModelSettings> models,
    Map<String, ServerSettings> servers,
    ClusterSettings cluster,
    Watching watching) {

  private static final String CALENDAR = "tools.calendar";

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
              "tools.use.TOOL",
              "tools.settings.PROVIDER",
              "operators.presence",
              "tools.prices",
              "mirror-every",
              "public-url"));

  static {
    KEYS.addAll(MailSettings.KEYS);
    KEYS.addAll(CheckpointSettings.KEYS);
    KEYS.addAll(ModelSettings.KEYS);
    KEYS.addAll(ServerSettings.KEYS);
    KEYS.addAll(ClusterSettings.KEYS);
    KEYS.addAll(Watching.KEYS);
    for (var key : Staff.keys()) KEYS.add(CALENDAR + "." + key);
  }

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
        ToolChoice.standard(),
        HumanQueue.PRESENCE,
        Duration.ofMillis(200),
        Optional.empty(),
        MailSettings.defaults(),
        Staff.usual(),
        Optional.empty(),
        CheckpointSettings.defaults(),
        Map.of(),
        Map.of(),
        ClusterSettings.defaults(),
        Watching.defaults());
  }

  /// @param file in the form of HOCON; an unknown key is an error
  public static Settings load(Path file) {
    if (!Files.isReadable(file)) {
      throw new Invalid("cannot read " + file + "; name a readable file with --config");
    }
    try {
      return of(file, ConfigFactory.parseFile(file.toAbsolutePath().toFile()).resolve());
    } catch (MailSettings.Unusable | Staff.Unusable told) {
      throw new Invalid(file + ": " + told.getMessage());
    } catch (ConfigException.Parse broken) {
      // Its message has what stands there, which may be a password or a key.
      throw new Invalid(
          file
              + ":"
              + broken.origin().lineNumber()
              + ": cannot be read from here on: see that names have = or { after them, and that"
              + " quotes and braces are closed");
    } catch (ConfigException broken) {
      throw new Invalid(file + ": " + firstLine(broken.getMessage()));
    }
  }

  private static Settings of(Path file, Config config) {
    for (var entry : config.entrySet()) {
      if (!KEYS.contains(entry.getKey()) && !ofNames(entry.getKey())) {
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
                operators.presence = 15m
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
        tools(file, all),
        presence(file, all),
        duration(file, all, "mirror-every"),
        all.hasPath("public-url")
            ? Optional.of(address(file, all.getString("public-url")))
            : Optional.empty(),
        MailSettings.read(all),
        Staff.read(all.hasPath(CALENDAR) ? all.getConfig(CALENDAR) : ConfigFactory.empty()),
        prices(all),
        checkpoints(file, all),
        models(file, all),
        servers(file, all),
        cluster(file, all),
        watching(file, all));
  }

  private static String address(Path file, String text) {
    if (text.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,200})?")) {
      return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
    throw new Invalid(file + ": public-url is an address such as https://talk.example.com");
  }

  /// Keys with names of tools, providers, models and servers in them, which their own readers
  /// check.
  private static boolean ofNames(String key) {
    return key.startsWith("tools.use.")
        || key.startsWith("tools.settings.")
        || key.startsWith("models.")
        || key.startsWith("servers.");
  }

  private static ToolChoice tools(Path file, Config all) {
    try {
      return ToolChoice.of(all);
    } catch (IllegalArgumentException told) {
      throw new Invalid(file + ": " + told.getMessage());
    }
  }

  private static CheckpointSettings checkpoints(Path file, Config all) {
    try {
      return CheckpointSettings.read(all);
    } catch (IllegalArgumentException told) {
      throw new Invalid(file + ": " + told.getMessage());
    }
  }

  private static Map<String, ModelSettings> models(Path file, Config all) {
    try {
      return ModelSettings.read(all);
    } catch (IllegalArgumentException told) {
      throw new Invalid(file + ": " + told.getMessage());
    }
  }

  private static Map<String, ServerSettings> servers(Path file, Config all) {
    try {
      return ServerSettings.read(all, all.getDuration("tools.timeout"));
    } catch (IllegalArgumentException told) {
      throw new Invalid(file + ": " + told.getMessage());
    }
  }

  private static ClusterSettings cluster(Path file, Config all) {
    try {
      return ClusterSettings.read(all);
    } catch (IllegalArgumentException told) {
      throw new Invalid(file + ": " + told.getMessage());
    }
  }

  private static Watching watching(Path file, Config all) {
    try {
      return Watching.read(all);
    } catch (IllegalArgumentException told) {
      throw new Invalid(file + ": " + told.getMessage());
    }
  }

  private static Optional<PriceList> prices(Config all) {
    if (!all.hasPath("tools.prices")) return Optional.empty();
    try {
      return Optional.of(PriceFile.read(Path.of(all.getString("tools.prices")), ZoneOffset.UTC));
    } catch (PriceFile.Invalid told) {
      throw new Invalid(told.getMessage());
    }
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

  private static Duration presence(Path file, Config all) {
    var presence = duration(file, all, "operators.presence");
    if (presence.compareTo(Duration.ofDays(1)) <= 0) return presence;
    throw new Invalid(file + ": operators.presence is 24h at most");
  }

  private static int port(String name, int port) {
    if (port >= 0 && port <= 65_535) return port;
    throw new Invalid(name + " is 0 to 65535");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not readable");
  }

  /// The folder of the keys that all nodes of a cluster share.
  public Path keys() {
    return cluster.keys().orElse(data);
  }

  /// With what the command line says of the cluster.
  public Settings joining(List<String> join, Optional<Path> keys) {
    try {
      return with(cluster.with(join, keys));
    } catch (IllegalArgumentException told) {
      throw new Invalid(told.getMessage());
    }
  }

  /// For a node that was left out of its cluster and comes back.
  public Settings comingBack() {
    return with(cluster.comingBack());
  }

  private Settings with(ClusterSettings newCluster) {
    return new Settings(
        data,
        database,
        databaseUser,
        databasePassword,
        http,
        toolTimeout,
        tools,
        presence,
        mirrorEvery,
        publicUrl,
        mail,
        sellers,
        prices,
        checkpoints,
        models,
        servers,
        newCluster,
        watching);
  }

  /// A letter that leaves this machine has a link in it, which must lead to this engine.
  Optional<String> outreachLacks() {
    return mail.smtp().isPresent() && publicUrl.isEmpty()
        ? Optional.of("set public-url in baton.conf, to which the links in its letters lead")
        : Optional.empty();
  }

  /// How long a letter may take: less than a tool, so that what is known of it is known in time.
  Duration letterTimeout() {
    return toolTimeout.multipliedBy(4).dividedBy(5);
  }

  public Settings with(Optional<Path> newData, Optional<String> newUrl, Optional<Integer> port) {
    return new Settings(
        newData.orElse(data),
        newUrl.isPresent() ? newUrl : database,
        databaseUser,
        databasePassword,
        port.map(p -> http.at(http.host(), port("--port", p))).orElse(http),
        toolTimeout,
        tools,
        presence,
        mirrorEvery,
        publicUrl,
        mail,
        sellers,
        prices,
        checkpoints,
        models,
        servers,
        cluster,
        watching);
  }
}
