package baton.handoff;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/// A sorted map that never changes, of the few entries that a state has: the next one is a copied
/// array, where a tree would be built anew for each event.
final class Sorted<K extends Comparable<K>, V> extends AbstractMap<K, V>
    implements SortedMap<K, V> {
  /// By key, lowest first.
  private final Entry<K, V>[] entries;

  private Sorted(Entry<K, V>[] entries) {
    this.entries = entries;
  }

  @SuppressWarnings("unchecked") // an array of nothing
  static <K extends Comparable<K>, V> Sorted<K, V> empty() {
    return new Sorted<>((Entry<K, V>[]) new Entry<?, ?>[0]);
  }

  /// The same map, itself where it never changes already.
  @SuppressWarnings("unchecked") // an array of entries of this very map
  static <K extends Comparable<K>, V> Sorted<K, V> of(SortedMap<K, V> map) {
    if (map instanceof Sorted<K, V> sorted) return sorted;
    return new Sorted<>(
        map.entrySet().stream()
            .map(Map.Entry::copyOf)
            .sorted(Map.Entry.comparingByKey())
            .toArray(Entry[]::new));
  }

  Sorted<K, V> with(K key, V value) {
    int place = place(key);
    boolean known = isAt(place, key);
    var next = Arrays.copyOf(entries, entries.length + (known ? 0 : 1));
    if (!known) System.arraycopy(entries, place, next, place + 1, entries.length - place);
    next[place] = Map.entry(key, value);
    return new Sorted<>(next);
  }

  Sorted<K, V> with(Map<K, V> newer) {
    var next = this;
    for (var entry : newer.entrySet()) next = next.with(entry.getKey(), entry.getValue());
    return next;
  }

  Sorted<K, V> without(K key) {
    int place = place(key);
    if (!isAt(place, key)) return this;
    var next = Arrays.copyOf(entries, entries.length - 1);
    System.arraycopy(entries, place + 1, next, place, next.length - place);
    return new Sorted<>(next);
  }

  /// Where a key is, or would be.
  private int place(K key) {
    int from = 0;
    int to = entries.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (entries[middle].getKey().compareTo(key) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private boolean isAt(int place, Object key) {
    return place < entries.length && entries[place].getKey().equals(key);
  }

  // --- as a map

  @Override
  @SuppressWarnings("unchecked") // as with every sorted map, the keys must be comparable
  public V get(Object key) {
    int place = place((K) key);
    return isAt(place, key) ? entries[place].getValue() : null;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return entries.length;
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    for (var entry : entries) action.accept(entry.getKey(), entry.getValue());
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return Arrays.asList(entries).iterator();
      }

      @Override
      public int size() {
        return entries.length;
      }
    };
  }

  @Override
  public Comparator<? super K> comparator() {
    return null;
  }

  @Override
  public K firstKey() {
    if (isEmpty()) throw new NoSuchElementException();
    return entries[0].getKey();
  }

  @Override
  public K lastKey() {
    if (isEmpty()) throw new NoSuchElementException();
    return entries[entries.length - 1].getKey();
  }

  @Override
  public Sorted<K, V> subMap(K from, K to) {
    return new Sorted<>(Arrays.copyOfRange(entries, place(from), place(to)));
  }

  @Override
  public Sorted<K, V> headMap(K to) {
    return new Sorted<>(Arrays.copyOfRange(entries, 0, place(to)));
  }

  @Override
  public Sorted<K, V> tailMap(K from) {
    return new Sorted<>(Arrays.copyOfRange(entries, place(from), entries.length));
  }
}
