package baton.simulation.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A number for each different thing, in the order in which they were met: equal things have equal
/// numbers, so that a world can be compared and hashed as a row of numbers.
final class Numbered<T> {
  private final Map<T, Integer> numbers = new HashMap<>();
  private final List<T> things = new ArrayList<>();

  int of(T thing) {
    var known = numbers.get(thing);
    if (known != null) return known;
    int number = things.size();
    numbers.put(thing, number);
    things.add(thing);
    return number;
  }

  T at(int number) {
    return things.get(number);
  }

  int size() {
    return things.size();
  }
}
