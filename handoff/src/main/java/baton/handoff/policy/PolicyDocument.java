package baton.handoff.policy;

import baton.handoff.Role;
import java.util.Map;

/// All that one policy document holds under its hash.
///
/// @param json the document in canonical JSON, whose SHA-256 is the hash
public record PolicyDocument(
    Policy policy, Lexicon lexicon, Map<Role, Playbook> playbooks, String json) {
  public PolicyDocument {
    playbooks = Map.copyOf(playbooks);
  }
}
