package baton.runtime.tools;

import baton.runtime.tools.Hours.DaysOff;
import baton.runtime.tools.Hours.Span;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The sellers as an operator writes them down in `tools.calendar`.
public final class Staff {
  /// What holds for all sellers, and may be said of each.
  private static final Set<String> SHARED =
      Set.of("zone", "appointment", "before", "after", "notice", "ahead", "days-off");

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private static final int SELLERS_MAX = 200;
  private static final int DAYS_OFF_MAX = 1000;

  /// Without a word from the operator.
  private static final Config USUAL =
      ConfigFactory.parseString(
          """
          zone = America/New_York
          appointment = 30m, before = 0m, after = 0m, notice = 1h, ahead = 60d
          days-off = []
          sellers = [
            { name = avery, hours { mon-fri = "09:00-17:00" } }
            { name = jordan, hours { mon-fri = "09:00-17:00" } }
          ]
          """);

  private Staff() {}

  /// Something that cannot be a calendar, in one line that says what to do.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /// All keys below `tools.calendar`.
  public static Set<String> keys() {
    var keys = new TreeSet<>(SHARED);
    keys.add("sellers");
    return keys;
  }

  public static List<Seller> usual() {
    return read(ConfigFactory.empty());
  }

  /// @param calendar what stands in `tools.calendar`
  public static List<Seller> read(Config calendar) {
    try {
      return sellers(calendar.withFallback(USUAL));
    } catch (ConfigException broken) {
      throw new Unusable("tools.calendar: " + broken.getMessage().lines().findFirst().orElse(""));
    }
  }

  private static List<Seller> sellers(Config calendar) {
    var written = calendar.getConfigList("sellers");
    if (written.isEmpty() || written.size() > SELLERS_MAX) {
      throw new Unusable("tools.calendar.sellers has 1 to " + SELLERS_MAX + " sellers");
    }
    var sellers = new ArrayList<Seller>();
    var names = new HashSet<String>();
    for (var each : written) {
      String name = each.hasPath("name") ? each.getString("name") : "";
      var place = "tools.calendar.sellers: " + (name.isEmpty() ? "one without a name" : name);
      if (name.isEmpty()) throw new Unusable(place + ": give each a name");
      if (!names.add(name)) throw new Unusable(place + " is there twice: give each another name");
      sellers.add(seller(place, name, each, calendar));
    }
    return List.copyOf(sellers);
  }

  private static Seller seller(String place, String name, Config own, Config calendar) {
    for (var entry : own.root().keySet()) {
      if (!SHARED.contains(entry) && !entry.equals("name") && !entry.equals("hours")) {
        throw new Unusable(
            place + ": unknown key " + entry + "; known are hours, name and those of the calendar");
      }
    }
    var all = own.withFallback(calendar);
    try {
      return new Seller(
          name,
          zone(place, all.getString("zone")),
          new Hours(spans(place, own), daysOff(place, own, calendar)),
          all.getDuration("appointment"),
          all.getDuration("before"),
          all.getDuration("after"),
          all.getDuration("notice"),
          all.getDuration("ahead"));
    } catch (IllegalArgumentException wrong) {
      throw new Unusable(place + " " + wrong.getMessage());
    }
  }

  private static ZoneId zone(String place, String name) {
    try {
      if (ZoneId.getAvailableZoneIds().contains(name)) return ZoneId.of(name);
    } catch (DateTimeException none) {
      throw new Unusable(place + ": there is no time zone " + name);
    }
    throw new Unusable(
        place + ": there is no time zone " + name + "; name one such as Europe/Berlin");
  }

  private static Map<DayOfWeek, List<Span>> spans(String place, Config own) {
    var spans = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    if (!own.hasPath("hours")) throw new Unusable(place + " has no hours: say when he works");
    var hours = own.getConfig("hours");
    for (var days : hours.root().keySet()) {
      var found = spans(place, hours.getString(days));
      for (var day : days(place, days)) {
        spans.computeIfAbsent(day, _ -> new ArrayList<>()).addAll(found);
      }
    }
    return spans;
  }

  private static List<Span> spans(String place, String text) {
    var spans = new ArrayList<Span>();
    for (var each : text.split(",")) {
      if (each.isBlank()) continue;
      spans.add(
          Span.parsed(each.strip())
              .orElseThrow(() ->
                  new Unusable(
                      place + ": hours are written as \"09:00-12:00, 13:00-17:00\", not " + text)));
    }
    return spans;
  }

  /// `mon`, or `mon-fri`; a range may go over the end of the week.
  private static List<DayOfWeek> days(String place, String text) {
    var ends = text.split("-", -1);
    int first = DAYS.indexOf(ends[0]);
    int last = DAYS.indexOf(ends[ends.length - 1]);
    if (ends.length > 2 || first < 0 || last < 0) {
      throw new Unusable(place + ": a weekday is written as mon or mon-fri, not " + text);
    }
    var days = new ArrayList<DayOfWeek>();
    for (int day = first; ; day = (day + 1) % DAYS.size()) {
      days.add(DayOfWeek.of(day + 1));
      if (day == last) return days;
    }
  }

  /// Everybody's, and the seller's own.
  private static List<DaysOff> daysOff(String place, Config own, Config calendar) {
    var texts = new ArrayList<>(calendar.getStringList("days-off"));
    if (own.hasPath("days-off")) texts.addAll(own.getStringList("days-off"));
    if (texts.size() > DAYS_OFF_MAX) {
      throw new Unusable(place + " has more than " + DAYS_OFF_MAX + " days off: write ranges");
    }
    return texts.stream()
        .map(text ->
            DaysOff.parsed(text)
                .orElseThrow(() ->
                    new Unusable(
                        place
                            + ": days off are written as 2027-12-24 or 2027-12-24..2028-01-02, not "
                            + text)))
        .toList();
  }
}
