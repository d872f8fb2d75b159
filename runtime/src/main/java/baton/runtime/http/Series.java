package baton.runtime.http;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One counter of this process, for `/metrics`.
///
/// @param name as Prometheus wants it, ending in `_total`
/// @param help what is counted, in one sentence
/// @param counts by labels, such as `verdict="deny"`; labels are never ids
public record Series(String name, String help, SortedMap<String, Long> counts) {
  public Series {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }
}
