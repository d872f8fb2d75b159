package baton.handoff.policy;

import baton.handoff.action.Canonical;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A prompt: text with named fields in double braces, as `{{facts}}`. There is nothing else to it:
/// no condition, no loop, and what is filled in is never read as a template again.
public final class Template {
  private static final String BEGIN = "{{";
  private static final String END = "}}";

  /// Fields about the state of this moment.
  public static final List<String> FIELDS =
      List.of(
          "role",
          "campaign",
          "time",
          "zone",
          "happened",
          "facts",
          "consents",
          "disclosures",
          "allowed",
          "refused",
          "memory");

  /// Begins the name of a personal fact: only where a template names it so, its clear text is
  /// filled in.
  public static final String PERSONAL = "personal.";

  private sealed interface Part {
    record Text(String text) implements Part {}

    record Field(String name) implements Part {}
  }

  private final String text;
  private final List<Part> parts = new ArrayList<>();

  private Template(String text) {
    this.text = text;
    int from = 0;
    while (true) {
      int begin = text.indexOf(BEGIN, from);
      int end = text.indexOf(END, begin);
      if (begin < 0 || end < 0) break;
      parts.add(new Part.Text(text.substring(from, begin)));
      parts.add(new Part.Field(text.substring(begin + BEGIN.length(), end)));
      from = end + END.length();
    }
    parts.add(new Part.Text(text.substring(from)));
  }

  public static Template of(String text) {
    return new Template(text);
  }

  /// What is wrong with it, in words for its author.
  public Optional<String> problem() {
    for (var field : fields()) {
      if (!FIELDS.contains(field) && !isPersonal(field)) {
        return Optional.of("{{" + field + "}} is no field of a prompt");
      }
    }
    boolean broken =
        parts.stream().anyMatch(p -> p instanceof Part.Text(var t) && t.contains(BEGIN));
    return broken ? Optional.of("{{ has no end: write {{name}}") : Optional.empty();
  }

  private static boolean isPersonal(String field) {
    return field.startsWith(PERSONAL) && field.length() > PERSONAL.length();
  }

  public SortedSet<String> fields() {
    var fields = new TreeSet<String>();
    for (var part : parts) {
      if (part instanceof Part.Field(var name)) fields.add(name);
    }
    return fields;
  }

  /// The text with each field's value in its place.
  public String filled(UnaryOperator<String> value) {
    var filled = new StringBuilder();
    for (var part : parts) {
      switch (part) {
        case Part.Text(var literal) -> filled.append(literal);
        case Part.Field(var name) -> filled.append(value.apply(name));
      }
    }
    return filled.toString();
  }

  /// SHA-256 of the text, in hex.
  public String hash() {
    return Canonical.sha256(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
