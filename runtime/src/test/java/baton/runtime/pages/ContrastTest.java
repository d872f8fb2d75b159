package baton.runtime.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every pair of colours that the style sheets put on one another can be told apart, in light and
/// in dark: text 4.5 to 1, edges of what can be pressed 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
class ContrastTest {
  private static final Path STYLES = Path.of("src/main/resources/assets");
  private static final List<String> GROUNDS = List.of("paper", "surface", "sunk");
  private static final Pattern TOKEN =
      Pattern.compile(
          "--([a-z0-9-]+): (?:light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)|(#[0-9a-f]{6}));");
  private static final Pattern RULE = Pattern.compile("([^{};]+)\\{([^{}]*)\\}");
  private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{3,8}\\b");

  private record Shades(int light, int dark) {}

  private final Map<String, Shades> tokens = tokens();

  @Test
  void whatIsWrittenCanBeReadOnWhatItStandsOn() {
    var weak = new ArrayList<String>();
    for (var sheet : sheets().entrySet()) {
      var rules = RULE.matcher(sheet.getValue());
      while (rules.find()) {
        String body = rules.group(2);
        var text = declared(body, "color");
        if (text.isEmpty()) continue;
        var own = declared(body, "background").or(() -> declared(body, "background-color"));
        for (var ground : own.map(List::of).orElse(GROUNDS)) {
          check(text.get(), ground, 4.5, sheet.getKey() + " " + rules.group(1).strip(), weak);
        }
      }
    }
    assertEquals(List.of(), weak);
  }

  @Test
  void whatCanBePressedOrIsFocusedHasAnEdgeThatIsSeen() {
    var weak = new ArrayList<String>();
    for (var ground : GROUNDS) {
      for (var edge : List.of("edge", "baton", "deny", "escalate")) {
        check(edge, ground, 3, edge, weak);
      }
    }
    assertEquals(List.of(), weak);
  }

  @Test
  void coloursAreWrittenAsTokensAlone() {
    sheets()
        .forEach((name, sheet) ->
            assertTrue(
                !HEX.matcher(TOKEN.matcher(sheet).replaceAll("")).find(),
                name + " has a colour that is no token"));
  }

  private void check(String text, String ground, double atLeast, String where, List<String> weak) {
    var above = tokens.get(text);
    var below = tokens.get(ground);
    if (above == null || below == null) {
      weak.add(where + ": no token " + (above == null ? text : ground));
      return;
    }
    double light = contrast(above.light, below.light);
    double dark = contrast(above.dark, below.dark);
    if (light < atLeast || dark < atLeast) {
      weak.add("%s: %s on %s, %.2f and %.2f".formatted(where, text, ground, light, dark));
    }
  }

  /// The token that a rule names for a property, if it names one.
  private static Optional<String> declared(String body, String property) {
    var found =
        Pattern.compile("(?:^|[;\\s])" + property + ":\\s*var\\(--([a-z0-9-]+)\\)").matcher(body);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static double contrast(int one, int other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static Map<String, Shades> tokens() {
    var tokens = new LinkedHashMap<String, Shades>();
    sheets()
        .values()
        .forEach(sheet -> {
          var found = TOKEN.matcher(sheet);
          while (found.find()) {
            String both = found.group(4);
            tokens.put(
                found.group(1),
                new Shades(
                    rgb(both == null ? found.group(2) : both),
                    rgb(both == null ? found.group(3) : both)));
          }
        });
    return tokens;
  }

  private static int rgb(String hex) {
    return Integer.parseInt(hex.substring(1), 16);
  }

  private static Map<String, String> sheets() {
    try (var files = Files.list(STYLES)) {
      var sheets = new LinkedHashMap<String, String>();
      for (var file : files.filter(f -> f.toString().endsWith(".css")).sorted().toList()) {
        sheets.put(
            file.getFileName().toString(),
            Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", ""));
      }
      return sheets;
    } catch (IOException damaged) {
      throw new java.io.UncheckedIOException(damaged);
    }
  }
}
