package baton.runtime.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a browser sends when a form is submitted without any script.
record Form(Map<String, String> fields) {
  static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  /// The field that proves that the form was ours.
  static final String CSRF = "csrf";

  static Form read(byte[] body) {
    var fields = new LinkedHashMap<String, String>();
    try {
      String text = StandardCharsets.US_ASCII.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      for (String pair : text.split("&")) {
        if (pair.isEmpty()) continue;
        int at = pair.indexOf('=');
        String name = decoded(at < 0 ? pair : pair.substring(0, at));
        if (fields.put(name, at < 0 ? "" : decoded(pair.substring(at + 1))) != null) {
          throw Problem.invalid("a field of the form is there twice");
        }
      }
    } catch (CharacterCodingException | IllegalArgumentException broken) {
      throw Problem.of(400, "the body is not a form");
    }
    return new Form(fields);
  }

  /// The fields that were filled in, as the API would have them.
  ObjectNode object() {
    var object = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, value) -> {
      if (!name.equals(CSRF) && !value.isEmpty()) object.put(name, value);
    });
    return object;
  }

  /// Strictly: what is no UTF-8 is not made into something else.
  private static String decoded(String text) throws CharacterCodingException {
    byte[] bytes =
        URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
