package baton.runtime.tools;

import java.util.Locale;

/// What a price per seat is for.
public enum Term {
  MONTH("per seat and month"),
  YEAR("per seat and year"),
  ONCE("per seat, once");

  private final String words;

  Term(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Term of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
