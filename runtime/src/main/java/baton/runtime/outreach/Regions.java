package baton.runtime.outreach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The clocks of regions that keep one alone.
final class Regions {
  private static final Map<String, String> ZONES = read();

  private Regions() {}

  /// @param region ISO 3166, such as `DE` or `US-NY`
  static Optional<String> zone(String region) {
    return Optional.ofNullable(ZONES.get(region));
  }

  private static Map<String, String> read() {
    try (var file = Regions.class.getResourceAsStream("regions.txt")) {
      var text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line[1]));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
