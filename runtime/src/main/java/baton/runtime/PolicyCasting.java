package baton.runtime;

import baton.agents.Agent;
import baton.agents.model.Chat;
import baton.agents.model.Guard;
import baton.agents.model.Judge;
import baton.agents.model.ModelAgent;
import baton.agents.model.Tokens;
import baton.handoff.Role;
import baton.handoff.policy.Model;
import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Tool;
import baton.runtime.models.Guardrails;
import baton.runtime.view.Explanation;
import dev.langchain4j.model.openai.OpenAiChatModelName;
import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Fills each role as its mandate says: with the policy's playbook, with the language model that
/// the policy describes, or with an agent that somebody has plugged in.
public final class PolicyCasting implements Casting {
  private static final Tokens TOKENS =
      new Tokens(text -> Encoding.NEWER.estimateTokenCountInText(text));

  /// As newer models of OpenAI count; those of others differ by a few percent. Read when it is
  /// first needed, which is seldom.
  private static final class Encoding {
    static final OpenAiTokenCountEstimator NEWER =
        new OpenAiTokenCountEstimator(OpenAiChatModelName.GPT_4_O);
  }

  private static final String CONFIRMED = "confirmed.";

  private record Part(String policy, Role role) {}

  private final Casting playbooks;
  private final Function<String, Chat> chats;
  private final Function<String, Optional<String>> schemas;
  private final InstantSource clock;
  private final PluggedAgents plugged;
  private final Map<Part, Agent> agents = new ConcurrentHashMap<>();

  /// @param playbooks who plays a role's playbook
  /// @param chats the way to a model, by the name that policies give it
  /// @param tools that carry out what a model may be offered
  public PolicyCasting(
      Casting playbooks,
      Function<String, Chat> chats,
      PluggedAgents plugged,
      Tool tools,
      InstantSource clock) {
    this.playbooks = playbooks;
    this.plugged = plugged;
    this.chats = chats;
    this.schemas =
        kind -> tools.kinds().contains(kind) ? Optional.of(tools.schema(kind)) : Optional.empty();
    this.clock = clock;
  }

  @Override
  public Optional<Agent> agent(PolicyDocument policy, Role role) {
    var mandate = policy.policy().mandates().get(role);
    if (mandate == null) return Optional.empty();
    return switch (mandate.agent()) {
      case "playbook" -> playbooks.agent(policy, role);
      case "model" ->
          Optional.ofNullable(policy.models().get(role))
              .map(model ->
                  agents.computeIfAbsent(
                      new Part(policy.policy().hash(), role), _ -> agent(policy, model)));
      case String name ->
          Optional.ofNullable(
              agents.computeIfAbsent(
                  new Part(policy.policy().hash(), role),
                  _ -> plugged.agent(name, policy, role).orElse(null)));
    };
  }

  /// What the buyer must have said yes to before the role may do what it may.
  private static TreeSet<String> topics(Policy policy, Role role) {
    var topics = new TreeSet<String>();
    for (var edge : policy.transitions()) {
      if (edge.from().equals(role)) topics.addAll(edge.confirmations());
    }
    for (var rules : policy.certainty().values()) {
      for (var rule : rules) {
        for (var fact : rule.facts()) {
          if (fact.startsWith(CONFIRMED)) topics.add(fact.substring(CONFIRMED.length()));
        }
      }
    }
    return topics;
  }

  private Agent agent(PolicyDocument policy, Model model) {
    var disclosures = policy.policy().disclosures().getOrDefault("speak", List.of());
    return new ModelAgent(
        model,
        disclosures,
        topics(policy.policy(), model.role()),
        new ModelAgent.Equipment(
            chats.apply(model.name()),
            playbooks.agent(policy, model.role()),
            schemas,
            policy.tools(),
            Explanation::of,
            guards(model),
            TOKENS,
            clock));
  }

  private List<Guard> guards(Model model) {
    var guards = new ArrayList<>(Guardrails.onClassPath().of(model.guardrails()));
    model
        .judge()
        .map(judge -> new Judge(judge.prompt(), chats.apply(judge.name()), TOKENS))
        .ifPresent(guards::add);
    return guards;
  }
}
