package baton.runtime.tools;

import baton.handoff.fact.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A seller's prices: volume prices per seat, in several currencies, for as long as the list holds.
///
/// @param currency what is quoted in where nothing says otherwise
/// @param from when the list begins to hold, if ever it did not
/// @param until when it ends
/// @param quotesStand how long a quote stands
/// @param house who sells, on documents
public record PriceList(
    String currency,
    Optional<Instant> from,
    Optional<Instant> until,
    Duration quotesStand,
    House house,
    Map<String, Product> products) {
  /// How long a quote stands where nobody says otherwise.
  static final Duration QUOTES_STAND = Duration.ofDays(14);

  public PriceList {
    products = Map.copyOf(products);
  }

  /// @param seller name and address, in lines
  /// @param terms what stands at the foot of a quote
  public record House(String seller, String terms) {
    static final House PLAIN =
        new House(
            "", "Prices are net of tax. Taking this quote up makes an order at the total above.");
  }

  /// @param prices tiers by currency, each with its first seat, rising
  public record Product(String title, Term term, Map<String, List<Tier>> prices) {
    public Product {
      prices = Map.copyOf(prices);
    }
  }

  /// All seats of a quote with at least that many cost this each.
  public record Tier(long fromSeats, Money perSeat) {}

  /// What stands in the list for a wish.
  public sealed interface Found {
    record Price(String title, Term term, Tier tier) implements Found {}

    /// @param reason as a tool tells it
    record None(String reason) implements Found {}
  }

  /// @param wanted the buyer's currency, taken where the product has a price in it
  Found price(String product, long seats, Optional<String> wanted, Instant at) {
    boolean holds =
        from.filter(at::isBefore).isEmpty() && until.filter(end -> !at.isBefore(end)).isEmpty();
    if (!holds) return new Found.None("price-book-expired");
    var found = products.get(product);
    if (found == null) return new Found.None("no-such-product");
    var tiers =
        wanted
            .map(code -> found.prices.get(code))
            .or(() -> Optional.ofNullable(found.prices.get(currency)));
    if (tiers.isEmpty()) return new Found.None("no-price-in-currency");
    return tiers.get().stream()
        .filter(tier -> tier.fromSeats <= seats)
        .reduce((_, later) -> later)
        .<Found>map(tier -> new Found.Price(found.title, found.term, tier))
        .orElse(new Found.None("too-few-seats"));
  }

  /// When a quote of this moment ends: never after the list.
  Instant quoteUntil(Instant at) {
    var end = at.plus(quotesStand);
    return until.filter(end::isAfter).orElse(end);
  }

  /// With one price for each product, as a table has it.
  static PriceList plain(Map<String, Money> perSeat) {
    var products = new TreeMap<String, Product>();
    perSeat.forEach((name, price) ->
        products.put(
            name,
            new Product(
                Character.toUpperCase(name.charAt(0)) + name.substring(1),
                Term.MONTH,
                Map.of(price.currency(), List.of(new Tier(1, price))))));
    String currency = perSeat.values().stream().map(Money::currency).findFirst().orElse("USD");
    return new PriceList(
        currency, Optional.empty(), Optional.empty(), QUOTES_STAND, House.PLAIN, products);
  }
}
