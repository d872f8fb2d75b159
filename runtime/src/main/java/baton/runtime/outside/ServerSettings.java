package baton.runtime.outside;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How a server of tools is reached, as `servers.NAME` in `baton.conf` says.
///
/// @param token sent as a bearer token; empty where the server asks for none
/// @param within for a call in all, waiting included
/// @param answerMaxBytes beyond which an answer is none
/// @param concurrent calls under way at a time
public record ServerSettings(
    String name,
    Way way,
    Optional<String> token,
    Duration within,
    int answerMaxBytes,
    int concurrent) {

  /// Where a server is, and what it speaks.
  public sealed interface Way {
    /// An MCP server that is started here and talks over its standard input and output.
    ///
    /// @param environment all that it gets of ours beside `PATH` and the like
    record Started(List<String> command, Map<String, String> environment) implements Way {
      public Started {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
      }
    }

    /// An MCP server that is asked over streamable HTTP.
    record Mcp(URI url) implements Way {}

    /// A server of our own contract, which gets signed calls.
    record Signed(URI url) implements Way {}
  }

  private static final Set<String> OF_A_SERVER =
      new TreeSet<>(
          Set.of(
              "mcp",
              "environment",
              "mcp-url",
              "url",
              "token",
              "within",
              "answer-max",
              "concurrent"));

  /// What `baton.conf` may say of servers.
  public static final Set<String> KEYS =
      OF_A_SERVER.stream().map(key -> "servers.NAME." + key).collect(Collectors.toSet());

  private static final Config USUAL =
      ConfigFactory.parseString("answer-max = 256 KiB, concurrent = 16");
  private static final Duration WITHIN = Duration.ofSeconds(8);
  private static final long ANSWER_MIN_BYTES = 1_024;
  private static final long ANSWER_MAX_BYTES = 16 * 1024 * 1024;
  private static final int CONCURRENT_MAX = 1_000;

  /// Without the token, and without what is given to a command.
  @Override
  public String toString() {
    return name;
  }

  /// @param withinMax how long any tool may take
  /// @return the servers by name
  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public static Map<String, ServerSettings> read(Config all, Duration withinMax) {
    var servers = new TreeMap<String, ServerSettings>();
    if (!all.hasPath("servers")) return servers;
    all.getObject("servers")
        .forEach((name, said) -> {
          check(
              name.matches("[a-z][a-z0-9-]{0,63}"),
              "servers has a name of other than 1 to 64 of a-z 0-9 -, a letter first");
          check(said instanceof ConfigObject, "servers." + name + " is a block in braces");
          servers.put(name, of(name, ((ConfigObject) said).toConfig(), withinMax));
        });
    return Collections.unmodifiableMap(servers);
  }

  private static ServerSettings of(String name, Config block, Duration withinMax) {
    var at = "servers." + name + ".";
    for (var key : block.root().keySet()) {
      check(
          OF_A_SERVER.contains(key),
          "unknown key " + at + key + "; a server has " + String.join(", ", OF_A_SERVER));
    }
    // Messages of Config name the key alone.
    var nested = block.withFallback(USUAL).atPath("servers." + name);
    var way = way(nested, at);
    var token = text(nested, at + "token");
    check(
        token.isEmpty() || token.get().matches("[!-~]{1,4096}"),
        at + "token has a space or a sign that no token has: give it as it was given to you");
    check(
        token.isEmpty() || !(way instanceof Way.Started),
        at + "token is for servers with an address: put it into environment");
    var within =
        nested.hasPath(at + "within") ? nested.getDuration(at + "within") : usual(withinMax);
    check(
        within.isPositive() && within.compareTo(withinMax) <= 0,
        at + "within is more than 0 and not more than tools.timeout, such as 5s");
    long answerMax = nested.getBytes(at + "answer-max");
    check(
        answerMax >= ANSWER_MIN_BYTES && answerMax <= ANSWER_MAX_BYTES,
        at + "answer-max is 1 KiB to 16 MiB");
    int concurrent = nested.getInt(at + "concurrent");
    check(
        concurrent >= 1 && concurrent <= CONCURRENT_MAX,
        at + "concurrent is 1 to " + CONCURRENT_MAX);
    return new ServerSettings(name, way, token, within, (int) answerMax, concurrent);
  }

  private static Duration usual(Duration withinMax) {
    return WITHIN.compareTo(withinMax) < 0 ? WITHIN : withinMax;
  }

  private static Way way(Config nested, String at) {
    var said = List.of("mcp", "mcp-url", "url").stream().filter(key -> nested.hasPath(at + key));
    var ways = said.toList();
    check(
        ways.size() == 1,
        at.substring(0, at.length() - 1)
            + " has one of mcp = [COMMAND, …], mcp-url and url; see docs/tools.md");
    check(
        ways.equals(List.of("mcp")) || !nested.hasPath(at + "environment"),
        at + "environment is for a command in mcp: remove it");
    return switch (ways.getFirst()) {
      case "mcp" -> started(nested, at);
      case "mcp-url" -> new Way.Mcp(address(nested, at + "mcp-url"));
      default -> new Way.Signed(address(nested, at + "url"));
    };
  }

  private static Way started(Config nested, String at) {
    var command = nested.getStringList(at + "mcp");
    check(
        !command.isEmpty() && !command.getFirst().isBlank(),
        at + "mcp is a command and its arguments, such as [\"npx\", \"acme-mcp\"]");
    var environment = new TreeMap<String, String>();
    if (nested.hasPath(at + "environment")) {
      var given = nested.getConfig(at + "environment");
      for (var name : given.root().keySet()) {
        check(
            name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}"),
            at + "environment has names of variables, such as API_KEY = ${API_KEY}");
        environment.put(name, given.getString(name));
      }
    }
    return new Way.Started(command, environment);
  }

  /// What is asked and answered may be personal, so nothing leaves this machine in the clear.
  private static URI address(Config nested, String key) {
    var text = nested.getString(key);
    check(
        text.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,200})?"),
        key + " is an address such as https://tools.example.com/baton");
    var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    check(url.getHost() != null, key + " is an address such as https://tools.example.com/baton");
    check(
        url.getScheme().equals("https") || url.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]"),
        key + " would send calls in the clear: use https");
    return url;
  }

  private static Optional<String> text(Config config, String path) {
    return config.hasPath(path)
        ? Optional.of(config.getString(path)).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private static void check(boolean fits, String line) {
    if (!fits) throw new IllegalArgumentException(line);
  }
}
