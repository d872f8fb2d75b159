package baton.runtime.audit;

import com.typesafe.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How often checkpoints are made, and where copies of them go.
///
/// @param copies a folder or a web address that this engine cannot change afterwards, or empty
public record CheckpointSettings(Duration every, Optional<String> copies) {
  /// What `baton.conf` may say of it.
  public static final Set<String> KEYS = Set.of("checkpoints.every", "checkpoints.copies");

  private static final Duration EVERY_MIN = Duration.ofSeconds(1);

  public static CheckpointSettings defaults() {
    return new CheckpointSettings(Duration.ofHours(1), Optional.empty());
  }

  /// @throws IllegalArgumentException where that cannot be, in one line that says what to do
  public static CheckpointSettings read(Config config) {
    var every =
        config.hasPath("checkpoints.every")
            ? config.getDuration("checkpoints.every")
            : defaults().every();
    if (every.compareTo(EVERY_MIN) < 0) {
      throw new IllegalArgumentException("checkpoints.every is 1s or more, such as 1h");
    }
    var copies =
        config.hasPath("checkpoints.copies")
            ? Optional.of(config.getString("checkpoints.copies"))
            : Optional.<String>empty();
    copies.ifPresent(CheckpointSettings::check);
    return new CheckpointSettings(every, copies);
  }

  private static void check(String copies) {
    boolean web = copies.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,200})?");
    if (!web && (copies.isBlank() || copies.contains("://"))) {
      throw new IllegalArgumentException(
          "checkpoints.copies is a folder, or an address such as https://keep.example.com/baton");
    }
  }

  /// Where copies go.
  Optional<CheckpointCopies> place() {
    return copies.map(text ->
        text.contains("://")
            ? new CheckpointCopies.Web(URI.create(text.endsWith("/") ? text : text + "/"))
            : new CheckpointCopies.Folder(Path.of(text)));
  }
}
