package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.runtime.tools.OrderBook.Moved;
import baton.runtime.tools.OrderState;
import baton.runtime.tools.Orders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What operators do with orders.
final class OrderDesk {
  private static final int PAGE_MAX = 100;

  private final Ports ports;
  private final InstantSource clock;

  OrderDesk(Ports ports, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/orders", Route.Access.OPERATOR, this::page).with("after", "state"),
        Route.of("PUT", "/v1/orders/{order}", Route.Access.OPERATOR, this::move));
  }

  private Answer page(Asked asked) {
    String after = asked.query().getOrDefault("after", "");
    if (!after.isEmpty() && !ConversationId.isName(after)) {
      throw Problem.invalid("'after' is not an order's id");
    }
    var state = Optional.ofNullable(asked.query().get("state")).map(OrderDesk::state);
    return Answer.ok(
        ports.sales().orders().page(asked.tenant(), after, state, PAGE_MAX).stream()
            .map(OrderDesk::shown)
            .toList());
  }

  private Answer move(Asked asked) {
    var body = asked.json("state", "reason");
    var to = state(body.line("state", 64));
    String reason = body.line("reason", 500);
    String id = asked.path().get("order");
    if (!ConversationId.isName(id)) throw unknown();
    var moved =
        ports
            .sales()
            .orders()
            .move(asked.tenant(), id, to, asked.operator(), reason, clock.instant());
    return switch (moved) {
      case Moved.There(var order) -> Answer.ok(shown(order));
      case Moved.NoSuchOrder _ -> throw unknown();
      case Moved.NotFrom(var state) ->
          throw Problem.of(
              409,
              state.next().isEmpty()
                  ? "the order is " + state.shown() + ", and stays so"
                  : "the order is "
                      + state.shown()
                      + ": from there it can be "
                      + state.next().stream()
                          .map(OrderState::shown)
                          .collect(Collectors.joining(" or ")));
    };
  }

  private static Problem unknown() {
    return Problem.of(404, "there is no such order");
  }

  private static OrderState state(String text) {
    return OrderState.of(text)
        .orElseThrow(() ->
            Problem.invalid(
                "'state' is not one of "
                    + Arrays.stream(OrderState.values())
                        .map(OrderState::shown)
                        .collect(Collectors.joining(", "))));
  }

  private static Map<String, Object> shown(Orders.Order order) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", order.id());
    shown.put("quote", order.quote());
    shown.put("conversation", order.conversation().id());
    shown.put("total", money(order));
    shown.put("state", order.state().shown());
    shown.put("at", order.at());
    shown.put(
        "history",
        order.changes().stream()
            .map(change ->
                new ChangeView(
                    change.from().shown(),
                    change.to().shown(),
                    change.operator(),
                    change.reason(),
                    change.at()))
            .toList());
    return shown;
  }

  private record ChangeView(String from, String to, String operator, String reason, Instant at) {}

  private static Map<String, Object> money(Orders.Order order) {
    var money = new LinkedHashMap<String, Object>();
    money.put("currency", order.total().currency());
    money.put("minor", order.total().minor());
    return money;
  }
}
