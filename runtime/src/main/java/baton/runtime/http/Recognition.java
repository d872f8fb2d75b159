package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.runtime.http.Route.Access;
import baton.runtime.http.Route.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Who asks: a program by the token that it sends, or a browser by a cookie.
///
/// A browser sends cookies whoever makes it ask. So what changes something is only taken from one
/// of our own pages: the browser names the page's origin, and the page sends what goes with the
/// cookie.
final class Recognition {
  static final String CSRF_HEADER = "X-Baton-Csrf";

  /// A member of the query: with the cookies of both, whose eyes look.
  static final String AS = "as";

  private static final Sessions.Session NOBODY = new Sessions.Session(new Caller.Anonymous(), "");

  private final String tenant;
  private final Tokens tokens;
  private final Sessions sessions;

  Recognition(String tenant, Tokens tokens, Sessions sessions) {
    this.tenant = tenant;
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /// Empty where something was sent that is nobody's token.
  Optional<Sessions.Session> of(
      HttpRequest request, Route route, Map<String, String> path, byte[] body) {
    var header = header(request, "Authorization");
    if (header.isPresent()) {
      return bearer(header.get().strip()).map(caller -> new Sessions.Session(caller, ""));
    }
    var known = browser(request, route, path);
    if (!route.isUnsafe()) return Optional.of(known.isEmpty() ? NOBODY : known.getFirst());
    if (route.kind() == Kind.PAGE) mustBeOurs(request);
    if (known.isEmpty()) return Optional.of(NOBODY);
    String sent = csrf(request, body);
    var proven = known.stream().filter(session -> Sessions.same(session.csrf(), sent)).findFirst();
    // Where anybody may ask, a cookie that proves nothing is no reason to turn somebody down.
    if (proven.isEmpty() && route.access() == Route.Access.ANYONE) return Optional.of(NOBODY);
    mustBeOurs(request);
    return Optional.of(proven.orElseThrow(Recognition::notOurs));
  }

  /// Whether somebody asks who was an operator lately. Looks nothing up, so that nobody waits for
  /// it.
  boolean mayBeOperator(HttpRequest request) {
    return header(request, "Authorization")
        .map(value -> bearer(value.strip()).filter(Caller::isOperator).isPresent())
        .orElseGet(() -> sessions.wasOperator(cookies(request)));
  }

  /// What the browser sent, oldest first. Of two with one name the first counts.
  static Map<String, String> cookies(HttpRequest request) {
    var cookies = new LinkedHashMap<String, String>();
    for (var pair : header(request, "Cookie").orElse("").split(";")) {
      int at = pair.indexOf('=');
      if (at > 0)
        cookies.putIfAbsent(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
    }
    return cookies;
  }

  static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  /// Whether the browser came by https.
  static boolean isSecure(HttpRequest request) {
    return request.getUri().getScheme().equals("https")
        || header(request, "X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
  }

  private Optional<Caller> bearer(String value) {
    return value.regionMatches(true, 0, "Bearer ", 0, 7)
        ? tokens.caller(tenant, value.substring(7).strip())
        : Optional.empty();
  }

  /// Whom the cookies may stand for here, first whom they stand for where nobody says.
  private List<Sessions.Session> browser(
      HttpRequest request, Route route, Map<String, String> path) {
    var cookies = cookies(request);
    var operator = sessions.operator(cookies);
    var buyer =
        Optional.ofNullable(path.get("id"))
            .filter(ConversationId::isName)
            .flatMap(id -> sessions.buyer(cookies, new ConversationId(tenant, id)));
    boolean asBuyer =
        route.access() == Access.BUYER
            || request.getUri().query().get(AS).filter("buyer"::equals).isPresent();
    return switch (route.access()) {
      case ANYONE ->
          route.kind() == Kind.API
              ? operator.stream().toList()
              // Such a page shows the buyer his own; what changes something there asks for a token.
              : route.isUnsafe() ? List.of() : buyer.stream().toList();
      case OPERATOR -> operator.stream().toList();
      case BUYER -> buyer.stream().toList();
      case CONVERSATION ->
          asBuyer
              ? buyer.stream().toList()
              : Stream.of(operator, buyer).flatMap(Optional::stream).toList();
    };
  }

  private static String csrf(HttpRequest request, byte[] body) {
    boolean form = request.entity().getContentType().mediaType().toString().equals(Form.MEDIA_TYPE);
    return header(request, CSRF_HEADER)
        .or(() ->
            form ? Optional.ofNullable(Form.read(body).fields().get(Form.CSRF)) : Optional.empty())
        .orElse("");
  }

  /// What the browser itself says about the page that asks. One that says nothing is not let in.
  private static void mustBeOurs(HttpRequest request) {
    var site = header(request, "Sec-Fetch-Site");
    var origin = header(request, "Origin");
    boolean fromUs =
        site.map("same-origin"::equals).orElse(true)
            && origin.map(from -> isOurs(request, from)).orElse(true)
            && (site.isPresent() || origin.isPresent());
    if (!fromUs) throw notOurs();
  }

  private static boolean isOurs(HttpRequest request, String origin) {
    int at = origin.indexOf("://");
    if (at < 0) return false;
    String host = origin.substring(at + 3);
    return header(request, "Host").filter(host::equalsIgnoreCase).isPresent()
        // No other site's page can make a browser send this one.
        || header(request, "X-Forwarded-Host").filter(host::equalsIgnoreCase).isPresent();
  }

  private static Problem notOurs() {
    return Problem.of(
        403, "this did not come from a page of ours: load the page again and repeat it");
  }
}
