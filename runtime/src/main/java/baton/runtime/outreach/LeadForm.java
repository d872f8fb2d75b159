package baton.runtime.outreach;

import baton.handoff.ConversationId;
import baton.runtime.csv.CsvRow;
import baton.runtime.outreach.LeadRow.ConsentNote;
import baton.runtime.outreach.LeadRow.Fault;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.net.IDN;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the columns of a file of leads are called, and what may stand in them.
final class LeadForm {
  static final List<String> COLUMNS =
      List.of(
          "email",
          "name",
          "phone",
          "time-zone",
          "region",
          "segment",
          "id",
          "consent",
          "consent-date",
          "consent-source");

  private static final int TEXT_MAX_CHARS = 200;
  private static final int EMAIL_MAX_CHARS = 254;
  private static final Pattern LOCAL =
      Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private final CsvRow.Good row;

  private LeadForm(CsvRow.Good row) {
    this.row = row;
  }

  /// A header under which no row can be read, in one line that says what to do.
  static final class BadHeader extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadHeader(String message) {
      super(message, null, false, false);
    }
  }

  /// What is wrong with one field; turned into a [Fault] where the row is known.
  private static final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String column;

    Bad(String column, String problem, String help) {
      super(problem + ": " + help, null, false, false);
      this.column = column;
    }
  }

  /// A row that was read.
  sealed interface Reading {
    record Good(LeadRow row) implements Reading {}

    record Faulty(Fault fault) implements Reading {}
  }

  /// @throws BadHeader where a column is unknown
  static void check(List<String> header) {
    for (var name : header) {
      if (COLUMNS.contains(name)) continue;
      throw new BadHeader(
          "column "
              + (header.indexOf(name) + 1)
              + " is unknown: known are "
              + String.join(", ", COLUMNS));
    }
  }

  static Reading read(CsvRow.Good row) {
    try {
      return new Reading.Good(new LeadForm(row).row());
    } catch (Bad bad) {
      return new Reading.Faulty(new Fault(row.line(), bad.column, bad.getMessage()));
    }
  }

  private LeadRow row() {
    String email =
        text("email")
            .map(LeadForm::email)
            .orElseThrow(() -> new Bad("email", "it is empty", "every lead needs an address"));
    var id = text("id");
    id.filter(LeadForm::hasJoiners).ifPresent(_ -> unseen("id"));
    String region = name("region");
    return new LeadRow(
        row.line(),
        id,
        email,
        text("name"),
        text("phone").map(phone -> phone(phone, region)),
        zone(text("time-zone"), region),
        region,
        name("segment"),
        consent());
  }

  /// One field. Characters that nobody sees are not for a name or an address.
  private Optional<String> text(String column) {
    var cell = row.cell(column);
    if (cell.isEmpty()) return cell;
    String text = cell.get();
    if (text.length() > TEXT_MAX_CHARS && !column.equals("email")) {
      throw new Bad(column, "it is longer than " + TEXT_MAX_CHARS + " characters", "shorten it");
    }
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            throw new Bad(column, "it holds a control character", "leave it out");
          }
          boolean joiner = c == '\u200c' || c == '\u200d';
          if (Character.getType(c) == Character.FORMAT && !joiner) unseen(column);
        });
    return cell;
  }

  /// Scripts need joiners inside a name; in what tells people apart nobody would see them.
  private static boolean hasJoiners(String text) {
    return text.indexOf('\u200c') >= 0 || text.indexOf('\u200d') >= 0;
  }

  private static void unseen(String column) {
    throw new Bad(column, "it holds a character that nobody sees", "write it anew by hand");
  }

  private static String email(String text) {
    String help = "write it as name@example.com";
    int at = text.lastIndexOf('@');
    if (at < 1 || at > 64 || text.length() > EMAIL_MAX_CHARS) {
      throw new Bad("email", "it is not an e-mail address", help);
    }
    String local = text.substring(0, at).toLowerCase(Locale.ROOT);
    String domain = ascii(text.substring(at + 1));
    if (!LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) {
      throw new Bad("email", "it is not an e-mail address", help);
    }
    return local + "@" + domain;
  }

  /// Empty where it is no domain.
  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException noDomain) {
      return "";
    }
  }

  /// A number without its country's code is read as one of the region.
  private static String phone(String text, String region) {
    String country = region.isEmpty() ? "ZZ" : region.split("-")[0];
    var numbers = PhoneNumberUtil.getInstance();
    try {
      var number = numbers.parse(text, COUNTRIES.contains(country) ? country : "ZZ");
      if (numbers.isValidNumber(number)) return numbers.format(number, PhoneNumberFormat.E164);
    } catch (NumberParseException notOne) {
      // Told below: its message quotes the number.
    }
    throw new Bad("phone", "it is not a phone number", "write it as +13035550123");
  }

  private String name(String column) {
    var name = text(column);
    if (name.isPresent() && !ConversationId.isName(name.get())) {
      throw new Bad(column, "it is not a name", "use 1 to 64 letters, digits, - and _");
    }
    return name.orElse("");
  }

  /// Without a clock nobody knows when a lead may be written to.
  private static String zone(Optional<String> said, String region) {
    if (said.isPresent()) {
      return said.filter(ZONES::contains)
          .filter(LeadForm::isPlace)
          .orElseThrow(
              () -> new Bad("time-zone", "it is not a time zone", "write it as America/Denver"));
    }
    return Regions.zone(region)
        .orElseThrow(() ->
            region.isEmpty()
                ? new Bad(
                    "time-zone",
                    "neither a time-zone nor a region is there",
                    "give one of them: nobody is written to at night")
                : new Bad(
                    "region",
                    "it is unknown or has several time zones",
                    "give a time-zone such as America/Denver as well"));
  }

  /// A fixed offset does not know of daylight saving.
  private static boolean isPlace(String zone) {
    return zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/");
  }

  private Optional<ConsentNote> consent() {
    var said = text("consent").map(text -> text.toLowerCase(Locale.ROOT));
    var date = text("consent-date");
    var source = text("consent-source");
    return switch (said.orElse("")) {
      case "yes" -> Optional.of(new ConsentNote(date(date), source(source)));
      case "no" ->
          throw new Bad("consent", "this person has said no", "leave the row out of the file");
      case "" -> {
        if (date.isPresent() || source.isPresent()) {
          throw new Bad("consent", "it is empty, with a date or a source", "write yes or no");
        }
        yield Optional.empty();
      }
      default -> throw new Bad("consent", "it is neither yes nor no", "write yes or no");
    };
  }

  private static LocalDate date(Optional<String> text) {
    try {
      return LocalDate.parse(text.orElse(""));
    } catch (DateTimeException notOne) {
      throw new Bad(
          "consent-date", "a yes needs its day", "write the day it was given as 2026-05-31");
    }
  }

  private static String source(Optional<String> text) {
    return text.orElseThrow(
        () -> new Bad("consent-source", "a yes needs its source", "say where it was given"));
  }
}
