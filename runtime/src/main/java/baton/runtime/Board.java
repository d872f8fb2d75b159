package baton.runtime;

import baton.handoff.Circumstances;
import baton.handoff.Circumstances.Standing;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Controls;
import baton.handoff.port.Operators;
import baton.handoff.port.Policies;
import baton.handoff.port.Standings;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the circumstances of a decision. What it knows may lag a little behind the database: the
/// claim, which does not, checks whatever may have moved.
public final class Board {
  private static final String ZONES = ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();

  private final Controls controls;
  private final Standings standings;
  private final Policies policies;
  private final Operators operators;
  private final InstantSource clock;
  private final Map<String, Integer> available = new ConcurrentHashMap<>();

  public Board(
      Controls controls,
      Standings standings,
      Policies policies,
      Operators operators,
      InstantSource clock) {
    this.controls = controls;
    this.standings = standings;
    this.policies = policies;
    this.operators = operators;
    this.clock = clock;
  }

  public Optional<PolicyDocument> policy(String tenant, String campaign) {
    return policies.active(tenant, campaign);
  }

  public Circumstances read(
      ConversationId id, String campaign, String subject, Role role, PolicyDocument policy) {
    var versions =
        new Circumstances.Versions(Conversation.KERNEL, policy.lexicon().version(), ZONES);
    return new Circumstances(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        controls.effective(id, campaign, role),
        subject.isEmpty() ? Standing.CLEAR : standings.of(id.tenant(), subject),
        available.computeIfAbsent(id.tenant(), operators::count),
        policy.policy().hash(),
        versions);
  }

  /// Counts the operators again, for every tenant seen so far. Blocks.
  public void recount() {
    available.replaceAll((tenant, _) -> operators.count(tenant));
  }

  /// Whose lease a control on a role would concern.
  public static Role concerned(State state) {
    return switch (state) {
      case State.Blank _ -> Role.ENGINE;
      case State.Closed _ -> Role.ENGINE;
      case State.Live live ->
          switch (live.lease()) {
            case Lease.Held(var role, _) -> role;
            case Lease.Passing passing -> passing.to();
            case Lease.WithHuman _ -> Role.HUMAN;
            case Lease.Nobody _ -> Role.ENGINE;
          };
    };
  }
}
