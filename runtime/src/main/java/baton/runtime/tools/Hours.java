package baton.runtime.tools;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// When somebody works, on the local clock: spans of each weekday, with what lies between them as
/// breaks, and days off.
///
/// @param spans in order, apart from one another; a weekday without any is missing
public record Hours(Map<DayOfWeek, List<Span>> spans, List<DaysOff> off) {
  static final int DAY_MINUTES = 24 * 60;

  private static final Pattern SPAN =
      Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-4]):([0-5]\\d)");

  /// @param from minutes since local midnight
  /// @param until minutes since local midnight, 1440 at most
  public record Span(int from, int until) {
    /// `09:00-12:00`, of which the second may be `24:00`; empty where it is none.
    public static Optional<Span> parsed(String text) {
      var found = SPAN.matcher(text);
      if (!found.matches()) return Optional.empty();
      int from = minutes(found.group(1), found.group(2));
      int until = minutes(found.group(3), found.group(4));
      return from < until && until <= DAY_MINUTES
          ? Optional.of(new Span(from, until))
          : Optional.empty();
    }

    private static int minutes(String hours, String minutes) {
      return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    @Override
    public String toString() {
      return "%02d:%02d-%02d:%02d".formatted(from / 60, from % 60, until / 60, until % 60);
    }
  }

  /// @param last included
  public record DaysOff(LocalDate first, LocalDate last) {
    /// `2027-12-24`, or `2027-12-24..2028-01-02`; empty where it is neither.
    public static Optional<DaysOff> parsed(String text) {
      int dots = text.indexOf("..");
      try {
        var first = LocalDate.parse(dots < 0 ? text : text.substring(0, dots));
        var last = dots < 0 ? first : LocalDate.parse(text.substring(dots + 2));
        return last.isBefore(first) ? Optional.empty() : Optional.of(new DaysOff(first, last));
      } catch (DateTimeParseException none) {
        return Optional.empty();
      }
    }

    boolean contain(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }

    @Override
    public String toString() {
      return first.equals(last) ? first.toString() : first + ".." + last;
    }
  }

  /// @throws IllegalArgumentException where there are no hours, or two spans of a day overlap
  public Hours {
    var ordered = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
    spans.forEach((day, all) -> {
      if (!all.isEmpty()) ordered.put(day, inOrder(day, all));
    });
    if (ordered.isEmpty()) throw new IllegalArgumentException("has no hours");
    spans = Collections.unmodifiableMap(ordered);
    off = List.copyOf(off);
  }

  private static List<Span> inOrder(DayOfWeek day, List<Span> spans) {
    var sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparing(Span::from));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).from() < sorted.get(i - 1).until()) {
        String name =
            day.toString().charAt(0) + day.toString().substring(1).toLowerCase(Locale.ROOT);
        throw new IllegalArgumentException("has hours that overlap on a " + name);
      }
    }
    return List.copyOf(sorted);
  }

  List<Span> on(LocalDate day) {
    return off.stream().anyMatch(days -> days.contain(day))
        ? List.of()
        : spans.getOrDefault(day.getDayOfWeek(), List.of());
  }
}
