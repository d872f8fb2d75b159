package baton.runtime;

import baton.agents.Agent;
import baton.agents.AgentProvider;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The agents that others have written, by the names that policies give them.
public final class PluggedAgents {
  /// Who fills roles without being plugged in; `operator` and `supervisor` are people and engine.
  private static final Set<String> OURS = Set.of("playbook", "model", "operator", "supervisor");

  private final SortedMap<String, AgentProvider> byName = new TreeMap<>();

  /// @throws IllegalStateException in one line, where two have the same name, or one has a name of
  ///   ours
  public PluggedAgents(Iterable<AgentProvider> providers) {
    try {
      for (var provider : providers) {
        var name = provider.name();
        if (name == null || OURS.contains(name)) {
          throw new IllegalStateException(
              "an agent on the class path is called " + name + ", which is Baton's own: rename it");
        }
        if (byName.putIfAbsent(name, provider) != null) {
          throw new IllegalStateException(
              "two agents on the class path are called " + name + ": leave one out");
        }
      }
    } catch (ServiceConfigurationError | LinkageError broken) {
      throw new IllegalStateException(
          "an agent on the class path cannot be loaded: " + line(broken), broken);
    }
  }

  public static PluggedAgents onClassPath() {
    return new PluggedAgents(ServiceLoader.load(AgentProvider.class));
  }

  /// Empty where there is none of that name.
  ///
  /// @throws IllegalArgumentException where it cannot fill the role
  Optional<Agent> agent(String name, PolicyDocument policy, Role role) {
    return Optional.ofNullable(byName.get(name)).map(provider -> provider.agent(policy, role));
  }

  /// Why a role of a policy would be filled by nobody, in one line, or empty.
  Optional<String> missing(PolicyDocument policy) {
    for (var mandate : policy.policy().mandates().values()) {
      boolean isNobodys = mandate.role().equals(Role.HUMAN) || mandate.role().equals(Role.ENGINE);
      if (isNobodys || OURS.contains(mandate.agent())) continue;
      String where = "the role " + mandate.role() + " names the agent " + mandate.agent();
      try {
        if (agent(mandate.agent(), policy, mandate.role()).isEmpty()) {
          return Optional.of(where + ", which is not here: " + there());
        }
      } catch (RuntimeException | LinkageError unfit) {
        return Optional.of(where + ", which cannot fill it: " + line(unfit));
      }
    }
    return Optional.empty();
  }

  private String there() {
    var names = new ArrayList<>(List.of("playbook", "model"));
    names.addAll(byName.keySet());
    return "there are "
        + String.join(", ", names)
        + "; others are found in the jars that BATON_CLASSPATH names";
  }

  private static String line(Throwable told) {
    boolean words = told instanceof IllegalArgumentException || told instanceof Error;
    String message = words && told.getMessage() != null ? told.getMessage() : "";
    return message.lines().findFirst().orElse(told.getClass().getName());
  }
}
