package baton.bench.report;

import java.util.Optional;
import java.util.OptionalDouble;

/// One measured figure.
///
/// @param measure what it is held against; empty where nothing was asked of it
/// @param ratio to the yardstick
public record Figure(
    String name, double value, String unit, Optional<Measure> measure, OptionalDouble ratio) {
  public static Figure of(Measure measure, String name, double value) {
    return new Figure(name, value, measure.unit(), Optional.of(measure), OptionalDouble.empty());
  }

  public static Figure of(String name, double value, String unit) {
    return new Figure(name, value, unit, Optional.empty(), OptionalDouble.empty());
  }

  public Figure over(double yardstick) {
    return new Figure(name, value, unit, measure, OptionalDouble.of(value / yardstick));
  }

  public Optional<Measure.Standing> standing() {
    return measure.map(held -> held.standing(value));
  }
}
