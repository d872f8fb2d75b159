package baton.runtime.interpreter;

import baton.handoff.fact.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Numbers, percentages and amounts of money, in digits and in words.
final class Figures {
  /// @param first place of its first word
  /// @param last place of its last
  record Figure(BigDecimal number, int first, int last) {
    boolean whole() {
      return number.stripTrailingZeros().scale() <= 0 && number.precision() <= 9;
    }

    Figure upTo(int place) {
      return new Figure(number, first, place);
    }
  }

  record Amount(Money money, int first, int last) {}

  private static final Map<String, Integer> SMALL =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("forty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90));

  private static final Map<String, Integer> LARGE =
      Map.of("hundred", 100, "thousand", 1000, "dozen", 12, "k", 1000);

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
          Map.entry("francs", "CHF"));

  private static final Set<String> PERCENT = Set.of("%", "percent", "percents", "pct");

  private Figures() {}

  /// The hour a word names: one to twelve.
  static int hour(String word) {
    int number = SMALL.getOrDefault(word, 0);
    return number <= 12 ? number : 0;
  }

  /// The number that begins at a place.
  static Optional<Figure> at(Utterance text, int place) {
    if (place < 0 || place >= text.size()) return Optional.empty();
    return text.words().get(place).numeric() ? inDigits(text, place) : inWords(text, place);
  }

  private static Optional<Figure> inDigits(Utterance text, int place) {
    var digits = text.at(place);
    if (!digits.matches("\\d{1,3}(,\\d{3})+(\\.\\d{1,2})?|\\d{1,9}(\\.\\d{1,2})?")) {
      return Optional.empty();
    }
    var number = new BigDecimal(digits.replace(",", ""));
    return Optional.of(enlarged(text, new Figure(number, place, place)));
  }

  private static Figure enlarged(Utterance text, Figure figure) {
    int next = figure.last + 1;
    var factor = LARGE.get(text.at(next));
    if (factor == null) return figure;
    return new Figure(figure.number.multiply(BigDecimal.valueOf(factor)), figure.first, next);
  }

  /// "Twenty-five", "a hundred and ten", "half a dozen", "two thousand".
  private static Optional<Figure> inWords(Utterance text, int place) {
    if (text.at(place).equals("half") && text.at(place + 2).equals("dozen")) {
      return Optional.of(new Figure(BigDecimal.valueOf(6), place, place + 2));
    }
    long total = 0;
    long group = 0;
    int i = place;
    int last = -1;
    boolean article = text.at(i).equals("a") || text.at(i).equals("an");
    if (article && !LARGE.containsKey(text.at(i + 1))) return Optional.empty();
    if (article) {
      group = 1;
      i++;
    }
    for (; i < text.size() && text.sameSentence(place, i); i++) {
      var word = text.at(i);
      if (SMALL.containsKey(word) && fits(group, SMALL.get(word))) group += SMALL.get(word);
      else if (word.equals("hundred") && group > 0 && group < 10) group *= 100;
      else if (word.equals("dozen") && group > 0 && group < 100) group *= 12;
      else if (word.equals("thousand") && group > 0) {
        total += group * 1000;
        group = 0;
      } else if (word.equals("and") && last >= 0 && text.at(last).equals("hundred")) continue;
      else break;
      last = i;
    }
    if (last < 0) return Optional.empty();
    return Optional.of(new Figure(BigDecimal.valueOf(total + group), place, last));
  }

  private static boolean fits(long group, int next) {
    if (group == 0) return true;
    if (group % 100 == 0) return true;
    return next < 10 && next > 0 && group % 100 >= 20 && group % 10 == 0;
  }

  /// The percentage that begins at a place: "10%", "ten per cent".
  static Optional<Figure> percent(Utterance text, int place) {
    return at(text, place)
        .flatMap(figure -> {
          int next = figure.last + 1;
          if (PERCENT.contains(text.at(next))) return Optional.of(figure.upTo(next));
          boolean apart = text.at(next).equals("per") && text.at(next + 1).equals("cent");
          return apart ? Optional.of(figure.upTo(next + 1)) : Optional.empty();
        });
  }

  /// The amount of money that begins at a place: "$250", "USD 250.00", "250 dollars".
  static Optional<Amount> money(Utterance text, int place) {
    var before = CURRENCIES.get(text.at(place));
    if (before != null) {
      return at(text, place + 1).map(figure -> amount(before, figure, place, figure.last));
    }
    return at(text, place)
        .filter(figure -> CURRENCIES.containsKey(text.at(figure.last + 1)))
        .map(figure ->
            amount(CURRENCIES.get(text.at(figure.last + 1)), figure, place, figure.last + 1));
  }

  private static Amount amount(String currency, Figure figure, int first, int last) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    var minor = figure.number.movePointRight(digits).setScale(0, RoundingMode.HALF_UP);
    return new Amount(new Money(currency, minor.longValueExact()), first, last);
  }
}
