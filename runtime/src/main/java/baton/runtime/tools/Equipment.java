package baton.runtime.tools;

import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The tools that an engine works with: each built in, switched off, or replaced by a provider's.
/// What cannot be is one line for the operator, and nothing is started.
public final class Equipment {
  private static final String QUEUE = "queue";

  /// How long a provider may take to open its tool.
  private static final Duration OPENING_MAX = Duration.ofSeconds(30);

  private final ToolChoice choice;
  private final Map<String, Tool> builtIn;
  private final Iterable<ToolProvider> onClassPath;
  private final Duration openingMax;

  /// @param builtIn by the name that `tools.use` has for each
  /// @param onClassPath looked at only where one is wanted
  public Equipment(
      ToolChoice choice, Map<String, Tool> builtIn, Iterable<ToolProvider> onClassPath) {
    this(choice, builtIn, onClassPath, OPENING_MAX);
  }

  Equipment(
      ToolChoice choice,
      Map<String, Tool> builtIn,
      Iterable<ToolProvider> onClassPath,
      Duration openingMax) {
    this.openingMax = openingMax;
    this.choice = choice;
    this.builtIn = new TreeMap<>(builtIn);
    this.onClassPath = onClassPath;
  }

  /// @throws IllegalStateException in one line
  public Toolbox toolbox() {
    for (var provider : choice.settings().keySet()) {
      if (!choice.use().containsValue(provider)) {
        throw new IllegalStateException(
            "tools.settings."
                + provider
                + ": no tool uses it; say so in tools.use, or leave it out");
      }
    }
    var names = new TreeSet<>(builtIn.keySet());
    names.addAll(choice.use().keySet());
    var tools = new ArrayList<Tool>();
    for (var name : names) {
      switch (choice.of(name)) {
        case ToolChoice.OFF -> known(name);
        case ToolChoice.BUILTIN -> tools.add(known(name));
        case String provider -> tools.add(replaced(name, provider));
      }
    }
    try {
      return new Toolbox(tools);
    } catch (IllegalArgumentException twice) {
      throw new IllegalStateException("tools.use: " + twice.getMessage(), twice);
    }
  }

  /// Who is there. Without a human queue nobody is.
  public Operators operators(Operators present) {
    return choice.of(QUEUE).equals(ToolChoice.OFF) ? new Nobody() : present;
  }

  private Tool known(String name) {
    var tool = builtIn.get(name);
    if (tool != null) return tool;
    throw new IllegalStateException(
        "tools.use."
            + name
            + ": there is no such tool; built in are "
            + String.join(", ", builtIn.keySet()));
  }

  private Tool replaced(String name, String wanted) {
    String key = "tools.use." + name + " = " + wanted;
    var tool = new Outsider(key, open(provider(key, wanted)));
    var missing = new TreeSet<String>();
    if (builtIn.containsKey(name)) missing.addAll(builtIn.get(name).kinds());
    missing.removeAll(tool.kinds());
    if (missing.isEmpty()) return tool;
    throw new IllegalStateException(
        key + ": it does not carry out " + String.join(", ", missing) + "; choose another, or off");
  }

  private ToolProvider provider(String key, String wanted) {
    var found = new ArrayList<ToolProvider>();
    var names = new TreeSet<String>();
    try {
      for (var provider : onClassPath) {
        names.add(provider.name());
        if (provider.name().equals(wanted)) found.add(provider);
      }
    } catch (ServiceConfigurationError | RuntimeException | LinkageError broken) {
      throw new IllegalStateException(
          key + ": a provider on the class path cannot be loaded: " + line(broken), broken);
    }
    if (found.size() == 1) return found.getFirst();
    if (found.size() > 1) {
      throw new IllegalStateException(
          key + ": two providers on the class path are called that; leave one out");
    }
    var there = new ArrayList<>(List.of(ToolChoice.BUILTIN, ToolChoice.OFF));
    there.addAll(names);
    throw new IllegalStateException(
        key
            + ": there is no such provider; there are "
            + String.join(", ", there)
            + "; others are found in the jars that BATON_CLASSPATH names");
  }

  private Tool open(ToolProvider provider) {
    String key = "tools.settings." + provider.name();
    Config settings = choice.settings().getOrDefault(provider.name(), ConfigFactory.empty(key));
    try {
      var tool = inTime(key, () -> provider.open(settings));
      if (tool != null) return tool;
    } catch (ConfigException | IllegalArgumentException told) {
      throw new IllegalStateException(key + ": " + line(key, told), told);
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalStateException(
          key + ": it could not be opened: " + broken.getClass().getName(), broken);
    }
    throw new IllegalStateException(key + ": it opened no tool");
  }

  /// A provider that waits for something that never comes must not keep the start from saying so.
  private Tool inTime(String key, Callable<Tool> opening) {
    var opened = new FutureTask<>(opening);
    var thread = Thread.ofPlatform().daemon().name(key).start(opened);
    try {
      return opened.get(openingMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      thread.interrupt();
      throw new IllegalArgumentException("it did not open in time: see what it waits for");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException wrong) throw wrong;
      if (failed.getCause() instanceof Error wrong) throw wrong;
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("it was not opened: the start was interrupted");
    }
  }

  /// Without the place, where the message has it as well.
  private static String line(String key, Throwable told) {
    String line = line(told);
    return line.startsWith(key + ": ") ? line.substring(key.length() + 2) : line;
  }

  private static String line(Throwable told) {
    String message = told.getMessage() == null ? "" : told.getMessage();
    return message.lines().findFirst().orElse(told.getClass().getName());
  }

  private record Nobody() implements Operators {
    @Override
    public void available(String tenant, String operator, boolean available, Instant at) {}

    @Override
    public int count(String tenant) {
      return 0;
    }
  }
}
