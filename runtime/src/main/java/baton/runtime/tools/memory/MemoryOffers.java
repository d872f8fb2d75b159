package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Offers;
import baton.runtime.tools.memory.Row.Offer;
import baton.runtime.tools.memory.Row.Offer.Stage;
import baton.runtime.tools.memory.Row.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Offers in memory.
record MemoryOffers(MemoryRows rows) implements Offers {
  @Override
  public void known(
      String tenant, String operator, boolean available, Instant since, Instant until) {
    boolean older =
        rows.operators
            .get(tenant, operator)
            .filter(word -> word.since().isAfter(since))
            .isPresent();
    if (!older) rows.operators.put(tenant, operator, new Word(operator, available, since, until));
  }

  @Override
  public Optional<Presence> presence(String tenant, String operator) {
    return rows.operators
        .get(tenant, operator)
        .map(word ->
            new Presence(
                operator,
                word.available(),
                Optional.of(word.until()).filter(_ -> word.available())));
  }

  @Override
  public int available(String tenant, Instant at) {
    return (int) rows.operators.of(tenant).stream().filter(word -> word.holds(at)).count();
  }

  @Override
  public int available(ConversationId conversation, Instant at) {
    return (int)
        rows.operators.of(conversation.tenant()).stream()
            .filter(word -> word.holds(at))
            .filter(word -> !hasDeclined(word.operator(), conversation))
            .count();
  }

  @Override
  public void offer(Effect effect, String id, String reason, int offeredTo) {
    boolean offered =
        of(effect.conversation()).stream()
            .anyMatch(offer -> offer.stage() instanceof Stage.Offered);
    if (offered) return;
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
  public void accepted(ConversationId conversation, String operator) {
    for (var offer : of(conversation)) {
      if (offer.stage() instanceof Stage.Offered) put(offer.in(new Stage.Accepted(operator)));
    }
    rows.declines.remove(conversation.tenant(), key(operator, conversation));
  }

  @Override
  public void over(ConversationId conversation, Ending ending) {
    for (var offer : of(conversation)) {
      switch (offer.stage()) {
        case Stage.Offered _ -> put(offer.in(new Stage.Lapsed()));
        case Stage.Accepted(var operator) -> put(offer.in(ended(operator, ending)));
        case Stage.Lapsed _, Stage.Returned _, Stage.Closed _ -> {}
      }
    }
  }

  private static Stage ended(String operator, Ending ending) {
    return switch (ending) {
      case RETURNED -> new Stage.Returned(operator);
      case CLOSED -> new Stage.Closed(operator);
    };
  }

  @Override
  public void declined(ConversationId conversation, String operator, Instant at) {
    if (hasDeclined(operator, conversation)) return;
    rows.declines.put(
        conversation.tenant(),
        key(operator, conversation),
        new Row.Decline(conversation, operator, at));
  }

  @Override
  public Set<ConversationId> declined(String operator, List<ConversationId> among) {
    return among.stream()
        .filter(conversation -> hasDeclined(operator, conversation))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean hasDeclined(String operator, ConversationId conversation) {
    return rows.declines.get(conversation.tenant(), key(operator, conversation)).isPresent();
  }

  /// No name holds a line end.
  private static String key(String operator, ConversationId conversation) {
    return operator + "\n" + conversation.id();
  }

  private List<Offer> of(ConversationId conversation) {
    return rows.offers.of(conversation.tenant()).stream()
        .filter(offer -> offer.conversation().equals(conversation))
        .toList();
  }

  private void put(Offer offer) {
    rows.offers.put(offer.conversation().tenant(), offer.id(), offer);
  }
}
