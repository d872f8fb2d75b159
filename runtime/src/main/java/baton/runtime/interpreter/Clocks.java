package baton.runtime.interpreter;

import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Times of day: "3pm", "15:30", "half three", "quarter to 4", "ten past four", "noonish", "16h".
final class Clocks {
  /// @param sure whether morning or afternoon was said
  /// @param bare a number that is a time only where the words around it say so
  record Clock(LocalTime time, boolean sure, boolean bare, int first, int last) {
    Clock through(int place) {
      return new Clock(time, sure, bare, first, place);
    }

    /// "10 to 12" may be a time or a range.
    Clock uncertain() {
      return new Clock(time, sure, true, first, last);
    }

    Clock certain() {
      return new Clock(time, sure, false, first, last);
    }

    /// The same in the half of the day that another one names.
    Clock beside(Clock named) {
      if (sure || !named.sure) return this;
      boolean late = named.time.getHour() >= 12;
      var moved = LocalTime.of(time.getHour() % 12 + (late ? 12 : 0), time.getMinute());
      boolean before = first < named.first;
      boolean fits = before ? moved.isBefore(named.time) : moved.isAfter(named.time);
      var other = moved.plusHours(12);
      boolean otherFits = before ? other.isBefore(named.time) : other.isAfter(named.time);
      var best = fits || !otherFits ? moved : other;
      return new Clock(best, true, false, first, last);
    }
  }

