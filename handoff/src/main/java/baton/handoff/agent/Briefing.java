package baton.handoff.agent;

import baton.handoff.Circumstances;
import baton.handoff.ConversationId;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What an agent is told when it is asked. It holds no permit, no approval and no other agent's
/// memory.
///
/// @param reached whether the buyer is there to hear what is said
/// @param ask number of the event that asked
/// @param round how many answers the agent has given since the buyer was last heard
/// @param prompts what has happened since it was last asked
/// @param part how many parts of this answer have been given and said
/// @param said the agent's own words in these parts, as the buyer heard them
/// @param disclosed disclosures that count for this lease
/// @param may kinds of action that the mandate allows
/// @param never kinds that it forbids
/// @param zone the buyer's time zone, else the seller's
/// @param zoneKnown whether it is the buyer's
/// @param pending kinds that wait for an approval
/// @param operators how many operators may be offered the conversation
/// @param tokens that models have used in this conversation
/// @param policy hash
public record Briefing(
    ConversationId conversation,
    String campaign,
    String channel,
    boolean reached,
    String subject,
    Role role,
    long epoch,
    long ask,
    int round,
    List<Prompt> prompts,
    int part,
    List<Sealed> said,
    SortedMap<String, Fact> facts,
    SortedMap<String, Consent> consents,
    SortedSet<String> disclosed,
    SortedSet<String> may,
    SortedSet<String> never,
    SortedSet<String> pending,
    String zone,
    boolean zoneKnown,
    int operators,
    long tokens,
    String policy,
    Instant at) {

  /// The briefing for the ask that is open.
  public static Briefing of(State.Live live, Role role, Circumstances now, Policy policy) {
    var ask = live.work().ask().orElseThrow();
    var known = live.known();
    var mandate = policy.mandates().get(role);
    var never = new TreeSet<String>();
    var may = new TreeSet<String>();
    if (mandate != null) {
      never.addAll(mandate.never().keySet());
      may.addAll(mandate.may().keySet());
      may.removeAll(never);
    }
    int parts = live.work().unfinished().map(State.Unfinished::parts).orElse(0);
    var pending = new TreeSet<String>();
    live.work().approvals().values().forEach(a -> pending.add(a.proposal().action().kind()));
    return new Briefing(
        live.id(),
        live.opening().campaign(),
        live.opening().channel(),
        known.contact().isPresent(),
        live.opening().buyer().subject(),
        role,
        ask.epoch(),
        ask.seq(),
        ask.round(),
        ask.prompts(),
        parts,
        parts == 0 ? List.of() : said(live.work().prompts()),
        known.facts(),
        known.consents(),
        disclosed(live, policy),
        may,
        never,
        pending,
        zone(live).orElse(policy.zone().getId()),
        zone(live).isPresent(),
        now.operators(),
        live.counted().of("tokens"),
        policy.hash(),
        now.at());
  }

  private static List<Sealed> said(List<Prompt> prompts) {
    return prompts.stream()
        .flatMap(prompt ->
            prompt instanceof Prompt.Voiced(_, var text) ? Stream.of(text) : Stream.empty())
        .toList();
  }

  private static TreeSet<String> disclosed(State.Live live, Policy policy) {
    var counted = new TreeSet<String>();
    live.known()
        .disclosed()
        .forEach((id, epoch) -> {
          boolean rearms =
              policy.disclosures().values().stream()
                  .flatMap(List::stream)
                  .anyMatch(d -> d.id().equals(id) && d.rearm());
          if (!rearms || epoch == live.lease().epoch()) counted.add(id);
        });
    return counted;
  }

  private static Optional<String> zone(State.Live live) {
    var said = live.known().facts().get("time-zone");
    if (said != null && said.value() instanceof Value.Text(var zone)) return Optional.of(zone);
    return Optional.of(live.opening().buyer().zone()).filter(given -> !given.isEmpty());
  }
}
