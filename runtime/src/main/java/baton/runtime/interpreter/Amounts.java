package baton.runtime.interpreter;

import baton.handoff.fact.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Amounts of money: "$250", "USD 1,200.50", "20k euros", "1.200,50 €", "two thousand dollars".
final class Amounts {
  /// @param first place of its first word
  /// @param last place of its last
  record Amount(Money money, int first, int last) {}

  private static final Map<String, String> CURRENCIES =
      Map.ofEntries(
          Map.entry("$", "USD"),
          Map.entry("usd", "USD"),
          Map.entry("dollar", "USD"),
          Map.entry("dollars", "USD"),
          Map.entry("bucks", "USD"),
          Map.entry("€", "EUR"),
          Map.entry("eur", "EUR"),
          Map.entry("euro", "EUR"),
          Map.entry("euros", "EUR"),
          Map.entry("£", "GBP"),
          Map.entry("gbp", "GBP"),
          Map.entry("pound", "GBP"),
          Map.entry("pounds", "GBP"),
          Map.entry("quid", "GBP"),
          Map.entry("chf", "CHF"),
          Map.entry("francs", "CHF"),
          Map.entry("¥", "JPY"),
          Map.entry("jpy", "JPY"),
          Map.entry("yen", "JPY"),
          Map.entry("₹", "INR"),
          Map.entry("inr", "INR"),
          Map.entry("rupees", "INR"),
          Map.entry("cad", "CAD"),
          Map.entry("aud", "AUD"),
          Map.entry("sek", "SEK"),
          Map.entry("dkk", "DKK"),
          Map.entry("nok", "NOK"),
          Map.entry("pln", "PLN"),
          Map.entry("zloty", "PLN"));

  /// What "2k a month" is counted in, by the speaker's zone.
  private static final Map<String, String> LOCAL =
      Map.of(
          "Europe/London",
          "GBP",
          "Europe/Zurich",
          "CHF",
          "Europe/Stockholm",
          "SEK",
          "Europe/Warsaw",
          "PLN",
          "Asia/Tokyo",
          "JPY",
          "Asia/Kolkata",
          "INR");

  private static final Set<String> DOLLARS =
      Set.of(
          "America/New_York",
          "America/Chicago",
          "America/Denver",
          "America/Phoenix",
          "America/Los_Angeles",
          "America/Anchorage",
          "Pacific/Honolulu");

  private static final Set<String> EUROS =
      Set.of(
          "Europe/Berlin",
          "Europe/Paris",
          "Europe/Madrid",
          "Europe/Rome",
          "Europe/Amsterdam",
          "Europe/Vienna",
          "Europe/Dublin",
          "Europe/Lisbon",
          "Europe/Brussels",
          "Europe/Athens",
          "Europe/Helsinki");

  private Amounts() {}

  /// The amount that begins at a place.
  static Optional<Amount> at(Utterance text, int place) {
    var before = CURRENCIES.get(text.at(place));
    if (before != null) {
      int next = text.at(place).equals("usd") && text.at(place + 1).equals("$") ? 2 : 1;
      return Figures.at(text, place + next)
          .map(figure -> amount(before, figure, place, figure.last()));
    }
    return Figures.at(text, place)
        .filter(figure -> CURRENCIES.containsKey(text.at(figure.last() + 1)))
        .filter(figure -> text.sameClause(figure.last(), figure.last() + 1))
        .map(figure ->
            amount(CURRENCIES.get(text.at(figure.last() + 1)), figure, place, figure.last() + 1));
  }

  /// A bare number as an amount in the currency of the zone, where that is plain.
  static Optional<Amount> local(Figures.Figure figure, ZoneId zone) {
    var id = zone.getId();
    var currency = DOLLARS.contains(id) ? "USD" : EUROS.contains(id) ? "EUR" : LOCAL.get(id);
    return currency == null
        ? Optional.empty()
        : Optional.of(amount(currency, figure, figure.first(), figure.last()));
  }

  private static Amount amount(String currency, Figures.Figure figure, int first, int last) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    BigDecimal minor = figure.number().movePointRight(digits).setScale(0, RoundingMode.HALF_UP);
    return new Amount(new Money(currency, minor.longValueExact()), first, last);
  }
}
