package baton.runtime.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One call of the public contract.
///
/// @param template the path, with variables in braces, each perhaps followed by a fixed ending
/// @param query names that the query may have
/// @param bodies how the request's body comes to the handler
public record Route(
    String method,
    String template,
    Access access,
    Kind kind,
    Set<String> query,
    Bodies bodies,
    Handler handler) {
  /// Tells why an engine is not ready.
  static final String CLUSTER = "/v1/cluster";

  private static final Set<String> UPKEEP =
      Set.of("/health/live", "/health/ready", "/metrics", "/sign-in");

  /// Who may ask.
  public enum Access {
    ANYONE,
    /// The conversation's buyer, and operators.
    CONVERSATION,
    /// The conversation's buyer alone.
    BUYER,
    OPERATOR
  }

  /// For whom the answer is meant.
  public enum Kind {
    /// Programs.
    API,
    /// People with a browser.
    PAGE
  }

  /// How request bodies are taken.
  public enum Bodies {
    /// As a whole, within a bound.
    WHOLE,
    /// Bit by bit, however long it is.
    STREAMED
  }

  /// Answers on a thread that may block.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Asked asked) throws Exception;
  }

  static Route of(String method, String template, Access access, Handler handler) {
    return new Route(method, template, access, Kind.API, Set.of(), Bodies.WHOLE, handler);
  }

  public static Route page(String method, String template, Access access, Handler handler) {
    return new Route(method, template, access, Kind.PAGE, Set.of(), Bodies.WHOLE, handler);
  }

  public Route with(String... names) {
    return new Route(method, template, access, kind, Set.of(names), bodies, handler);
  }

  /// The same for a program: it need not come from a page of ours.
  public Route forAnybody() {
    return new Route(method, template, access, Kind.API, query, bodies, handler);
  }

  Route streamed() {
    return new Route(method, template, access, kind, query, Bodies.STREAMED, handler);
  }

  /// Whether it is what an engine is watched by, or by what those get in who watch it.
  boolean isUpkeep() {
    return UPKEEP.contains(template);
  }

  /// Whether it may change something.
  boolean isUnsafe() {
    return !method.equals("GET");
  }

  /// Whether it can be answered only by an engine that is ready.
  boolean needsEngine() {
    return template.startsWith("/v1/") && !template.equals(CLUSTER)
        || kind == Kind.PAGE && access != Access.ANYONE;
  }

  /// The values of the path's variables, or empty where the path is another one.
  Optional<Map<String, String>> match(List<String> segments) {
    var parts =
        template.equals("/") ? List.<String>of() : List.of(template.substring(1).split("/"));
    if (parts.size() != segments.size()) return Optional.empty();
    var values = new HashMap<String, String>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String segment = segments.get(i);
      int end = part.indexOf('}');
      if (end < 0 && !part.equals(segment)) return Optional.empty();
      if (end < 0) continue;
      String suffix = part.substring(end + 1);
      if (!segment.endsWith(suffix)) return Optional.empty();
      values.put(part.substring(1, end), segment.substring(0, segment.length() - suffix.length()));
    }
    return Optional.of(values);
  }
}
