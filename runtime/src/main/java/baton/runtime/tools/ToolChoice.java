package baton.runtime.tools;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which implementation an operator wants for each tool.
///
/// @param use by tool: `builtin`, `off`, or a provider's name; `builtin` where nothing is said
/// @param settings by provider
public record ToolChoice(Map<String, String> use, Map<String, Config> settings) {
  static final String BUILTIN = "builtin";
  static final String OFF = "off";

  public ToolChoice {
    use = Collections.unmodifiableSortedMap(new TreeMap<>(use));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /// Everything is built in.
  public static ToolChoice standard() {
    return new ToolChoice(Map.of(), Map.of());
  }

  /// Reads `tools.use` and `tools.settings`.
  ///
  /// @throws IllegalArgumentException in one line
  public static ToolChoice of(Config all) {
    var use = new TreeMap<String, String>();
    members(all, "tools.use")
        .forEach((tool, wanted) -> {
          if (wanted.valueType() != ConfigValueType.STRING) {
            throw new IllegalArgumentException(
                "tools.use." + tool + " is builtin, off, or the name of a provider");
          }
          use.put(tool, (String) wanted.unwrapped());
        });
    var settings = new TreeMap<String, Config>();
    members(all, "tools.settings")
        .forEach((provider, block) -> {
          if (!(block instanceof ConfigObject object)) {
            throw new IllegalArgumentException(
                "tools.settings." + provider + " is a block in braces");
          }
          settings.put(provider, object.toConfig());
        });
    return new ToolChoice(use, settings);
  }

  private static Map<String, ConfigValue> members(Config all, String path) {
    return all.hasPath(path) ? all.getObject(path) : Map.of();
  }

  String of(String tool) {
    return use.getOrDefault(tool, BUILTIN);
  }
}
