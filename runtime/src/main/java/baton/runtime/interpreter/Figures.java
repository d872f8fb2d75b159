package baton.runtime.interpreter;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Numbers and percentages, in digits and in words up to millions.
final class Figures {
  /// @param first place of its first word
  /// @param last place of its last
  record Figure(BigDecimal number, int first, int last) {
    boolean whole() {
      var plain = number.stripTrailingZeros();
      return plain.scale() <= 0 && plain.precision() - plain.scale() <= DIGITS_MAX;
    }

    Figure upTo(int place) {
      return new Figure(number, first, place);
    }
  }

  private static final int DIGITS_MAX = 9;

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
          Map.entry("fourty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90));

  private static final Map<String, Integer> LARGE =
      Map.of(
          "hundred",
          100,
          "thousand",
          1000,
          "dozen",
          12,
          "dozens",
          12,
          "k",
          1000,
          "grand",
          1000,
          "million",
          1_000_000);

  private static final Set<String> PERCENT = Set.of("%", "percent", "percents", "pct", "prozent");

  private static final Pattern POINT =
      Pattern.compile("\\d{1,3}(,\\d{3})+(\\.\\d{1,2})?|\\d{1,9}(\\.\\d{1,2})?");

  /// 1.200,50 and 12,5.
  private static final Pattern COMMA =
      Pattern.compile("\\d{1,3}(\\.\\d{3})+(,\\d{1,2})?|\\d{1,9},\\d{1,2}");

  /// The words with which a number in words begins.
  static final Set<String> FIRST_WORDS = Letters.all(SMALL.keySet(), Letters.words("half a an"));

  private Figures() {}

  /// The hour a word names: one to twelve.
  static int hour(String word) {
    int number = SMALL.getOrDefault(word, 0);
    return number <= 12 ? number : 0;
  }

  /// The number that begins at a place.
  static Optional<Figure> at(Utterance text, int place) {
    if (place < 0 || place >= text.size()) return Optional.empty();
    if (text.words().get(place).numeric()) return inDigits(text, place);
    return FIRST_WORDS.contains(text.at(place)) ? inWords(text, place) : Optional.empty();
  }

  private static Optional<Figure> inDigits(Utterance text, int place) {
    return digits(text.at(place)).map(number -> enlarged(text, new Figure(number, place, place)));
  }

  private static Optional<BigDecimal> digits(String word) {
    if (POINT.matcher(word).matches()) return Optional.of(new BigDecimal(word.replace(",", "")));
    if (!COMMA.matcher(word).matches()) return Optional.empty();
    return Optional.of(new BigDecimal(word.replace(".", "").replace(',', '.')));
  }

  private static Figure enlarged(Utterance text, Figure figure) {
    int next = figure.last + 1;
    var factor = LARGE.get(text.at(next));
    if (factor == null || !text.sameClause(figure.last, next)) return figure;
    return new Figure(figure.number.multiply(BigDecimal.valueOf(factor)), figure.first, next);
  }

  /// "Twenty-five", "a hundred and ten", "half a dozen", "two thousand five hundred".
  private static Optional<Figure> inWords(Utterance text, int place) {
    if (text.at(place).equals("half") && text.at(place + 2).equals("dozen")) {
      return Optional.of(new Figure(BigDecimal.valueOf(6), place, place + 2));
    }
    if (couple(text, place)) {
      int last = text.at(place + 2).equals("of") ? place + 2 : place + 1;
      return Optional.of(new Figure(BigDecimal.TWO, place, last));
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
      else if (word.equals("hundred") && group > 0 && group < 100) group *= 100;
      else if (word.startsWith("dozen") && group > 0 && group < 100) group *= 12;
      else if (word.equals("thousand") && group > 0 && total == 0) {
        total += group * 1000;
        group = 0;
      } else if (word.equals("and") && last >= 0 && hundreds(text.at(last))) continue;
      else break;
      last = i;
    }
    if (last < 0) return Optional.empty();
    return Optional.of(new Figure(BigDecimal.valueOf(total + group), place, last));
  }

  private static boolean couple(Utterance text, int place) {
    return text.at(place).equals("a") && text.at(place + 1).equals("couple");
  }

  private static boolean hundreds(String word) {
    return word.equals("hundred") || word.equals("thousand");
  }

  private static boolean fits(long group, int next) {
    if (group == 0) return true;
    if (group % 100 == 0) return true;
    return next < 10 && next > 0 && group % 100 >= 20 && group % 10 == 0;
  }

  /// The percentage that begins at a place: "10%", "ten per cent", "half price".
  static Optional<Figure> percent(Utterance text, int place) {
    if (text.at(place).equals("half")) {
      int last = text.at(place + 1).equals("the") ? place + 2 : place + 1;
      boolean off = Set.of("price", "off").contains(text.at(last));
      return off ? Optional.of(new Figure(BigDecimal.valueOf(50), place, last)) : Optional.empty();
    }
    return at(text, place)
        .flatMap(figure -> {
          int next = figure.last + 1;
          if (PERCENT.contains(text.at(next))) return Optional.of(figure.upTo(next));
          boolean apart = text.at(next).equals("per") && text.at(next + 1).equals("cent");
          return apart ? Optional.of(figure.upTo(next + 1)) : Optional.empty();
        });
  }
}
