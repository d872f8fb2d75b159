package baton.runtime.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What lies in deploy/, as JSON.
final class Yaml {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Yaml() {}

  static Path deploy() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("baton"))) folder = folder.getParent();
    return folder.resolve("deploy");
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The documents of a file, in its order.
  static List<JsonNode> documents(String yaml) {
    var documents = new ArrayList<JsonNode>();
    for (var document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      documents.add(JSON.valueToTree(merged(document)));
    }
    return documents;
  }

  /// Compose takes over what `<<` refers to, which YAML 1.2 no longer knows.
  private static Object merged(Object node) {
    return switch (node) {
      case Map<?, ?> map -> {
        var all = new LinkedHashMap<Object, Object>();
        if (map.get("<<") instanceof Map<?, ?> others) all.putAll((Map<?, ?>) merged(others));
        map.forEach((key, value) -> all.put(key, merged(value)));
        all.remove("<<");
        yield all;
      }
      case List<?> list -> list.stream().map(Yaml::merged).toList();
      case null -> null;
      default -> node;
    };
  }

  /// What does not fit the schema of that name among the resources, a line each.
  static List<String> misfits(String schema, JsonNode document) {
    try (var in = Yaml.class.getResourceAsStream("/deploy/" + schema)) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JSON.readTree(in))
          .validate(document)
          .stream()
          .map(error -> error.toString())
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The strings of a list, or the names of an object's fields.
  static List<String> words(JsonNode node) {
    var words = new ArrayList<String>();
    if (node.isObject()) node.fieldNames().forEachRemaining(words::add);
    else node.forEach(word -> words.add(word.asText()));
    return words;
  }
}
