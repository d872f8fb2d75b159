package baton.simulation.world;

import baton.agents.Desk;
import baton.handoff.ConversationId;
import baton.handoff.policy.PolicyDocument;

/// An agent's desk in one conversation: what seals and reads for it.
@FunctionalInterface
public interface Desks {
  Desk desk(ConversationId id, String subject, PolicyDocument policy);
}
