package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Concede;
import baton.handoff.action.Action.Quote;
import baton.handoff.action.Action.TakeCommitment;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Price book and order book.
@ParameterizedClass
@EnumSource
class PriceBookTest {
  private static final Instant NOW = Bench.MONDAY;
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(14));

  private final Storage storage;
  private final Bench bench;

  PriceBookTest(Storage storage) {
    this.storage = storage;
    this.bench = storage.seeded();
  }

  @ParameterizedTest
  @CsvSource({
    "starter,    1,      1000,      10,      900",
    "starter,    3,      3000,      33,     2010",
    "team,       1,      2500,       1,     2475",
    "team,       12,    30000,      15,    25500",
    "enterprise, 7,     42000,     100,        0",
    "enterprise, 100000, 600000000, 17, 498000000"
  })
  void aQuoteIsListPriceTimesSeatsAndAConcessionIsPercentOffIt(
      String product, long seats, long list, int percent, long total) {
    var quoted = bench.confirmed(bench.prices, "k1", new Quote(product, seats));
    var id = quoted.get("quote");
    assertEquals(facts(id, list, list, 0), quoted);
    var conceded = bench.confirmed(bench.prices, "k2", new Concede(id.shown(), percent));
    assertEquals(facts(id, list, total, percent), conceded);
  }

  @ParameterizedTest
  @CsvSource({
    "150, 1, 148", // 1.5 off is 2
    "250, 1, 248", // 2.5 off is 2
    "350, 1, 346", // 3.5 off is 4
    "50,  1,  50", // 0.5 off is 0
    "51,  1,  50", // 0.51 off is 1
    "10,  5,  10", // 0.5 off is 0
    "30,  5,  28", // 1.5 off is 2
    "999, 50, 499", // 499.5 off is 500
    "0,  100,  0",
    "1,  100,  0",
    "92233720368547758, 100, 0"
  })
  void halfASmallestUnitGoesToTheEvenNeighbour(long list, int percent, long total) {
    assertEquals(new Money("USD", total), Amounts.less(new Money("USD", list), percent));
  }

  @Test
  void everyPercentOfManyPricesAgreesWithDecimalArithmetic() {
    for (long list = 0; list <= 2000; list++) {
      for (int percent = 1; percent <= 100; percent++) {
        var off =
            BigDecimal.valueOf(list * percent, 2).setScale(0, RoundingMode.HALF_EVEN).longValue();
        assertEquals(list - off, Amounts.less(new Money("USD", list), percent).minor());
      }
    }
  }

  @Test
  void beyondSixtyFourBitsThereIsNoAmountRatherThanAWrongOne() {
    var most = new Money("USD", Long.MAX_VALUE / 50);
    assertThrows(ArithmeticException.class, () -> Amounts.times(most, 51));
  }

  @Test
  void unknownProductsAndOddSeatsAreRefused() {
    assertEquals(new Failed("no-such-product"), quote("k1", "platinum", 1));
    assertEquals(new Failed("seats-out-of-range"), quote("k2", "team", 0));
    assertEquals(new Failed("seats-out-of-range"), quote("k3", "team", -5));
    assertEquals(new Failed("seats-out-of-range"), quote("k4", "team", 100_001));
    assertEquals(0, bench.quoteRows().size());
  }

  @Test
  void aConcessionNeverTakesBackWhatWasGiven() {
    var id = quoted();
    assertInstanceOf(Confirmed.class, concede("k2", id, 20));
    assertEquals(new Failed("conceded-more"), concede("k3", id, 10));
    assertInstanceOf(Confirmed.class, concede("k4", id, 20));
    assertEquals(List.of("20/24000/3/open"), bench.quoteRows());
  }

  @Test
  void aPercentageOutsideOneToAHundredIsRefused() {
    var id = quoted();
    for (int percent : List.of(-1, 0, 101)) {
      assertEquals(new Failed("percent-out-of-range"), concede("k" + percent, id, percent));
    }
  }

  @Test
  void anOrderIsTakenAtExactlyTheTotalOfTheQuote() {
    var id = quoted();
    concede("k2", id, 10);
    for (var total :
        List.of(new Money("USD", 30_000), new Money("USD", 26_999), new Money("EUR", 27_000))) {
      var refused = order("c1", "k-" + total, id, total, NOW);
      assertEquals(new Failed("total-differs"), refused);
    }
    assertEquals(0, bench.orderRows().size());
    var total = new Money("USD", 27_000);
    var facts = Bench.facts(order("c1", "k3", id, total, NOW));
    assertEquals(Set.of("order", "order.total"), facts.keySet());
    assertEquals(Value.of(total), facts.get("order.total"));
    assertEquals(List.of(facts.get("order").shown() + " " + id + " USD 27000"), bench.orderRows());
  }

  @Test
  void anOrderedQuoteIsNeitherOrderedAgainNorConceded() {
    var id = quoted();
    var total = new Money("USD", 30_000);
    assertInstanceOf(Confirmed.class, order("c1", "k2", id, total, NOW));
    assertEquals(new Failed("quote-ordered"), order("c1", "k3", id, total, NOW));
    assertEquals(new Failed("quote-ordered"), concede("k4", id, 50));
    assertEquals(1, bench.orderRows().size());
  }

  @Test
  void aQuoteStandsForFourteenDaysAndNotAMomentLonger() {
    var total = new Money("USD", 30_000);
    var last = UNTIL.minusMillis(1);
    assertInstanceOf(Confirmed.class, order("c1", "k2", quoted(), total, last));
    var late = storage.seeded();
    var id = Bench.text(late.confirmed(late.prices, "k1", new Quote("team", 12)), "quote");
    var order = late.effect("c1", "k2", new TakeCommitment(id, total), UNTIL);
    assertEquals(new Failed("quote-expired"), late.orders.call(order));
    var concede = late.effect("c1", "k3", new Concede(id, 5), UNTIL);
    assertEquals(new Failed("quote-expired"), late.prices.call(concede));
  }

  @Test
  void aQuoteBelongsToItsConversationAndTenant() {
    var id = quoted();
    var refused = new Failed("no-such-quote");
    var total = new Money("USD", 30_000);
    var concede = bench.effect("c2", "k2", new Concede(id, 5), NOW);
    assertEquals(refused, bench.prices.call(concede));
    assertEquals(refused, order("c2", "k3", id, total, NOW));
    assertEquals(refused, concede("k4", "q0", 5));
    var other = storage.seeded();
    assertEquals(refused, other.prices.call(other.effect("k1", new Concede(id, 5))));
    assertEquals(refused, other.orders.call(other.effect("k2", new TakeCommitment(id, total))));
    var nothing = storage.empty();
    var none = nothing.prices.call(nothing.effect("k1", new Quote("team", 1)));
    assertEquals(new Failed("no-such-product"), none);
  }

  @Test
  void anOrderRacedAgainstAConcessionIsTakenAtTheTotalThatWasAgreedOrNotAtAll() {
    for (int round = 0; round < 20; round++) {
      var each = storage.seeded();
      var id = Bench.text(each.confirmed(each.prices, "k1", new Quote("team", 12)), "quote");
      var order = new TakeCommitment(id, new Money("USD", 30_000));
      var outcomes =
          Bench.race(
              List.<Callable<Outcome>>of(
                  () -> each.orders.call(each.effect("k2", order)),
                  () -> each.prices.call(each.effect("k3", new Concede(id, 10)))));
      var ends = new HashSet<>(outcomes);
      boolean ordered = ends.contains(new Failed("quote-ordered"));
      boolean conceded = ends.contains(new Failed("total-differs"));
      assertEquals(1, (ordered ? 1 : 0) + (conceded ? 1 : 0), outcomes::toString);
      assertEquals(List.of(ordered ? "0/30000/2/ordered" : "10/27000/2/open"), each.quoteRows());
      assertEquals(ordered ? 1 : 0, each.orderRows().size());
    }
  }

  @Test
  void theDefaultTenantHasThreeProducts() {
    assertEquals(
        List.of("starter USD 1000", "team USD 2500", "enterprise USD 6000"),
        storage.of("default").priceRows());
  }

  private static Map<String, Value> facts(Value id, long list, long total, int percent) {
    return Map.of(
        "quote", id,
        "quote.list", Value.of(new Money("USD", list)),
        "quote.total", Value.of(new Money("USD", total)),
        "quote.percent", Value.of(percent),
        "quote.until", Value.of(UNTIL));
  }

  private String quoted() {
    return Bench.text(bench.confirmed(bench.prices, "k1", new Quote("team", 12)), "quote");
  }

  private Outcome quote(String key, String product, long seats) {
    return bench.prices.call(bench.effect(key, new Quote(product, seats)));
  }

  private Outcome concede(String key, String quote, int percent) {
    return bench.prices.call(bench.effect(key, new Concede(quote, percent)));
  }

  private Outcome order(String conversation, String key, String quote, Money total, Instant at) {
    Action order = new TakeCommitment(quote, total);
    return bench.orders.call(bench.effect(conversation, key, order, at));
  }
}
