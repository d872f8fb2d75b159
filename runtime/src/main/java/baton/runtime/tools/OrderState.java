package baton.runtime.tools;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How far an order has come.
public enum OrderState {
  OPEN,
  CONFIRMED,
  FULFILLED,
  CANCELLED;

  /// Where it may go from here; nowhere once it is fulfilled or cancelled.
  public List<OrderState> next() {
    return switch (this) {
      case OPEN -> List.of(CONFIRMED, CANCELLED);
      case CONFIRMED -> List.of(FULFILLED, CANCELLED);
      case FULFILLED, CANCELLED -> List.of();
    };
  }

  public String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<OrderState> of(String shown) {
    return Arrays.stream(values()).filter(state -> state.shown().equals(shown)).findFirst();
  }
}
