package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Offers;
import baton.runtime.tools.memory.Row.Offer;
import baton.runtime.tools.memory.Row.Offer.Stage;
import baton.runtime.tools.memory.Row.Word;
import java.time.Instant;
import java.util.List;

/// Offers in memory.
record MemoryOffers(MemoryRows rows) implements Offers {
  @Override
  public void known(String tenant, String operator, boolean available, Instant at) {
    boolean older =
        rows.operators.get(tenant, operator).filter(word -> word.since().isAfter(at)).isPresent();
    if (!older) rows.operators.put(tenant, operator, new Word(operator, available, at));
  }

  @Override
  public int available(String tenant) {
    return (int) rows.operators.of(tenant).stream().filter(Word::available).count();
  }

  @Override
  public void offer(Effect effect, String id, String reason, int offeredTo) {
    if (!in(effect.conversation(), new Stage.Offered()).isEmpty()) return;
    put(
        new Offer(
            id,
            effect.conversation(),
            effect.subject(),
            effect.role().name(),
            reason,
            offeredTo,
            new Stage.Offered(),
            effect.at()));
  }

  @Override
  public boolean accept(ConversationId conversation, String operator) {
    return change(conversation, new Stage.Offered(), new Stage.Accepted(operator));
  }

  @Override
  public boolean giveBack(ConversationId conversation, String operator) {
    return change(conversation, new Stage.Accepted(operator), new Stage.Returned(operator));
  }

  private boolean change(ConversationId conversation, Stage from, Stage to) {
    var found = in(conversation, from);
    found.forEach(offer -> put(offer.in(to)));
    return !found.isEmpty();
  }

  private List<Offer> in(ConversationId conversation, Stage stage) {
    return rows.offers.of(conversation.tenant()).stream()
        .filter(offer -> offer.conversation().equals(conversation) && offer.stage().equals(stage))
        .toList();
  }

  private void put(Offer offer) {
    rows.offers.put(offer.conversation().tenant(), offer.id(), offer);
  }
}
