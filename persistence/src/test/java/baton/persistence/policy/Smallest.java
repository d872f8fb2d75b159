package baton.persistence.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The smallest complete policy document, and what one change makes of it.
final class Smallest {
  static final String FILE = "smallest.yaml";
  static final String YAML = resource("smallest.yaml");

  private Smallest() {}

  static Compilation compile(String yaml) {
    return PolicyCompiler.compile(FILE, yaml, Includes.none());
  }

  /// The document with one text, which must be there once, put in the place of another.
  static String with(String text, String other) {
    int at = YAML.indexOf(text);
    if (at < 0 || YAML.indexOf(text, at + 1) >= 0) {
      throw new IllegalArgumentException("not there once: " + text);
    }
    return YAML.substring(0, at) + other + YAML.substring(at + text.length());
  }

  /// The document with more at its end.
  static String and(String section) {
    return YAML + "\n" + section;
  }

  /// A document whose role is a model's.
  static String filledByAModel(String yaml) {
    return yaml.replaceFirst("agent: playbook", "agent: model");
  }

  /// What is wrong, as it is shown: `file:line:column: message`.
  static List<String> problems(String yaml) {
    return switch (compile(yaml)) {
      case Compilation.Compiled _ -> List.of();
      case Compilation.Invalid(var problems) -> problems.stream().map(Problem::toString).toList();
    };
  }

  static String resource(String name) {
    try (var in = Smallest.class.getResourceAsStream("/policy/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
