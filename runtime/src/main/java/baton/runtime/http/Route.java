package baton.runtime.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One call of the public contract.
///
/// @param template the path, with variables in braces
/// @param query names that the query may have
record Route(String method, String template, Access access, Set<String> query, Handler handler) {
  enum Access {
    ANYONE,
    /// The conversation's buyer, and operators.
    CONVERSATION,
    OPERATOR
  }

  /// Answers on a thread that may block.
  @FunctionalInterface
  interface Handler {
    Answer answer(Asked asked) throws Exception;
  }

  static Route of(String method, String template, Access access, Handler handler) {
    return new Route(method, template, access, Set.of(), handler);
  }

  Route with(String... names) {
    return new Route(method, template, access, Set.of(names), handler);
  }

  /// The values of the path's variables, or empty where the path is another one.
  Optional<Map<String, String>> match(List<String> segments) {
    var parts = List.of(template.substring(1).split("/"));
    if (parts.size() != segments.size()) return Optional.empty();
    var values = new HashMap<String, String>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) values.put(part.substring(1, part.length() - 1), segments.get(i));
      else if (!part.equals(segments.get(i))) return Optional.empty();
    }
    return Optional.of(values);
  }
}
