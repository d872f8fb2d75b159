package baton.runtime.pages.console;

import baton.handoff.port.Controls.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Names, times and values as the console writes them. Times are UTC until the browser, which alone
/// knows the reader's zone, puts them into it.
public final class Show {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EXACTLY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Show() {}

  public static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /// With the day and the second.
  public static String exactly(Instant at) {
    return EXACTLY.format(at);
  }

  public static String day(Instant at) {
    return DAY.format(at);
  }

  /// `with-human` becomes "With human".
  public static String capital(String name) {
    String plain = plain(name);
    return plain.isEmpty()
        ? plain
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
  }

  /// Begins with a capital, and keeps names as they are.
  public static String sentence(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  public static String plain(String name) {
    return name.replace('-', ' ').replace('.', ' ');
  }

  /// "0.7 s".
  public static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  /// The role as a person reads it; nobody where there is none.
  public static String holder(String role) {
    if (role == null || role.isEmpty()) return "Nobody";
    return role.equals("human") ? "Human" : capital(role);
  }

  /// "campaign inbound-trial", "the whole engine".
  public static String scope(Scope scope) {
    return switch (scope.level()) {
      case ENGINE -> "the whole engine";
      case TENANT -> "tenant " + scope.name();
      case CAMPAIGN -> "campaign " + scope.name();
      case ROLE -> "role " + scope.name();
      case CONVERSATION -> "conversation " + scope.name();
    };
  }

  /// What a fact or a member of an action says; what is gone says so.
  public static String value(Object value) {
    return switch (value) {
      case null -> "erased";
      case Map<?, ?> map when map.keySet().equals(java.util.Set.of("currency", "minor")) ->
          map.get("currency") + " " + java.math.BigDecimal.valueOf(minor(map), 2).toPlainString();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> plain(entry.getKey().toString()) + " " + value(entry.getValue()))
              .collect(Collectors.joining(", "));
      case List<?> list -> list.stream().map(Show::value).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  /// The same as a moment, or null where it is none.
  public static Instant moment(Object value) {
    boolean looksLikeOne =
        value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    return looksLikeOne ? Instant.parse((String) value) : null;
  }

  private static long minor(Map<?, ?> money) {
    return ((Number) money.get("minor")).longValue();
  }

  public static String percent(double fraction) {
    return Math.round(fraction * 100) + " %";
  }

  /// "1 permit", "2 permits".
  public static String count(long count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }

  /// The first characters of a hash: enough to tell two apart.
  public static String shortly(String hash) {
    return hash.length() <= 8 ? hash : hash.substring(0, 8);
  }
}
