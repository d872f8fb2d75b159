package baton.runtime.tools.memory;

import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.runtime.mail.Address;
import baton.runtime.mail.Letter;
import baton.runtime.tools.Calendar;
import baton.runtime.tools.Crm;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.Invitations;
import baton.runtime.tools.OrderBook;
import baton.runtime.tools.Post;
import baton.runtime.tools.PriceBook;
import baton.runtime.tools.Sales;
import baton.runtime.tools.Seller;
import baton.runtime.tools.Settled;
import baton.runtime.tools.Staff;
import baton.runtime.tools.Toolbox;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// All tools over tables in memory. They do what those on PostgreSQL do, by the same rules; equal
/// calls in equal order give equal rows. Thread-safe.
public final class MemoryTools {
  private static final Address SENDER = new Address("Baton", "sales", "localhost");

  final MemoryEffects effects = new MemoryEffects();

  private final Calendar calendar = new Calendar(effects.on(MemoryAppointments::new));
  private final PriceBook prices = new PriceBook(effects.on(MemoryQuotes::new));
  private final OrderBook orders =
      new OrderBook(effects.on(MemoryQuotes::new), effects.on(MemoryOrders::new));
  private final Crm crm = new Crm(effects.on(MemoryContacts::new));
  private final HumanQueue humans;

  private final MemoryMail mail = new MemoryMail();
  private final Invitations invitations;

  private MemoryTools(InstantSource clock, BiFunction<String, Sealed, Optional<String>> open) {
    humans = new HumanQueue(effects.on(MemoryOffers::new), clock, HumanQueue.PRESENCE);
    var post = new Post(effects.on(MemoryLetters::new), mail);
    invitations = new Invitations(effects.on(MemoryAppointments::new), post, SENDER, open);
  }

  /// With the sellers and prices that a new database has, for tenant `default`, and letters to
  /// nobody: nothing here can open an address.
  ///
  /// @param clock by which operators are counted
  public static MemoryTools standard(InstantSource clock) {
    return standard(clock, (_, _) -> Optional.empty());
  }

  /// @param clock by which operators are counted
  /// @param open the clear text of a tenant's sealed one, or empty where its key is destroyed
  public static MemoryTools standard(
      InstantSource clock, BiFunction<String, Sealed, Optional<String>> open) {
    var tools = new MemoryTools(clock, open);
    tools.seed("default");
    return tools;
  }

  /// Gives a tenant the sellers and prices of tenant `default`.
  public void seed(String tenant) {
    effects.direct(rows -> {
      for (var seller : Staff.usual()) rows.sellers.put(tenant, seller.name(), seller);
      price(rows, tenant, "starter", new Money("USD", 1000));
      price(rows, tenant, "team", new Money("USD", 2500));
      price(rows, tenant, "enterprise", new Money("USD", 6000));
      return tenant;
    });
  }

  public Toolbox toolbox() {
    return new Toolbox(List.of(calendar, prices, orders, crm, humans, invitations));
  }

  public Sales sales() {
    return new Sales(prices, orders, crm, humans);
  }

  public Calendar calendar() {
    return calendar;
  }

  public PriceBook prices() {
    return prices;
  }

  public OrderBook orders() {
    return orders;
  }

  public Crm crm() {
    return crm;
  }

  public Invitations invitations() {
    return invitations;
  }

  /// All letters that went out.
  public List<Letter> letters() {
    return mail.letters();
  }

  /// The operators, and what they do with what they are offered.
  public HumanQueue humans() {
    return humans;
  }

  /// What the tools did, and what they knew had not been done.
  public List<Settled> effects(String tenant) {
    return all(tenant, rows -> rows.effects);
  }

  public List<Seller> sellers(String tenant) {
    return all(tenant, rows -> rows.sellers);
  }

  /// List prices, cheapest first.
  public List<Row.Price> prices(String tenant) {
    return all(tenant, rows -> rows.prices).stream()
        .sorted(Comparator.comparing(price -> price.perSeat().minor()))
        .toList();
  }

  public List<Row.Booked> bookings(String tenant) {
    return all(tenant, rows -> rows.bookings);
  }

  public List<Row.Quote> quotes(String tenant) {
    return all(tenant, rows -> rows.quotes);
  }

  public List<Row.Order> orders(String tenant) {
    return all(tenant, rows -> rows.orders);
  }

  public List<Row.Contact> contacts(String tenant) {
    return all(tenant, rows -> rows.contacts);
  }

  /// Oldest first.
  public List<Row.Written> fields(String tenant) {
    return all(tenant, rows -> rows.fields);
  }

  public List<Row.Offer> offers(String tenant) {
    return all(tenant, rows -> rows.offers);
  }

  private <R> List<R> all(String tenant, Function<MemoryRows, Table<R>> table) {
    return effects.direct(rows -> table.apply(rows).of(tenant));
  }

  private static void price(MemoryRows rows, String tenant, String product, Money perSeat) {
    rows.prices.put(tenant, product, new Row.Price(product, perSeat));
  }
}
