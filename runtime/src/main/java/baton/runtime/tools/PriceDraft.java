package baton.runtime.tools;

import baton.handoff.fact.Money;
import baton.runtime.tools.PriceList.House;
import baton.runtime.tools.PriceList.Product;
import baton.runtime.tools.PriceList.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A price list while it is read. Whatever cannot be is an `IllegalArgumentException` in words that
/// say what to do; whoever reads adds the line.
final class PriceDraft {
  static final int PRODUCTS_MAX = 1_000;
  static final int TIERS_MAX = 20;

  /// Keeps a hundred times the price of the largest quote within 64 bits.
  static final long MINOR_MAX = 10_000_000_000L;

  private static final int TEXT_MAX_CHARS = 2_000;

  private static final class Item {
    String title;
    Term term = Term.MONTH;
    final Map<String, List<Tier>> prices = new TreeMap<>();

    Item(String title) {
      this.title = title;
    }
  }

  private final Map<String, Item> items = new LinkedHashMap<>();
  private Optional<String> currency = Optional.empty();
  Optional<Instant> from = Optional.empty();
  Optional<Instant> until = Optional.empty();
  private Duration quotesStand = PriceList.QUOTES_STAND;
  private String seller = House.PLAIN.seller();
  private String terms = House.PLAIN.terms();

  /// The first one named is the list's own.
  void currency(String code) {
    Amounts.decimals(code);
    if (currency.isEmpty()) currency = Optional.of(code);
  }

  void quotesStand(String days) {
    if (!days.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("quotes stand for 1 to 999 days");
    }
    quotesStand = Duration.ofDays(Long.parseLong(days));
  }

  void seller(String text) {
    seller = text("seller", text);
  }

  void terms(String text) {
    terms = text("terms", text);
  }

  void product(String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new IllegalArgumentException(
          "a product's name is 1 to 64 small letters, digits and hyphens, as agents say it");
    }
    items.computeIfAbsent(
        name, _ -> new Item(Character.toUpperCase(name.charAt(0)) + name.substring(1)));
    if (items.size() > PRODUCTS_MAX) {
      throw new IllegalArgumentException("more than " + PRODUCTS_MAX + " products: leave some out");
    }
  }

  void title(String product, String title) {
    items.get(product).title = text("title", title);
  }

  void term(String product, String term) {
    if (!List.of("month", "year", "once").contains(term)) {
      throw new IllegalArgumentException("a term is month, year or once");
    }
    items.get(product).term = Term.of(term);
  }

  /// Tiers of a product and currency come in rising order, the first from seat 1.
  void tier(String product, String code, String fromSeats, String price) {
    if (!fromSeats.matches("[1-9][0-9]{0,5}") || Long.parseLong(fromSeats) > PriceBook.SEATS_MAX) {
      throw new IllegalArgumentException("seats are 1 to " + PriceBook.SEATS_MAX);
    }
    long from = Long.parseLong(fromSeats);
    Money each = Amounts.read(code, price);
    if (each.minor() > MINOR_MAX) {
      throw new IllegalArgumentException(
          "a price is at most " + Amounts.shown(new Money(code, MINOR_MAX)) + " per seat");
    }
    var tiers = items.get(product).prices.computeIfAbsent(code, _ -> new ArrayList<>());
    if (tiers.isEmpty() && from != 1) {
      throw new IllegalArgumentException("the first tier of a currency is from seat 1");
    }
    if (!tiers.isEmpty() && from <= tiers.getLast().fromSeats()) {
      throw new IllegalArgumentException(
          "the tier from seat " + from + " is not above the one before it: sort them");
    }
    if (tiers.size() == TIERS_MAX) {
      throw new IllegalArgumentException("more than " + TIERS_MAX + " tiers: leave some out");
    }
    tiers.add(new Tier(from, each));
  }

  PriceList done() {
    if (items.isEmpty()) throw new IllegalArgumentException("there are no products: add one");
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("the list ends before it begins");
    }
    var products = new TreeMap<String, Product>();
    items.forEach((name, item) -> {
      if (item.prices.isEmpty()) {
        throw new IllegalArgumentException("'" + name + "' has no price: add one");
      }
      products.put(name, new Product(item.title, item.term, item.prices));
    });
    return new PriceList(
        currency.orElseThrow(
            () -> new IllegalArgumentException("'currency' is needed, the list's own")),
        from,
        until,
        quotesStand,
        new House(seller, terms),
        products);
  }

  private static String text(String what, String text) {
    boolean clean = text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n');
    if (text.isBlank() || text.length() > TEXT_MAX_CHARS || !clean) {
      throw new IllegalArgumentException(
          "'" + what + "' is text of at most " + TEXT_MAX_CHARS + " characters");
    }
    return text.strip();
  }
}
