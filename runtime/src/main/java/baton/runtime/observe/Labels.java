package baton.runtime.observe;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Names that somebody else chooses, as labels: the first 64 are told apart, later ones are
/// `other`, so that what is counted stays bounded.
final class Labels {
  static final int NAMES_MAX = 64;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  String of(String name) {
    return known.contains(name) || isTaken(name) ? name : "other";
  }

  private synchronized boolean isTaken(String name) {
    return known.contains(name) || known.size() < NAMES_MAX && known.add(name);
  }

  /// A constant as the API writes it: `POLICY_MOVED` is `policy-moved`.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
