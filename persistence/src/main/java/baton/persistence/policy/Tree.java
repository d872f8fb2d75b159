package baton.persistence.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A document as it was read: JSON's shapes without null and without decimal numbers, each with its
/// place. What is asked for and not there is empty, since the schema says what must be there.
public sealed interface Tree {
  Place at();

  /// @param keys where each key stands
  record Members(Place at, Map<String, Tree> values, Map<String, Place> keys) implements Tree {
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      keys = Map.copyOf(keys);
    }

    Members with(String name, Tree value) {
      var changed = new LinkedHashMap<>(values);
      changed.put(name, value);
      return new Members(at, changed, keys);
    }
  }

  record Items(Place at, List<Tree> values) implements Tree {
    public Items {
      values = List.copyOf(values);
    }
  }

  record Text(Place at, String value) implements Tree {}

  record Whole(Place at, long value) implements Tree {}

  record Truth(Place at, boolean value) implements Tree {}

  default Optional<Tree> get(String name) {
    return this instanceof Members members
        ? Optional.ofNullable(members.values.get(name))
        : Optional.empty();
  }

  default Optional<Tree> get(int index) {
    return this instanceof Items(_, var values) && index >= 0 && index < values.size()
        ? Optional.of(values.get(index))
        : Optional.empty();
  }

  /// Where a member stands, or where it should.
  default Place at(String name) {
    return get(name).map(Tree::at).orElse(at());
  }

  default List<Tree> list(String name) {
    return get(name, Items.class).map(Items::values).orElse(List.of());
  }

  /// The texts of a list; whatever else it holds is left out.
  default List<Text> texts(String name) {
    return list(name).stream().filter(Text.class::isInstance).map(Text.class::cast).toList();
  }

  default String text(String name) {
    return get(name, Text.class).map(Text::value).orElse("");
  }

  default long whole(String name) {
    return get(name, Whole.class).map(Whole::value).orElse(0L);
  }

  default boolean truth(String name) {
    return get(name, Truth.class).map(Truth::value).orElse(false);
  }

  /// A member of that name and that shape.
  default <T extends Tree> Optional<T> get(String name, Class<T> shape) {
    return get(name).filter(shape::isInstance).map(shape::cast);
  }
}
