package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A committed file that says, laid out for reading, which bytes are written. With `-Drewrite` it
/// is written anew, and the difference is reviewed.
record Golden(Path file) {
  private static final JsonMapper LAYOUT = new JsonMapper();

  static Golden named(String name) {
    return new Golden(Path.of("src", "test", "resources", "golden", name + ".json"));
  }

  /// The very bytes, as text: white space between tokens is gone, nothing else is touched.
  String compact() {
    var out = new StringBuilder();
    boolean quoted = false;
    boolean escaped = false;
    for (char c : text().toCharArray()) {
      if (quoted || !Character.isWhitespace(c)) out.append(c);
      if (c == '"' && !escaped) quoted = !quoted;
      escaped = c == '\\' && !escaped;
    }
    return out.toString();
  }

  void holds(String json) {
    if (System.getProperty("rewrite") != null) rewrite(json);
    assertTrue(Files.exists(file), "no golden file " + file + ": write it with -Drewrite");
    assertEquals(compact(), json, "stored bytes have changed: " + file);
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void rewrite(String json) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, LAYOUT.readTree(json).toPrettyString() + "\n");
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException("not JSON", failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
