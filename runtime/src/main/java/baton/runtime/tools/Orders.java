package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.fact.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tables of orders: where each stands, and how it came there.
public interface Orders {
  /// @param changes oldest first
  record Order(
      String id,
      String quote,
      ConversationId conversation,
      String subject,
      Money total,
      Instant at,
      OrderState state,
      List<Change> changes) {
    public Order {
      changes = List.copyOf(changes);
    }
  }

  /// An operator's step.
  record Change(OrderState from, OrderState to, String operator, String reason, Instant at) {}

  /// After the order `after` in the order of their ids, at most `limit`.
  List<Order> page(String tenant, String after, Optional<OrderState> state, int limit);

  Optional<Order> find(String tenant, String id);

  /// Moves it and keeps the change. False where it does not stand where the change begins.
  boolean move(String tenant, String id, Change change);
}
