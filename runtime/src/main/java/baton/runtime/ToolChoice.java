package baton.runtime;

import baton.handoff.port.Tool;
import baton.runtime.tools.ToolProvider;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/// Puts the tools together: the built-in ones, and what `baton.conf` has instead of them.
final class ToolChoice {
  private final ToolSettings settings;
  private final Map<String, ToolProvider> found;

  private ToolChoice(ToolSettings settings, Map<String, ToolProvider> found) {
    this.settings = settings;
    this.found = found;
  }

  /// With what the class path has.
  static ToolChoice of(ToolSettings settings) {
    return of(settings, ServiceLoader.load(ToolProvider.class));
  }

  /// @throws Settings.Invalid where they cannot be told apart
  static ToolChoice of(ToolSettings settings, Iterable<ToolProvider> providers) {
    var found = new TreeMap<String, ToolProvider>();
    try {
      for (var provider : providers) {
        String name = provider.name();
        if (List.of(ToolSettings.BUILT_IN, ToolSettings.OFF).contains(name)
            || found.put(name, provider) != null) {
          throw new Settings.Invalid(
              "two tools are called " + name + ": take one off BATON_CLASSPATH");
        }
      }
    } catch (ServiceConfigurationError broken) {
      throw new Settings.Invalid("a tool on BATON_CLASSPATH is broken: " + broken.getMessage());
    }
    return new ToolChoice(settings, found);
  }

  /// All that are not left out.
  ///
  /// @param builtIn by sort of work
  List<Tool> from(Map<String, Tool> builtIn) {
    var tools = new ArrayList<Tool>();
    new TreeMap<>(builtIn).forEach((sort, tool) -> chosen(sort, tool).ifPresent(tools::add));
    return tools;
  }

  private Optional<Tool> chosen(String sort, Tool builtIn) {
    String name = settings.chosen().get(sort);
    return switch (name) {
      case ToolSettings.BUILT_IN -> Optional.of(builtIn);
      case ToolSettings.OFF -> Optional.empty();
      case String other -> Optional.of(opened(sort, other, builtIn));
    };
  }

  private Tool opened(String sort, String name, Tool builtIn) {
    var provider = found.get(name);
    if (provider == null) {
      var there = new ArrayList<>(List.of(ToolSettings.BUILT_IN, ToolSettings.OFF));
      there.addAll(found.keySet());
      throw invalid(
          sort,
          name,
          "there is no such tool; there are "
              + String.join(", ", there)
              + "; others come on BATON_CLASSPATH");
    }
    var tool = open(sort, name, provider);
    if (!tool.kinds().equals(builtIn.kinds())) {
      throw invalid(
          sort,
          name,
          "it carries out %s, and what is needed is %s"
              .formatted(
                  String.join(", ", new TreeSet<>(tool.kinds())),
                  String.join(", ", new TreeSet<>(builtIn.kinds()))));
    }
    return tool;
  }

  private Tool open(String sort, String name, ToolProvider provider) {
    try {
      return provider.open(settings.settings(name));
    } catch (IllegalArgumentException | ConfigException told) {
      throw invalid(sort, name, told.getMessage());
    } catch (RuntimeException | LinkageError broken) {
      throw invalid(sort, name, "it does not open: " + broken.getClass().getName());
    }
  }

  private static Settings.Invalid invalid(String sort, String name, String why) {
    return new Settings.Invalid("tools." + sort + " = " + name + ": " + why);
  }
}
