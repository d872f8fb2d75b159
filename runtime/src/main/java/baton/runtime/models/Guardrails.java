package baton.runtime.models;

import baton.agents.model.Guard;
import baton.handoff.policy.PolicyDocument;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/// The guardrails that were plugged in, by the names that policies give them.
public final class Guardrails {
  private final SortedMap<String, OutputGuardrail> byName = new TreeMap<>();

  /// @throws IllegalStateException in one line, where one cannot be used
  public Guardrails(Iterable<GuardrailProvider> providers) {
    try {
      for (var provider : providers) {
        if (byName.putIfAbsent(provider.name(), provider.guardrail()) != null) {
          throw new IllegalStateException(
              "two guardrails on the class path are called " + provider.name() + ": leave one out");
        }
      }
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new IllegalStateException(
          "a guardrail on the class path cannot be loaded: " + broken.getClass().getName(), broken);
    }
  }

  public static Guardrails onClassPath() {
    return new Guardrails(ServiceLoader.load(GuardrailProvider.class));
  }

  /// @return in the order of their names there; one that is not here objects to everything
  public List<Guard> of(List<String> names) {
    return names.stream().map(this::guard).toList();
  }

  private Guard guard(String name) {
    var guardrail = byName.get(name);
    return (text, _) -> {
      boolean passes = guardrail != null && passes(guardrail, text);
      return Guard.Opinion.of(passes ? Optional.empty() : Optional.of("guardrail-" + name));
    };
  }

  /// One that breaks has not said yes.
  private static boolean passes(OutputGuardrail guardrail, String text) {
    try {
      var result = guardrail.validate(AiMessage.from(text));
      return result != null && result.isSuccess() && !result.hasRewrittenResult();
    } catch (RuntimeException | LinkageError broken) {
      return false;
    }
  }

  /// Which guardrail of a policy is not here, in one line, or empty.
  public Optional<String> missing(PolicyDocument policy) {
    return policy.models().values().stream()
        .flatMap(model -> model.guardrails().stream())
        .filter(name -> !byName.containsKey(name))
        .findFirst()
        .map(name ->
            "the guardrail "
                + name
                + " is not here: "
                + (byName.isEmpty()
                    ? "there are none"
                    : "there are " + String.join(", ", byName.keySet()))
                + "; others are found in the jars that BATON_CLASSPATH names");
  }
}
