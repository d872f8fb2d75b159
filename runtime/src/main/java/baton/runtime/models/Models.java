package baton.runtime.models;

import baton.agents.model.Chat;
import baton.agents.model.Unanswered;
import com.typesafe.config.ConfigException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The models of one engine by the names that `baton.conf` gives them. What cannot be is one line
/// for the operator, and nothing is started.
public final class Models implements AutoCloseable {
  private final Map<String, Reached> reached = new TreeMap<>();
  private final BoundedHttp http = new BoundedHttp();

  /// Makes them and asks none.
  ///
  /// @param onClassPath looked at only where one is wanted
  /// @throws IllegalStateException in one line
  public static Models of(
      Map<String, ModelSettings> settings, Iterable<ModelProvider> onClassPath) {
    // Half a second, twice that and so on, and somewhat at random, or all would come back at once.
    var backOffMs = IntervalFunction.ofExponentialRandomBackoff(500L, 2.0, 0.5, 8_000L);
    return new Models(settings, onClassPath, Clock.systemUTC(), backOffMs);
  }

  Models(
      Map<String, ModelSettings> settings,
      Iterable<ModelProvider> onClassPath,
      Clock clock,
      IntervalFunction backOffMs) {
    settings.forEach((name, model) -> {
      var made = made(model, onClassPath);
      reached.put(name, new Reached(model, made.whole(), made.streaming(), clock, backOffMs));
    });
  }

  public Optional<Reached> named(String name) {
    return Optional.ofNullable(reached.get(name));
  }

  /// The way to a model for those who only talk with it. One that is not configured does not
  /// answer.
  public Chat chat(String name) {
    var model = reached.get(name);
    if (model == null) return Chat.none();
    return new Way(model);
  }

  private record Way(Reached model) implements Chat {
    @Override
    public ChatResponse ask(ChatRequest request, Duration within) {
      try {
        return model.chat(request, within);
      } catch (ModelFailure told) {
        throw new Unanswered(told.failure().code());
      }
    }

    @Override
    public ChatResponse ask(
        ChatRequest request, Duration within, Duration firstWithin, Consumer<String> text) {
      try {
        return model.chat(request, within, firstWithin, text);
      } catch (ModelFailure told) {
        throw new Unanswered(told.failure().code());
      }
    }
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(reached.keySet());
  }

  /// Ends what is under way.
  @Override
  public void close() {
    http.close();
  }

  /// @param streaming the same model, where it gives its text as it comes
  private record Made(ChatModel whole, Optional<StreamingChatModel> streaming) {}

  private Made made(ModelSettings settings, Iterable<ModelProvider> onClassPath) {
    return Provider.named(settings.provider())
        .map(known ->
            new Made(
                known.model(settings, http.builder()),
                Optional.of(known.streaming(settings, http.builder()))))
        .orElseGet(() -> plugged(settings, onClassPath));
  }

  private static Made plugged(ModelSettings settings, Iterable<ModelProvider> onClassPath) {
    String key = "models." + settings.name();
    var provider =
        provider(key + ".provider = " + settings.provider(), settings.provider(), onClassPath);
    try {
      var model = provider.model(settings.block());
      if (model != null) return new Made(model, provider.streaming(settings.block()));
    } catch (ConfigException | IllegalArgumentException told) {
      throw new IllegalStateException(key + ": " + line(told), told);
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalStateException(
          key + ": it could not be made: " + broken.getClass().getName(), broken);
    }
    throw new IllegalStateException(key + ": its provider made no model");
  }

  private static ModelProvider provider(
      String key, String wanted, Iterable<ModelProvider> onClassPath) {
    var found = new ArrayList<ModelProvider>();
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
    List<String> there = new ArrayList<>(Provider.names());
    there.addAll(names);
    throw new IllegalStateException(
        key
            + ": there is no such provider; there are "
            + String.join(", ", there)
            + "; others are found in the jars that BATON_CLASSPATH names");
  }

  private static String line(Throwable told) {
    String message = told.getMessage() == null ? "" : told.getMessage();
    return message.lines().findFirst().orElse(told.getClass().getName());
  }
}
