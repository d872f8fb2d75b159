package baton.runtime.interpreter;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// E-mail addresses, phone numbers and names, which identify a person and are sealed.
final class Contacts {
  /// @param clear what is sealed: an address in lower case, a number in E.164, a name as written
  record Found(String clear, int confidence, int from, int to) {}

  private static final Pattern EMAIL =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@"
              + "(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}");

  /// "dana (at) acme.example", "dana at acme dot example".
  private static final Pattern SPOKEN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._%+-])([\\p{L}\\p{N}._%+-]{1,64})\\s?(?:\\(at\\)|\\[at\\]| at )\\s?"
              + "([\\p{L}\\p{N}-]{1,63})\\s?(?:\\(dot\\)|\\[dot\\]| dot |\\.)\\s?(\\p{L}{2,24})"
              + "(?![\\p{L}\\p{N}])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ABROAD = Pattern.compile("(?<![\\d+:.,])00(?= ?[1-9])");

  private static final int NUMBERS_MAX = 20;

  /// The shortest numbers, as those of Niue, have four.
  private static final int DIGITS_MIN = 4;

  private static final int NAME_WORDS_MAX = 3;

  private static final Set<String> NAME_ENDS =
      Set.of("and", "from", "at", "with", "of", "here", "but", "in", "i", "we", "the", "by", "not");

  /// The country in which a number without a country code is read, by zone.
  private static final Map<String, String> REGIONS =
      Map.ofEntries(
          Map.entry("Europe/London", "GB"), Map.entry("Europe/Dublin", "IE"),
          Map.entry("Europe/Berlin", "DE"), Map.entry("Europe/Vienna", "AT"),
          Map.entry("Europe/Zurich", "CH"), Map.entry("Europe/Paris", "FR"),
          Map.entry("Europe/Madrid", "ES"), Map.entry("Europe/Rome", "IT"),
          Map.entry("Europe/Amsterdam", "NL"), Map.entry("Europe/Stockholm", "SE"),
          Map.entry("Asia/Kolkata", "IN"), Map.entry("Asia/Singapore", "SG"),
          Map.entry("Asia/Tokyo", "JP"), Map.entry("Australia/Sydney", "AU"),
          Map.entry("America/Mexico_City", "MX"), Map.entry("America/Sao_Paulo", "BR"));

  private Contacts() {}

  static List<Found> emails(String text) {
    var found = new ArrayList<Found>();
    if (text.indexOf('@') >= 0) {
      EMAIL
          .matcher(text)
          .results()
          .forEach(hit ->
              found.add(
                  new Found(hit.group().toLowerCase(Locale.ROOT), 98, hit.start(), hit.end())));
    }
    if (found.isEmpty()) spoken(text).ifPresent(found::add);
    return found;
  }

  private static Optional<Found> spoken(String text) {
    if (!mayBeSpoken(text)) return Optional.empty();
    var hit = SPOKEN.matcher(text);
    if (!hit.find()) return Optional.empty();
    boolean plain = text.substring(hit.start(), hit.end()).contains(" at ");
    if (plain && !text.substring(hit.start(), hit.end()).contains("dot")) return Optional.empty();
    var address = hit.group(1) + "@" + hit.group(2) + "." + hit.group(3);
    return Optional.of(new Found(address.toLowerCase(Locale.ROOT), 85, hit.start(), hit.end()));
  }

  /// Whether there is an "at" that may belong to an address; [#SPOKEN] takes long to look for it.
  private static boolean mayBeSpoken(String text) {
    boolean dot = text.contains("dot");
    for (int i = 1; i + 2 < text.length(); i++) {
      boolean at = (text.charAt(i) | ' ') == 'a' && (text.charAt(i + 1) | ' ') == 't';
      if (!at || "([ ".indexOf(text.charAt(i - 1)) < 0) continue;
      if (")] ".indexOf(text.charAt(i + 2)) >= 0 && (dot || !text.startsWith(" at ", i - 1))) {
        return true;
      }
    }
    return false;
  }

  static List<Found> phones(String text, ZoneId zone) {
    var found = new ArrayList<Found>();
    if (digits(text) < DIGITS_MIN) return found;
    var numbers = PhoneNumberUtil.getInstance();
    // "00" begins a number of another country wherever it is not dialled otherwise.
    var dialled = ABROAD.matcher(text).replaceAll(" +");
    for (PhoneNumberMatch hit :
        numbers.findNumbers(dialled, region(zone), Leniency.VALID, NUMBERS_MAX)) {
      var clear = numbers.format(hit.number(), PhoneNumberFormat.E164);
      found.add(new Found(clear, 95, hit.start(), hit.end()));
    }
    return found;
  }

  private static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) if (Character.isDigit(text.codePointAt(i))) digits++;
    return digits;
  }

  private static String region(ZoneId zone) {
    var known = REGIONS.get(zone.getId());
    if (known != null) return known;
    return zone.getId().startsWith("America/") || zone.getId().startsWith("US/") ? "US" : "ZZ";
  }

  /// What follows "my name is", "I'm", "this is".
  ///
  /// @param never words that are no names however they are written
  static List<Found> names(Utterance text, List<Phrases.Match> openers, Set<String> never) {
    var found = new ArrayList<Found>();
    for (var opener : openers) {
      boolean plain = opener.confidence() >= 90;
      int first = opener.last() + 1;
      int next = first;
      while (next < text.size()
          && next - first < NAME_WORDS_MAX
          && text.sameClause(opener.last(), next)
          && !text.words().get(next).numeric()
          && !NAME_ENDS.contains(text.at(next))
          && !never.contains(text.at(next))
          && (text.capital(next) || (plain && next == first))) {
        next++;
      }
      if (next > first) found.add(named(text, first, next - 1, opener.confidence()));
    }
    boolean here = text.at(1).equals("here") && text.capital(0) && !never.contains(text.at(0));
    if (here && found.isEmpty()) found.add(named(text, 0, 0, 80));
    return found;
  }

  private static Found named(Utterance text, int first, int last, int confidence) {
    int from = text.words().get(first).from();
    int to = text.words().get(last).to();
    return new Found(text.original().substring(from, to), confidence, from, to);
  }
}
