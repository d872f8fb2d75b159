package baton.persistence.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Holds a document against a published schema and says in the author's words what is missing.
final class SchemaCheck {
  static final SchemaCheck POLICY = new SchemaCheck("/policy.schema.json");
  static final SchemaCheck SCENARIO = new SchemaCheck("/scenario.schema.json");

  /// The published JSON Schema (2020-12), as text.
  final String text;

  private final JsonNode root;
  private final Schema schema;

  private SchemaCheck(String resource) {
    text = resource(resource);
    root = parse(text);
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
  }

  void check(Tree document, Problems problems) {
    for (var error : schema.validate(json(document))) {
      var subject = subject(document, error.getInstanceLocation());
      var place = place(subject, error);
      // Each missing key is a problem of its own, and all of them stand at the mapping.
      if (error.getKeyword().equals("required")) problems.also(place, words(subject, error));
      else problems.add(place, words(subject, error));
    }
  }

  /// An unknown key is shown where it stands, everything else where the value is.
  private static Place place(Tree subject, Error error) {
    return error.getKeyword().equals("additionalProperties")
            && subject instanceof Tree.Members members
        ? members.keys().getOrDefault(error.getProperty(), subject.at())
        : subject.at();
  }

  private String words(Tree subject, Error error) {
    var keyword = error.getKeyword();
    var bound = error.getSchemaNode().asText();
    var shown = shown(subject);
    var about = about(error);
    return switch (keyword) {
      case "required" ->
          "\""
              + error.getProperty()
              + "\" is missing: "
              + property(error, error.getProperty()).orElse("add it");
      case "additionalProperties" -> unknownKey(error);
      case "type" -> "expected " + type(bound) + ", not " + shown + about;
      case "const" -> "expected " + bound + ", not " + shown;
      case "enum" ->
          "expected one of "
              + String.join(", ", choices(error))
              + ", not "
              + shown
              + Nearest.to(subject instanceof Tree.Text text ? text.value() : "", choices(error));
      case "pattern" -> shown + " has another form than" + about.replaceFirst(":", "");
      case "minimum", "exclusiveMinimum" -> "expected at least " + bound + ", not " + shown + about;
      case "maximum", "exclusiveMaximum" -> "expected at most " + bound + ", not " + shown + about;
      case "minLength" -> "the text is empty" + about;
      case "maxLength" -> "the text is longer than " + bound + " characters: shorten it";
      case "minItems" -> "the list is empty" + about;
      case "maxItems" -> "the list is longer than " + bound + ": shorten it";
      case "minProperties", "maxProperties" -> "expected " + bound + " key here" + about;
      default -> error.getMessage();
    };
  }

  private String unknownKey(Error error) {
    var known = new ArrayList<String>();
    parent(error).path("properties").fieldNames().forEachRemaining(known::add);
    return "there is no \""
        + error.getProperty()
        + "\" here: remove it"
        + Nearest.to(error.getProperty(), known);
  }

  private static List<String> choices(Error error) {
    return StreamSupport.stream(error.getSchemaNode().spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private String about(Error error) {
    var words = description(parent(error)).orElse("");
    return words.isEmpty() ? "" : ": " + words;
  }

  /// The words of the schema about a property that is not there.
  private Optional<String> property(Error error, String name) {
    return description(parent(error).path("properties").path(name));
  }

  private Optional<String> description(JsonNode part) {
    if (part.has("description")) return Optional.of(part.get("description").asText());
    return part.has("$ref")
        ? description(root.at(part.get("$ref").asText().substring(1)))
        : Optional.empty();
  }

  /// The schema that holds the keyword which was not met.
  private JsonNode parent(Error error) {
    var path = error.getSchemaLocation().getFragment();
    var node = root;
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      node =
          switch (path.getElement(i)) {
            case Integer index -> node.path(index);
            case Object name -> node.path(name.toString());
          };
    }
    return node;
  }

  private static Tree subject(Tree document, NodePath path) {
    var tree = document;
    for (int i = 0; i < path.getNameCount(); i++) {
      var here = tree;
      tree =
          switch (path.getElement(i)) {
            case Integer index -> here.get(index).orElse(here);
            case Object name -> here.get(name.toString()).orElse(here);
          };
    }
    return tree;
  }

  private static String shown(Tree tree) {
    return switch (tree) {
      case Tree.Text(_, var value) ->
          "\"" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "\"";
      case Tree.Whole(_, var value) -> Long.toString(value);
      case Tree.Truth(_, var value) -> Boolean.toString(value);
      case Tree.Items _ -> "a list";
      case Tree.Members _ -> "a mapping";
    };
  }

  private static String type(String name) {
    return switch (name) {
      case "string" -> "text";
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "a mapping";
      default -> name;
    };
  }

  private static JsonNode json(Tree tree) {
    var make = JsonNodeFactory.instance;
    return switch (tree) {
      case Tree.Text(_, var value) -> make.textNode(value);
      case Tree.Whole(_, var value) -> make.numberNode(value);
      case Tree.Truth(_, var value) -> make.booleanNode(value);
      case Tree.Items(_, var values) -> {
        var array = make.arrayNode();
        values.forEach(value -> array.add(json(value)));
        yield array;
      }
      case Tree.Members members -> {
        var object = make.objectNode();
        members.values().forEach((name, value) -> object.set(name, json(value)));
        yield object;
      }
    };
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static String resource(String name) {
    try (var in = SchemaCheck.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException(name + " is not in the jar");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
