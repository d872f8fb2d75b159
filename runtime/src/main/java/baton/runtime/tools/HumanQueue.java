package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Action.TransferToHuman;
import baton.handoff.fact.Value;
import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import baton.runtime.tools.Offers.Ending;
import baton.runtime.tools.Offers.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Offers conversations to the operators who are there. Whether one is on offer, and how long, is
/// the journal's to say: this remembers who is there, who declined, and what became of each offer.
public final class HumanQueue implements Tool, Operators {
  /// How long an operator's word holds unless the settings say otherwise.
  public static final Duration PRESENCE = Duration.ofMinutes(15);

  private static final Map<String, Capability> CAN =
      Map.of(
          "transfer-to-human",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["reason"],
               "properties":{"reason":{"type":"string"}}}\
              """));

  private final Ledger<Offers> effects;
  private final InstantSource clock;
  private final Duration presence;

  /// @param clock by which operators are counted
  /// @param presence how long an operator's word holds
  public HumanQueue(Effects effects, InstantSource clock, Duration presence) {
    this(effects.on(PgOffers::new), clock, presence);
  }

  public HumanQueue(Ledger<Offers> effects, InstantSource clock, Duration presence) {
    this.effects = effects;
    this.clock = clock;
    this.presence = presence;
  }

  @Override
  public Set<String> kinds() {
    return CAN.keySet();
  }

  @Override
  public String schema(String kind) {
    return Capability.of(CAN, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(CAN, kind).undoable();
  }

  /// Fact: `human.offered`, to how many. Reason: `nobody-available`, also where all who are there
  /// have declined.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case TransferToHuman transfer ->
          effects.call(effect, offers -> offer(offers, effect, transfer.reason()));
      case Action other -> throw new IllegalArgumentException("no human queue has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  private static Outcome offer(Offers offers, Effect effect, String reason) {
    int available = offers.available(effect.conversation(), effect.at());
    if (available == 0) return new Failed("nobody-available");
    offers.offer(effect, Ledger.id("h", effect), reason, available);
    return Outcome.confirmed(Map.of("human.offered", Value.of(Integer.toString(available))));
  }

  @Override
  public void available(String tenant, String operator, boolean available, Instant at) {
    announced(tenant, operator, available, at);
  }

  /// An operator says whether they are there, which holds until the time in the answer.
  public Presence announced(String tenant, String operator, boolean available, Instant at) {
    var since = at.truncatedTo(ChronoUnit.MICROS);
    var until = available ? since.plus(presence) : since;
    return effects.direct(offers -> {
      offers.known(tenant, operator, available, since, until);
      return offers.presence(tenant, operator).orElseThrow();
    });
  }

  @Override
  public int count(String tenant) {
    return effects.direct(offers -> offers.available(tenant, clock.instant()));
  }

  /// The operator is not offered this conversation again.
  ///
  /// @return how many operators are left to whom it is
  public int decline(ConversationId conversation, String operator, Instant at) {
    return effects.direct(offers -> {
      offers.declined(conversation, operator, at);
      return offers.available(conversation, at);
    });
  }

  /// Which of these an operator has declined.
  public Set<ConversationId> declined(String operator, List<ConversationId> among) {
    return effects.direct(offers -> offers.declined(operator, among));
  }

  /// Keeps up with a conversation, as far as people have to do with it.
  public void follow(ConversationId conversation, Standing standing) {
    effects.direct(offers -> {
      switch (standing) {
        case Standing.Waiting _ -> {}
        case Standing.With(var operator) -> offers.accepted(conversation, operator);
        case Standing.Elsewhere _ -> offers.over(conversation, Ending.RETURNED);
        case Standing.Over _ -> offers.over(conversation, Ending.CLOSED);
      }
      return standing;
    });
  }

  /// Where a conversation stands towards people.
  public sealed interface Standing {
    /// On offer, or about to be.
    record Waiting() implements Standing {}

    record With(String operator) implements Standing {}

    /// With an agent, or with nobody.
    record Elsewhere() implements Standing {}

    record Over() implements Standing {}

    static Standing of(State state) {
      return switch (state) {
        case State.Blank _ -> new Elsewhere();
        case State.Closed _ -> new Over();
        case State.Live live ->
            switch (live.lease()) {
              case Lease.WithHuman(var operator, _, _) -> new With(operator);
              case Lease.Passing passing when passing.to().equals(Role.HUMAN) -> new Waiting();
              case Lease.Held _ when isAskedFor(live) -> new Waiting();
              case Lease.Held _, Lease.Passing _, Lease.Nobody _ -> new Elsewhere();
            };
      };
    }

    private static boolean isAskedFor(State.Live live) {
      return live.work().flights().values().stream()
          .anyMatch(flight -> flight.proposal().action() instanceof TransferToHuman);
    }
  }
}
