package baton.runtime.tools.memory;

import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Rows by tenant and key, in the order of their keys. Each change says how it is undone.
final class Table<R> {
  private static final Comparator<Key> IN_ORDER =
      Comparator.comparing(Key::tenant).thenComparing(Key::rest);

  private record Key(String tenant, String rest) {}

  private final NavigableMap<Key, R> rows = new TreeMap<>(IN_ORDER);
  private final Deque<Runnable> undo;
  private long number;

  /// @param undo where the newest change's undoing is put first
  Table(Deque<Runnable> undo) {
    this.undo = undo;
  }

  Optional<R> get(String tenant, String key) {
    return Optional.ofNullable(rows.get(new Key(tenant, key)));
  }

  void put(String tenant, String key, R row) {
    put(new Key(tenant, key), row);
  }

  void remove(String tenant, String key) {
    var gone = new Key(tenant, key);
    var before = Optional.ofNullable(rows.remove(gone));
    undo.push(() -> before.ifPresent(old -> rows.put(gone, old)));
  }

  /// Puts it behind all that the table ever had.
  void append(String tenant, R row) {
    put(new Key(tenant, "%019d".formatted(++number)), row);
  }

  List<R> of(String tenant) {
    var first = new Key(tenant, "");
    var beyond = new Key(tenant + "\0", "");
    return List.copyOf(rows.subMap(first, beyond).values());
  }

  private void put(Key key, R row) {
    var before = Optional.ofNullable(rows.put(key, row));
    undo.push(() -> before.ifPresentOrElse(old -> rows.put(key, old), () -> rows.remove(key)));
  }
}
