package baton.runtime.tools.memory;

import baton.runtime.tools.OrderState;
import baton.runtime.tools.Orders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Orders in memory.
record MemoryOrders(MemoryRows rows) implements Orders {
  @Override
  public List<Order> page(String tenant, String after, Optional<OrderState> state, int limit) {
    return rows.orders.of(tenant).stream()
        .map(Row.Order::shown)
        .filter(order -> order.id().compareTo(after) > 0)
        .filter(order -> state.filter(wanted -> wanted != order.state()).isEmpty())
        .sorted(Comparator.comparing(Order::id))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Order> find(String tenant, String id) {
    return rows.orders.get(tenant, id).map(Row.Order::shown);
  }

  @Override
  public boolean move(String tenant, String id, Change change) {
    var row = rows.orders.get(tenant, id).orElseThrow();
    if (row.state() != change.from()) return false;
    var changes = new ArrayList<>(row.changes());
    changes.add(change);
    rows.orders.put(
        tenant,
        id,
        new Row.Order(
            id,
            row.quote(),
            row.conversation(),
            row.subject(),
            row.total(),
            row.at(),
            change.to(),
            changes));
    return true;
  }
}
