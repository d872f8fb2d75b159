package baton.handoff.fact;

/// An amount in the smallest unit of its currency (cents for USD). The kernel only compares
/// amounts; prices and discounts are worked out by the price book.
///
/// @param currency ISO 4217 code
public record Money(String currency, long minor) {
  public Money {
    if (!currency.matches("[A-Z]{3}")) throw new IllegalArgumentException("not an ISO 4217 code");
  }
}
