package baton.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A sorted map that never changes is what a tree would be.
class SortedTest {
  @Test
  void givenAnyChanges_thenItIsWhatATreeIs_andWhatWasBeforeStays() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      var tree = new TreeMap<Integer, Integer>();
      Sorted<Integer, Integer> sorted = Sorted.empty();
      for (int change = 0; change < 30; change++) {
        int key = random.nextInt(12);
        var before = sorted;
        var copy = new TreeMap<>(tree);
        if (random.nextInt(3) == 0) {
          tree.remove(key);
          sorted = sorted.without(key);
        } else {
          tree.put(key, change);
          sorted = sorted.with(key, change);
        }
        assertEquals(copy, before);
        assertEquals(tree, sorted);
        assertEquals(tree.hashCode(), sorted.hashCode());
        assertEquals(List.copyOf(tree.entrySet()), List.copyOf(sorted.entrySet()));
        assertEquals(tree.get(key), sorted.get(key));
        assertEquals(tree.containsKey(key), sorted.containsKey(key));
        assertEquals(tree.headMap(key), sorted.headMap(key));
        assertEquals(tree.tailMap(key), sorted.tailMap(key));
        assertEquals(tree.subMap(key, key + 3), sorted.subMap(key, key + 3));
      }
      assertEquals(tree, Sorted.of(tree));
      assertSame(sorted, Sorted.of(sorted));
    }
  }

  @Test
  void itCannotBeChanged() {
    var sorted = Sorted.<String, Integer>empty().with("a", 1);
    assertThrows(UnsupportedOperationException.class, () -> sorted.put("b", 2));
    assertThrows(UnsupportedOperationException.class, () -> sorted.remove("a"));
    assertThrows(
        UnsupportedOperationException.class, () -> sorted.entrySet().iterator().next().setValue(2));
    assertEquals("{a=1}", sorted.toString());
  }
}
