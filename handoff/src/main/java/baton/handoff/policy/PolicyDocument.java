package baton.handoff.policy;

import baton.handoff.Role;
import java.util.Map;

/// All that one policy document holds under its hash.
///
/// @param models of the roles that a language model fills
/// @param tools on servers that are not ours, by name
/// @param json the document in canonical JSON, whose SHA-256 is the hash
public record PolicyDocument(
    Policy policy,
    Lexicon lexicon,
    Map<Role, Playbook> playbooks,
    Map<Role, Model> models,
    Map<String, OutsideTool> tools,
    String json) {
  public PolicyDocument {
    playbooks = Map.copyOf(playbooks);
    models = Map.copyOf(models);
    tools = Map.copyOf(tools);
  }
}
