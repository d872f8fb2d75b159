package baton.runtime.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action.Concede;
import baton.handoff.action.Action.Quote;
import baton.handoff.action.Action.TakeCommitment;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.runtime.tools.Paper.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Price lists in files, and quotes from them on both storages.
class PriceListTest {
  private static final String LIST =
      """
      currency: USD
      zone: America/New_York
      valid: {from: 2027-01-01, until: 2027-06-13}
      quotes-stand-days: 30
      seller: |
        Northwind Sales Ltd.
        12 Harbour Street
      products:
        team:
          title: Team plan
          prices:
            USD: {1: 25.00, 50: 22.50, 250: 19.99}
            JPY: 3800
            KWD: {1: 7.505}
        audit:
          term: once
          prices: {USD: 1200}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "team,  1,      USD, USD,      2500",
    "team,  49,     USD, USD,    122500",
    "team,  50,     USD, USD,    112500",
    "team,  249,    USD, USD,    560250",
    "team,  250,    USD, USD,    499750",
    "team,  100000, USD, USD, 199900000",
    "team,  3,      JPY, JPY,     11400",
    "team,  3,      KWD, KWD,     22515",
    "team,  3,      CHF, USD,      7500",
    "audit, 2,      JPY, USD,    240000"
  })
  void allSeatsCostWhatTheirTierCostsInTheBuyersCurrencyOrTheListsOwn(
      String product, long seats, String wanted, String currency, long total) throws IOException {
    for (var storage : Storage.values()) {
      var bench = storage.seeded();
      var book = bench.prices(Optional.of(list()), wanted);
      var facts = Bench.facts(book.call(bench.effect("k1", new Quote(product, seats))));
      assertEquals(Value.of(new Money(currency, total)), facts.get("quote.total"), storage.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JPY, 3800, 1, 3762",
    "JPY, 50, 1, 50", // half a yen off is none: to the even neighbour
    "JPY, 150, 1, 148", // one and a half is two
    "KWD, 7505, 10, 6755", // 750.5 fils off are 750
    "KWD, 7515, 10, 6763" // 751.5 are 752
  })
  void roundingIsToTheSmallestUnitOfTheCurrency(
      String currency, long list, int percent, long total) {
    assertEquals(new Money(currency, total), Amounts.less(new Money(currency, list), percent));
  }

  @Test
  void outsideItsDaysTheListQuotesNothingAndNoQuoteOutlivesIt() throws IOException {
    var bench = Storage.MEMORY.seeded();
    var book = bench.prices(Optional.of(list()), "USD");
    var last = Instant.parse("2027-06-14T03:59:59Z");
    var quoted = Bench.facts(book.call(bench.effect("c1", "k1", new Quote("team", 1), last)));
    var end = Instant.parse("2027-06-14T04:00:00Z");
    assertEquals(Value.of(end), quoted.get("quote.until"));
    var refused = new Failed("price-book-expired");
    assertEquals(refused, book.call(bench.effect("c1", "k2", new Quote("team", 1), end)));
    var before = Instant.parse("2027-01-01T04:59:59Z");
    assertEquals(refused, book.call(bench.effect("c1", "k3", new Quote("team", 1), before)));
    var early = Instant.parse("2027-01-01T05:00:00Z");
    var first = Bench.facts(book.call(bench.effect("c1", "k4", new Quote("team", 1), early)));
    assertEquals(Value.of(early.plus(Duration.ofDays(30))), first.get("quote.until"));
  }

  @Test
  void aListWithoutAPriceInEitherCurrencySaysSo() {
    var list =
        PriceList.plain(Map.of("team", new Money("EUR", 2000), "basic", new Money("EUR", 900)));
    var bench = Storage.MEMORY.seeded();
    var other =
        new PriceList(
            "USD",
            Optional.empty(),
            Optional.empty(),
            Duration.ofDays(1),
            list.house(),
            list.products());
    var book = bench.prices(Optional.of(other), "USD");
    assertEquals(
        new Failed("no-price-in-currency"), book.call(bench.effect("k1", new Quote("team", 1))));
  }

  @Test
  void aConcessionIsAVersionThatSupersedesTheOneBeforeIt() {
    for (var storage : Storage.values()) {
      var bench = storage.seeded();
      var facts = bench.confirmed(bench.prices, "k1", new Quote("team", 12));
      String id = Bench.text(facts, "quote");
      var later = Bench.MONDAY.plusSeconds(60);
      bench.prices.call(bench.effect("c1", "k2", new Concede(id, 10), later));
      var first = bench.prices.paper(bench.tenant, id, Optional.of(1)).orElseThrow();
      var second = bench.prices.paper(bench.tenant, id, Optional.empty()).orElseThrow();
      assertEquals(new Money("USD", 30_000), first.quoted().total());
      assertEquals(new Standing.Superseded(2), first.standing(later));
      assertEquals(new Money("USD", 27_000), second.quoted().total());
      assertEquals(new Standing.Open(), second.standing(later));
      assertEquals(new Standing.Expired(), second.standing(second.quoted().until()));
      assertEquals(later, second.at());
      assertEquals(
          new Failed("total-differs"),
          bench.orders.call(bench.effect("k3", new TakeCommitment(id, first.quoted().total()))));
      bench.confirmed(bench.orders, "k4", new TakeCommitment(id, second.quoted().total()));
      var ordered = bench.prices.paper(bench.tenant, id, Optional.empty()).orElseThrow();
      assertEquals(new Standing.Ordered(), ordered.standing(later));
      assertEquals(2, ordered.version());
      assertEquals(Optional.empty(), bench.prices.paper(bench.tenant, id, Optional.of(3)));
      assertEquals(Optional.empty(), bench.prices.paper("elsewhere", id, Optional.empty()));
    }
  }

  @Test
  void bothStoragesKeepTheSamePapers() {
    var papers =
        Stream.of(Storage.values())
            .map(storage -> {
              var bench = storage.seeded();
              var id =
                  Bench.text(bench.confirmed(bench.prices, "k1", new Quote("team", 12)), "quote");
              bench.confirmed(bench.prices, "k2", new Concede(id, 10));
              var paper = bench.prices.paper(bench.tenant, id, Optional.empty()).orElseThrow();
              return paper.toString().replace(bench.tenant, "T").replace(id, "Q");
            })
            .distinct()
            .toList();
    assertEquals(1, papers.size(), papers::toString);
  }

  @Test
  void theListInTheGuideIsOne() throws IOException {
    var guide = Files.readString(Path.of("../docs/configuration.md"));
    var block = guide.substring(guide.indexOf("## Prices")).split("```text\n|```\n", 3)[1];
    var list =
        PriceFile.read(Files.writeString(folder.resolve("guide.yaml"), block), ZoneOffset.UTC);
    assertEquals(Set.of("team", "audit"), list.products().keySet());
    assertEquals(Duration.ofDays(30), list.quotesStand());
    assertEquals("Northwind Sales Ltd.\n12 Harbour Street, London", list.house().seller());
    assertEquals(3, list.products().get("team").prices().get("USD").size());
  }

  @Test
  void aCsvFileIsAListToo() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("prices.csv"),
            """
            product,currency,seats,price,title,term
            team,EUR,1,23.00,Team,year
            team,EUR,50,21.00,,
            team,USD,1,25,,
            """);
    var bench = Storage.MEMORY.seeded();
    var book = bench.prices(Optional.of(PriceFile.read(file, ZoneOffset.UTC)), "");
    var facts = Bench.facts(book.call(bench.effect("k1", new Quote("team", 60))));
    assertEquals(Value.of(new Money("EUR", 126_000)), facts.get("quote.total"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title: Team plan | titel: x | 10: unknown member: known are prices, term, title",
        "22.50 | 22.505 | 12: USD has 2 decimals, not more",
        "JPY: 3800 | JPY: 3800.5 | 13: JPY has 0 decimals, not more",
        "7.505 | 7.5055 | 14: KWD has 3 decimals, not more",
        "7.505 | 7,5 | 14: a price is digits with a point",
        "25.00 | -25.00 | 12: a price is digits with a point, such as 25.00",
        "25.00 | 99999999999999 | 12: a price has at most 12 digits before the point",
        "KWD: | XAU: | 14: there is no such currency: write its ISO 4217 code",
        "KWD: | usd: | 14: there is no such currency: write its ISO 4217 code",
        "250: | 50: | 12: this is there twice",
        "250: | 40: | 12: the tier from seat 40 is not above the one before it: sort them",
        "{1: 25.00, | {2: 25.00, | 12: the first tier of a currency is from seat 1",
        "250: | 100002: | 12: seats are 1 to 100000",
        "2027-06-13 | 13.6.2027 | 3: write a day as 2026-12-31",
        "2027-06-13 | 2026-06-13 | 1: the list ends before it begins",
        "America/New_York | Mars | 2: 'zone' is an IANA name such as Europe/Berlin",
        "term: once | term: weekly | 16: a term is month, year or once",
        "audit: | Audit Plan: | 15: a product's name is 1 to 64 small letters, digits and hyphens,"
            + " as agents say it",
        "{USD: 1200} | {} | 1: 'audit' has no price: add one",
        "seller: | seller: [ | 5: this is not YAML",
      })
  void aBadFileIsOneLineWithTheNumberOfTheLine(String good, String bad, String told)
      throws IOException {
    var file = Files.writeString(folder.resolve("prices.yaml"), LIST.replace(good, bad));
    var refused = assertThrows(PriceFile.Invalid.class, () -> PriceFile.read(file, ZoneOffset.UTC));
    String line = refused.getMessage();
    assertTrue(line.startsWith(file + ":" + told), line);
    assertEquals(1, line.lines().count(), line);
  }

  @Test
  void filesOfAnotherKindAreRefusedInOneLine() throws IOException {
    assertEquals(
        "a price list is a .yaml or .csv file: rename it",
        refusal(Files.writeString(folder.resolve("prices.txt"), "x")));
    assertEquals(
        "cannot be read: name a readable file with tools.prices",
        refusal(folder.resolve("no.csv")));
    assertEquals(
        "is not UTF-8: save it as UTF-8",
        refusal(Files.write(folder.resolve("p.yaml"), new byte[] {'a', (byte) 0xff})));
    assertEquals(
        "3: a price is digits with a point, such as 25.00",
        refusal(
            Files.writeString(
                folder.resolve("p.csv"), "product,currency,price\nteam,USD,1\nteam,EUR,x\n")));
  }

  private static String refusal(Path file) {
    var refused = assertThrows(PriceFile.Invalid.class, () -> PriceFile.read(file, ZoneOffset.UTC));
    String line = refused.getMessage();
    return line.startsWith(file + ": ")
        ? line.substring((file + ": ").length())
        : line.substring((file + ":").length());
  }

  private PriceList list() throws IOException {
    return PriceFile.read(Files.writeString(folder.resolve("list.yaml"), LIST), ZoneOffset.UTC);
  }
}
