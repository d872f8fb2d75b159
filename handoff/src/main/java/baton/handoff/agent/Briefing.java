package baton.handoff.agent;

import baton.handoff.ConversationId;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// What an agent is told when it is asked. It holds no permit, no approval and no other agent's
/// memory.
///
/// @param ask number of the event that asked
/// @param round how many answers the agent has given since the buyer was last heard
/// @param prompts what has happened since it was last asked
/// @param disclosed disclosures that count for this lease
/// @param may kinds of action that the mandate allows
/// @param never kinds that it forbids
/// @param zone the buyer's time zone, else the seller's
/// @param pending kinds that wait for an approval
/// @param operators how many operators may be offered the conversation
/// @param policy hash
public record Briefing(
    ConversationId conversation,
    String campaign,
    String channel,
    String subject,
    Role role,
    long epoch,
    long ask,
    int round,
    List<Prompt> prompts,
    SortedMap<String, Fact> facts,
    SortedMap<String, Consent> consents,
    SortedSet<String> disclosed,
    SortedSet<String> may,
    SortedSet<String> never,
    SortedSet<String> pending,
    String zone,
    int operators,
    String policy,
    Instant at) {}
