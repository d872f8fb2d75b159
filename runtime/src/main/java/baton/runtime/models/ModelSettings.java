package baton.runtime.models;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How one model is reached, as `models.NAME` in `baton.conf` says.
///
/// @param provider a built-in one, or the name of one on the class path
/// @param baseUrl empty for the provider's own address
/// @param key empty where the server asks for none
/// @param timeout for a call in all, waiting and further tries included
/// @param concurrent calls under way at a time
/// @param attempts how often a call is tried where the server cannot be reached or is overloaded
/// @param block the whole of it, for a provider on the class path
public record ModelSettings(
    String name,
    String provider,
    Optional<String> baseUrl,
    Optional<String> key,
    String model,
    Duration timeout,
    int concurrent,
    int attempts,
    Config block) {

  private static final Set<String> OF_A_MODEL =
      new TreeSet<>(
          Set.of(
              "provider",
              "base-url",
              "key",
              "model",
              "timeout",
              "concurrent",
              "attempts",
              "settings"));

  /// What `baton.conf` may say of models.
  public static final Set<String> KEYS =
      OF_A_MODEL.stream().map(key -> "models.NAME." + key).collect(Collectors.toSet());

  private static final Config USUAL =
      ConfigFactory.parseString("timeout = 30s, concurrent = 32, attempts = 2");
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);
  private static final int CONCURRENT_MAX = 10_000;
  private static final int ATTEMPTS_MAX = 5;

  /// Without the key.
  @Override
  public String toString() {
    return name + ": " + model + " of " + provider;
  }

  /// @return the models by name
  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public static Map<String, ModelSettings> read(Config all) {
    var models = new TreeMap<String, ModelSettings>();
    if (!all.hasPath("models")) return models;
    all.getObject("models")
        .forEach((name, said) -> {
          check(
              name.matches("[a-z][a-z0-9-]{0,63}"),
              "models has a name of other than 1 to 64 of a-z 0-9 -, a letter first");
          check(said instanceof ConfigObject, "models." + name + " is a block in braces");
          models.put(name, of(name, ((ConfigObject) said).toConfig()));
        });
    return Collections.unmodifiableMap(models);
  }

  private static ModelSettings of(String name, Config block) {
    var at = "models." + name + ".";
    for (var key : block.root().keySet()) {
      check(
          OF_A_MODEL.contains(key),
          "unknown key " + at + key + "; a model has " + String.join(", ", OF_A_MODEL));
    }
    var all = block.withFallback(USUAL);
    // Messages of Config name the key alone.
    var nested = all.atPath("models." + name);
    var provider = text(nested, at + "provider").orElse("");
    check(
        provider.matches("[a-z][a-z0-9-]{0,63}"),
        at + "provider is one of " + String.join(", ", Provider.names()) + ", or one plugged in");
    var model = text(nested, at + "model").orElse("");
    check(
        model.matches("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}"),
        at + "model is the provider's name of it, such as gpt-4.1-mini");
    var settings =
        new ModelSettings(
            name,
            provider,
            text(nested, at + "base-url"),
            text(nested, at + "key"),
            model,
            nested.getDuration(at + "timeout"),
            nested.getInt(at + "concurrent"),
            nested.getInt(at + "attempts"),
            block);
    settings.baseUrl.ifPresent(url -> settings.checkAddress(at, url));
    settings.checkKey(at);
    check(
        settings.timeout.isPositive() && settings.timeout.compareTo(TIMEOUT_MAX) <= 0,
        at + "timeout is more than 0 and 10m at most, such as 30s");
    check(
        settings.concurrent >= 1 && settings.concurrent <= CONCURRENT_MAX,
        at + "concurrent is 1 to " + CONCURRENT_MAX);
    check(
        settings.attempts >= 1 && settings.attempts <= ATTEMPTS_MAX,
        at + "attempts is 1 to " + ATTEMPTS_MAX);
    return settings;
  }

  private void checkAddress(String at, String url) {
    check(
        url.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,200})?"),
        at + "base-url is an address such as https://models.example.com/v1");
    check(
        key.isEmpty() || url.startsWith("https:") || isOfThisMachine(url),
        at + "base-url would send the key in the clear: use https, or leave out key");
  }

  private void checkKey(String at) {
    // Whatever is no header would stand in an exception.
    check(
        key.isEmpty() || key.get().matches("[!-~]{1,4096}"),
        at + "key has a space or a sign that no key has: give it as it was given to you");
    boolean needed =
        Provider.named(provider).map(known -> known.needsKey(baseUrl.isPresent())).orElse(false);
    check(
        key.isPresent() || !needed,
        at + "key is missing: give it, such as ${MODEL_KEY} for what the environment says");
  }

  private static boolean isOfThisMachine(String url) {
    var host = URI.create(url).getHost();
    return host != null && host.matches("localhost|127\\.[0-9.]+|\\[::1]");
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
