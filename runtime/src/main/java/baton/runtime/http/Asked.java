package baton.runtime.http;

import baton.handoff.ConversationId;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A request that was let in.
///
/// @param path the values of the path's variables
/// @param mediaType of the body, lower case; empty where there is none
/// @param stream the body of a route that takes it bit by bit; else there is nothing in it
/// @param ifMatch the etag of what its sender has seen
/// @param lastEventId what a stream's reader saw last
/// @param cookies as the browser sent them: not proven
/// @param csrf what goes with the caller's cookie; empty where there is none
/// @param address where it came from
public record Asked(
    String tenant,
    Caller caller,
    Map<String, String> path,
    Map<String, String> query,
    String mediaType,
    byte[] body,
    InputStream stream,
    boolean wantsStream,
    Optional<String> ifMatch,
    Optional<String> lastEventId,
    Map<String, String> cookies,
    String csrf,
    String address) {

  /// The conversation in the path. Whoever is no operator holds its token.
  public ConversationId conversation() {
    String id = path.get("id");
    if (!ConversationId.isName(id)) throw unknown();
    return new ConversationId(tenant, id);
  }

  public String operator() {
    return caller instanceof Caller.Operator(var name) ? name : "";
  }

  /// There is no such conversation. Only operators learn that.
  public Problem unknown() {
    return caller.isOperator()
        ? Problem.of(404, "there is no such conversation")
        : Problem.of(403, "this token does not open this conversation");
  }

  /// The fields of a form. One that was left empty is not there.
  public Body form(String... known) {
    if (!mediaType.equals(Form.MEDIA_TYPE)) {
      throw Problem.of(415, "the body must be a form");
    }
    return Body.of(Form.read(body).object(), known);
  }

  Body json(String... known) {
    if (!mediaType.equals("application/json")) {
      throw Problem.of(415, "the body must be JSON: send Content-Type: application/json");
    }
    return Body.of(Json.object(body), known);
  }

  /// The same where the body may also be left out.
  Body jsonOrNothing(String... known) {
    return body.length == 0 ? Body.of(JsonNodeFactory.instance.objectNode(), known) : json(known);
  }

  /// The version that its sender has seen, for what is changed only where that is the last.
  OptionalLong seen() {
    if (ifMatch.isEmpty()) return OptionalLong.empty();
    var etag = ifMatch.get().strip();
    if (!etag.matches("\"[0-9]{1,18}\"")) {
      throw Problem.invalid("If-Match is not an etag as it was given, in double quotes");
    }
    return OptionalLong.of(Long.parseLong(etag.substring(1, etag.length() - 1)));
  }

  /// A whole number in the query, 0 or more.
  public long number(String name, long otherwise) {
    String text = query.get(name);
    return text == null ? otherwise : number(name, text);
  }

  /// After which event a reader goes on: the stream's own memory counts before the address.
  long after() {
    return lastEventId.map(text -> number("Last-Event-ID", text)).orElse(number("after", 0));
  }

  private static long number(String name, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.invalid("'" + name + "' is not a whole number, 0 or more");
    }
    return Long.parseLong(text);
  }
}
