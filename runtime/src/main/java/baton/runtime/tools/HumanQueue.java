package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.TransferToHuman;
import baton.handoff.fact.Value;
import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/// Offers conversations to the operators who are there.
public final class HumanQueue implements Tool, Operators {
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

  public HumanQueue(Effects effects) {
    this(effects.on(PgOffers::new));
  }

  public HumanQueue(Ledger<Offers> effects) {
    this.effects = effects;
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

  /// Fact: `human.offered`, to how many. Reason: `nobody-available`.
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

  @Override
  public void available(String tenant, String operator, boolean available, Instant at) {
    effects.direct(offers -> {
      offers.known(tenant, operator, available, at.truncatedTo(ChronoUnit.MICROS));
      return available;
    });
  }

  @Override
  public int count(String tenant) {
    return effects.direct(offers -> offers.available(tenant));
  }

  /// An operator takes an offered conversation. False where it was not on offer.
  public boolean accept(ConversationId conversation, String operator) {
    return effects.direct(offers -> offers.accept(conversation, operator));
  }

  /// The operator gives it back. False where it was not that operator's.
  public boolean giveBack(ConversationId conversation, String operator) {
    return effects.direct(offers -> offers.giveBack(conversation, operator));
  }

  private static Outcome offer(Offers offers, Effect effect, String reason) {
    int available = offers.available(effect.conversation().tenant());
    if (available == 0) return new Failed("nobody-available");
    offers.offer(effect, Ledger.id("h", effect), reason, available);
    return Outcome.confirmed(Map.of("human.offered", Value.of(Integer.toString(available))));
  }
}