  private static final Pattern ONE_OR_TWO_DIGITS = Pattern.compile("\\d{1,2}");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,2}([:.][0-5]\\d)?");
  private static final Pattern MILITARY = Pattern.compile("([01]\\d|2[0-3])[0-5]\\d");

  private static final Map<String, LocalTime> NAMED =
      Map.of(
          "noon",
          LocalTime.NOON,
          "midday",
          LocalTime.NOON,
          "noonish",
          LocalTime.NOON,
          "lunchtime",
          LocalTime.NOON,
          "middayish",
          LocalTime.NOON,
          "midnight",
          LocalTime.MIDNIGHT);

  /// "Around lunch" is a time, "after lunch" a stretch.
  private static final Set<String> AT = Set.of("at", "around", "about", "over", "for");

  private static final Map<String, Integer> MINUTES =
      Map.of(
          "five", 5, "ten", 10, "quarter", 15, "fifteen", 15, "twenty", 20, "thirty", 30, "half",
          30, "forty", 40, "fifty", 50);

  private static final Set<String> AFTER_MINUTES = Set.of("past", "after", "to", "till", "before");
  private static final Set<String> MINUTES_IN_WORDS =
      Set.of("fifteen", "thirty", "forty", "twenty");

  private static final Set<String> FIRST_WORDS =
      Letters.all(NAMED.keySet(), MINUTES.keySet(), Letters.words("lunch a"));

  private final Utterance text;

  Clocks(Utterance text) {
    this.text = text;
  }

  /// Whether a word that is no number may begin a time of day.
  static boolean mayBegin(String word) {
    return FIRST_WORDS.contains(word) || hour(word) > 0;
  }

  /// The time of day whose first word stands at a place.
  Optional<Clock> at(int i) {
    return named(i).or(() -> fraction(i)).or(() -> plain(i));
  }

  private Optional<Clock> named(int i) {
    int place = text.at(i).equals("12") ? i + 1 : i;
    boolean lunch = text.at(i).equals("lunch") && AT.contains(text.at(i - 1));
    var time = lunch ? LocalTime.NOON : NAMED.get(text.at(place));
    if (time == null) return Optional.empty();
    int last = text.at(place + 1).equals("ish") ? place + 1 : place;
    return Optional.of(new Clock(time, true, false, i, last));
  }

  /// "Half three" and "half past three" are 3:30; "quarter to three" is 2:45.
  private Optional<Clock> fraction(int i) {
    int place = text.at(i).equals("a") ? i + 1 : i;
    var word = text.at(place);
    var minutes = minutes(word);
    if (minutes.isEmpty()) return Optional.empty();
    int link = text.at(place + 1).equals("minutes") ? place + 2 : place + 1;
    boolean range = text.words().get(place).numeric() && minutes.getAsInt() <= 12;
    if (range && !text.at(link).equals("past")) return Optional.empty();
    if (AFTER_MINUTES.contains(text.at(link))) {
      boolean before = !text.at(link).equals("past") && !text.at(link).equals("after");
      return hour(link + 1)
          .map(hour -> shifted(hour, before ? -minutes.getAsInt() : minutes.getAsInt(), i))
          .map(clock -> text.words().get(place).numeric() ? clock.uncertain() : clock);
    }
    return word.equals("half") && place == i
        ? hour(i + 1).map(hour -> shifted(hour, 30, i))
        : Optional.empty();
  }

  private static OptionalInt minutes(String word) {
    if (MINUTES.containsKey(word)) return OptionalInt.of(MINUTES.get(word));
    if (!digit(word) || !ONE_OR_TWO_DIGITS.matcher(word).matches()) return OptionalInt.empty();
    int minutes = Integer.parseInt(word);
    return minutes % 5 == 0 && minutes > 0 && minutes < 60
        ? OptionalInt.of(minutes)
        : OptionalInt.empty();
  }

  /// A full hour from one to twelve, with or without am or pm.
  private Optional<Clock> hour(int i) {
    var time = read(text.at(i)).filter(read -> read.getMinute() == 0 && read.getHour() <= 12);
    return time.map(read -> meridiem(read, i, i + 1).orElse(guessed(read, false, i, i)));
  }

  private static Clock shifted(Clock hour, int minutes, int first) {
    return new Clock(hour.time.plusMinutes(minutes), hour.sure, false, first, hour.last);
  }

  private Optional<Clock> plain(int i) {
    var word = text.at(i);
    if (digit(word) && MILITARY.matcher(word).matches()) return military(i);
    var read = read(word);
    if (read.isEmpty()) return Optional.empty();
    var time = read.get();
    int next = i + 1;
    var exact = worded(i, time);
    if (exact.isPresent()) return exact;
    var told = meridiem(time, i, next);
    if (told.isPresent()) return told;
    if (text.at(next).equals("oclock")) return Optional.of(guessed(time, false, i, next));
    if (text.at(next).equals("o") && text.at(next + 1).equals("clock")) {
      return Optional.of(guessed(time, false, i, next + 1));
    }
    if (text.at(next).equals("ish")) return Optional.of(guessed(time, false, i, next));
    if (word.endsWith("ish")) return Optional.of(guessed(time, false, i, i));
    if (glued(i) && text.at(next).equals("h")) return continental(i, time);
    if (text.at(next).equals("hrs")) return Optional.of(new Clock(time, true, false, i, next));
    if (word.contains(":")) {
      boolean sure = time.getHour() == 0 || time.getHour() > 12 || word.length() == 5;
      return Optional.of(sure ? new Clock(time, true, false, i, i) : guessed(time, false, i, i));
    }
    boolean whole = word.contains(".") && text.size() == 1;
    return Optional.of(guessed(time, !whole, i, i));
  }

  /// "Five thirty", "nine forty-five".
  private Optional<Clock> worded(int i, LocalTime time) {
    if (text.words().get(i).numeric() || !MINUTES_IN_WORDS.contains(text.at(i + 1))) {
      return Optional.empty();
    }
    int last = i + 1;
    int minutes = MINUTES.get(text.at(last));
    if (text.at(last + 1).equals("five")) {
      last++;
      minutes += 5;
    }
    var full = time.plusMinutes(minutes);
    int end = last;
    return Optional.of(meridiem(full, i, end + 1).orElseGet(() -> guessed(full, true, i, end)));
  }

  /// 16h, 10h30.
  private Optional<Clock> continental(int i, LocalTime time) {
    int next = i + 1;
    boolean minutes = glued(next) && text.at(next + 1).matches("[0-5]\\d");
    if (!minutes) return Optional.of(new Clock(time, true, false, i, next));
    var full = time.plusMinutes(Integer.parseInt(text.at(next + 1)));
    return Optional.of(new Clock(full, true, false, i, next + 1));
  }

  private Optional<Clock> military(int i) {
    var word = text.at(i);
    int hours = Integer.parseInt(word.substring(0, 2));
    var time = LocalTime.of(hours, Integer.parseInt(word.substring(2)));
    boolean told = text.at(i + 1).equals("hrs") || text.at(i + 1).equals("h");
    return Optional.of(new Clock(time, true, !told, i, told ? i + 1 : i));
  }

  private Optional<Clock> meridiem(LocalTime time, int first, int place) {
    var suffix = text.at(place);
    boolean letter = (suffix.equals("a") || suffix.equals("p")) && glued(place - 1);
    if (time.getHour() > 12 && suffix.equals("pm")) {
      return Optional.of(new Clock(time, true, false, first, place));
    }
    if (!(suffix.equals("am") || suffix.equals("pm") || letter) || time.getHour() > 12) {
      return Optional.empty();
    }
    int hours = time.getHour() % 12 + (suffix.startsWith("p") ? 12 : 0);
    var exact = LocalTime.of(hours, time.getMinute());
    int last = text.at(place + 1).equals("ish") ? place + 1 : place;
    return Optional.of(new Clock(exact, true, false, first, last));
  }

  /// Whether nothing stands between a word and the next.
  private boolean glued(int i) {
    return i >= 0
        && i + 1 < text.size()
        && text.words().get(i).to() == text.words().get(i + 1).from();
  }

  /// Between seven and noon it is the morning, else the afternoon.
  private static Clock guessed(LocalTime time, boolean bare, int first, int last) {
    boolean afternoon = time.getHour() >= 1 && time.getHour() < 7;
    boolean sure = time.getHour() > 12 || time.getHour() == 0;
    return new Clock(afternoon ? time.plusHours(12) : time, sure, bare, first, last);
  }

  private static boolean digit(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(0));
  }

  /// "Eleven", and "elevenish"; figures stand apart from it.
  private static int hour(String word) {
    return Figures.hour(word.endsWith("ish") ? word.substring(0, word.length() - 3) : word);
  }

  private static Optional<LocalTime> read(String word) {
    int named = hour(word);
    if (named > 0) return Optional.of(LocalTime.of(named, 0));
    if (!digit(word) || !DIGITS.matcher(word).matches()) return Optional.empty();
    var pieces = word.split("[:.]");
    int hours = Integer.parseInt(pieces[0]);
    if (hours > 23) return Optional.empty();
    return Optional.of(LocalTime.of(hours, pieces.length == 1 ? 0 : Integer.parseInt(pieces[1])));
  }
}
