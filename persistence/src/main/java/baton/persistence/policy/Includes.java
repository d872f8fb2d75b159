package baton.persistence.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a document's included files come from, by the path that the document gives.
@FunctionalInterface
public interface Includes {
  /// The file's text, or empty where there is none.
  Optional<String> read(String path);

  /// A document that stands alone.
  static Includes none() {
    return _ -> Optional.empty();
  }

  /// Files in the folder of the document, and below it.
  static Includes in(Path folder) {
    return path -> {
      var file = folder.resolve(path);
      try {
        if (!Files.isRegularFile(file) || Files.size(file) > PolicyCompiler.SIZE_MAX_BYTES) {
          return Optional.empty();
        }
        return Optional.of(Files.readString(file));
      } catch (IOException unreadable) {
        return Optional.empty();
      }
    };
  }

  /// The sample policies that come with the engine.
  static Includes samples() {
    return path -> {
      try (var in = Includes.class.getResourceAsStream("/policies/" + path)) {
        if (in == null) return Optional.empty();
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException damaged) {
        throw new UncheckedIOException(damaged);
      }
    };
  }
}
