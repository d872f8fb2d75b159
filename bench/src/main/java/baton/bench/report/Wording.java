package baton.bench.report;

import java.util.Locale;

/// Numbers as people read them: three digits that count.
public final class Wording {
  private Wording() {}

  public static String number(double value) {
    double size = Math.abs(value);
    if (size == 0 || size >= 100 || size == Math.rint(size)) return form("%,.0f", value);
    if (size >= 10) return form("%.1f", value);
    if (size >= 0.1) return form("%.2f", value);
    return form("%.3f", value);
  }

  /// With its unit.
  public static String amount(double value, String unit) {
    return number(value) + " " + unit;
  }

  public static String percent(double value) {
    return form("%.0f %%", value);
  }

  static String form(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
