package baton.runtime.models;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The sample policy for inbound trials with a language model in place of playbooks.
public final class Modelled {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Modelled() {}

  /// @param onFailure `playbook`, `human` or `end`
  /// @param roles that are a model's; the first of them starts
  public static PolicyDocument inboundTrial(String onFailure, String... roles) {
    return compiled(with("inbound-trial", onFailure, roles));
  }

  /// The same sentence by sentence.
  public static PolicyDocument streamed(String campaign, String onFailure, String... roles) {
    var policy = with(campaign, onFailure, roles);
    for (var model : policy.withArray("models")) {
      ((ObjectNode) model).putObject("streaming").put("firstWordWithin", "PT5S");
    }
    return compiled(policy);
  }

  /// A model whose words a guardrail looks at, and a judge called `judge`.
  public static PolicyDocument guarded(String guardrail) {
    var policy = with("inbound-trial", "playbook", "booking");
    for (var model : policy.withArray("models")) {
      ((ObjectNode) model).putArray("guardrails").add(guardrail);
      ((ObjectNode) model).putObject("judge").put("model", "judge").put("prompt", "No poems.");
    }
    return compiled(policy);
  }

  private static PolicyDocument compiled(ObjectNode policy) {
    return PolicyCompiler.fromJson(policy.toString()).orThrow();
  }

  private static ObjectNode with(String campaign, String onFailure, String... roles) {
    try {
      var policy =
          (ObjectNode) JSON.readTree(PolicyCompiler.sample("inbound-trial").orThrow().json());
      policy.put("campaign", campaign);
      policy.put("start", roles[0]);
      var models = policy.putArray("models");
      for (var role : roles) {
        var model = models.addObject();
        model.put("role", role).put("id", "model." + role).put("owner", "Head of Sales");
        model.put("reason", "It is a test.").put("model", "sales").put("temperature", 0);
        model.put("onFailure", onFailure);
        model.put("prompt", "You are {{role}}.\n{{happened}}{{facts}}{{allowed}}{{refused}}");
        model
            .putObject("limits")
            .put("answerWithin", "PT15S")
            .put("tokensPerTurn", 4_000)
            .put("tokensPerConversation", 20_000)
            .put("rounds", 3)
            .put("answerChars", 2_000)
            .put("memoryLines", 20);
      }
      for (var mandate : policy.withArray("mandates")) {
        if (List.of(roles).contains(mandate.get("role").asText())) {
          ((ObjectNode) mandate).put("agent", "model");
        }
      }
      return policy;
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException(damaged);
    }
  }
}
