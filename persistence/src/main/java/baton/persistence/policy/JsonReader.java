package baton.persistence.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Reads the stored form of a document again.
final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(YamlReader.DEPTH_MAX + 1).build())
          .build();

  private final String file;
  private final JsonParser parser;

  private JsonReader(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /// Empty where the text is no JSON of this form; then a problem says so.
  static Optional<Tree> read(String file, String json, Problems problems) {
    try (var parser = FACTORY.createParser(json)) {
      parser.nextToken();
      var tree = new JsonReader(file, parser).tree();
      if (parser.nextToken() == null) return Optional.of(tree);
      problems.add(YamlReader.top(file), "something follows the document: store it anew");
    } catch (IOException | RuntimeException broken) {
      problems.add(
          YamlReader.top(file),
          "this is not a stored policy document: store it anew from its YAML");
    }
    return Optional.empty();
  }

  private Tree tree() throws IOException {
    var token = parser.currentToken();
    var at = place();
    if (token == null) throw new IllegalArgumentException("the text ends too early");
    return switch (token) {
      case VALUE_STRING -> new Tree.Text(at, parser.getText());
      case VALUE_NUMBER_INT -> new Tree.Whole(at, parser.getLongValue());
      case VALUE_TRUE -> new Tree.Truth(at, true);
      case VALUE_FALSE -> new Tree.Truth(at, false);
      case START_ARRAY -> {
        var values = new ArrayList<Tree>();
        while (parser.nextToken() != JsonToken.END_ARRAY) values.add(tree());
        yield new Tree.Items(at, values);
      }
      case START_OBJECT -> {
        var values = new LinkedHashMap<String, Tree>();
        var keys = new LinkedHashMap<String, Place>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = parser.currentName();
          keys.put(name, place());
          parser.nextToken();
          values.put(name, tree());
        }
        yield new Tree.Members(at, values, keys);
      }
      case VALUE_NULL,
          VALUE_NUMBER_FLOAT,
          VALUE_EMBEDDED_OBJECT,
          FIELD_NAME,
          END_ARRAY,
          END_OBJECT,
          NOT_AVAILABLE ->
          throw new IllegalArgumentException("no document holds " + token);
    };
  }

  private Place place() {
    var location = parser.currentTokenLocation();
    return new Place(file, location.getLineNr(), location.getColumnNr());
  }
}
