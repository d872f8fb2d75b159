package baton.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which tools there are.
///
/// @param prices a file with the price list; empty for the built-in prices
/// @param chosen which implementation carries out each sort of work
/// @param own what the implementations of others are told, by their names
public record ToolSettings(
    Optional<Path> prices, Map<String, String> chosen, Map<String, Config> own) {
  /// Carried out by Baton itself.
  public static final String BUILT_IN = "builtin";

  /// Carried out by nobody.
  public static final String OFF = "off";

  /// The sorts of work that can be given to another implementation.
  public static final List<String> SORTS = List.of("calendar", "quotes", "orders", "crm", "humans");

  private static final String OWN = "tools.settings";

  static ToolSettings defaults() {
    var chosen = new TreeMap<String, String>();
    for (var sort : SORTS) chosen.put(sort, BUILT_IN);
    return new ToolSettings(Optional.empty(), chosen, Map.of());
  }

  /// Whether a key is one that only another implementation knows.
  static boolean isOwn(String key) {
    return key.startsWith(OWN + ".") && key.indexOf('.', OWN.length() + 1) > 0;
  }

  static ToolSettings of(Path file, Config config) {
    var chosen = new TreeMap<>(defaults().chosen);
    for (var sort : SORTS) {
      if (config.hasPath("tools." + sort)) {
        String name = config.getString("tools." + sort);
        // How HOCON reads a bare `off`.
        chosen.put(sort, name.equals("false") ? OFF : named(file, sort, name));
      }
    }
    var own = new TreeMap<String, Config>();
    if (config.hasPath(OWN)) {
      for (var name : config.getObject(OWN).keySet()) {
        own.put(name, config.getConfig(OWN + ".\"" + name + "\""));
      }
    }
    var prices =
        config.hasPath("tools.prices")
            ? Optional.of(Path.of(config.getString("tools.prices")))
            : Optional.<Path>empty();
    return new ToolSettings(prices, chosen, own);
  }

  Config settings(String name) {
    return own.getOrDefault(name, ConfigFactory.empty());
  }

  private static String named(Path file, String sort, String name) {
    if (name.matches("[a-z0-9][a-z0-9-]{0,63}")) return name;
    throw new Settings.Invalid(
        file + ": tools." + sort + " is builtin, off or the name of a tool, in small letters");
  }
}
