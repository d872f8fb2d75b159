package baton.runtime.http;

import baton.handoff.ConversationId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/// The members of a JSON object, each read with its bounds. An unknown member is an error.
public final class Body {
  private final String path;
  private final ObjectNode object;

  private Body(String path, ObjectNode object, Set<String> known) {
    this.path = path;
    this.object = object;
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw Problem.invalid(
                "unknown member '"
                    + path
                    + printable(name)
                    + "': known are "
                    + String.join(", ", known.stream().sorted().toList()));
          }
        });
  }

  public static Body of(ObjectNode object, String... known) {
    return new Body("", object, Set.of(known));
  }

  public Body object(String name, String... known) {
    if (object.get(name) instanceof ObjectNode inner) {
      return new Body(path + name + ".", inner, Set.of(known));
    }
    throw Problem.invalid("'" + path + name + "' is needed, an object");
  }

  /// Text that is not blank, without control characters but tab and line ends.
  public String text(String name, int maxChars) {
    return optionalText(name, maxChars)
        .orElseThrow(() -> Problem.invalid("'" + path + name + "' is needed, a text"));
  }

  public Optional<String> optionalText(String name, int maxChars) {
    return member(name)
        .map(node -> {
          if (!node.isTextual()) throw Problem.invalid("'" + path + name + "' is not a text");
          return clean(name, node.textValue(), maxChars);
        });
  }

  /// One line: not even tabs and line ends.
  public Optional<String> optionalLine(String name, int maxChars) {
    return optionalText(name, maxChars)
        .map(text -> {
          if (text.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("'" + path + name + "' has more than one line");
          }
          return text;
        });
  }

  public String line(String name, int maxChars) {
    return optionalLine(name, maxChars)
        .orElseThrow(() -> Problem.invalid("'" + path + name + "' is needed, a text"));
  }

  /// A name as ids have it.
  public Optional<String> optionalName(String name) {
    return optionalLine(name, 1_000)
        .map(text -> {
          if (!ConversationId.isName(text)) {
            throw Problem.invalid("'" + path + name + "' is not 1 to 64 letters, digits, - and _");
          }
          return text;
        });
  }

  public boolean bool(String name) {
    return member(name)
        .filter(JsonNode::isBoolean)
        .map(JsonNode::booleanValue)
        .orElseThrow(() -> Problem.invalid("'" + path + name + "' is needed, true or false"));
  }

  /// A number from 0 to 1 as whole percent, rounded down: doubt is not rounded away.
  int percent(String name, int otherwise) {
    return member(name)
        .map(node -> {
          double number = node.isNumber() ? node.doubleValue() : Double.NaN;
          if (!(number >= 0 && number <= 1)) {
            throw Problem.invalid("'" + path + name + "' is not a number from 0 to 1");
          }
          return (int) Math.floor(number * 100 + 1e-9);
        })
        .orElse(otherwise);
  }

  public String oneOf(String name, String... allowed) {
    String text = line(name, 64);
    if (Set.of(allowed).contains(text)) return text;
    throw Problem.invalid("'" + path + name + "' is not one of " + String.join(", ", allowed));
  }

  private Optional<JsonNode> member(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private String clean(String name, String text, int maxChars) {
    if (text.length() > maxChars) {
      throw Problem.of(
          413, "'" + path + name + "' is longer than " + maxChars + " characters: shorten it");
    }
    if (text.isBlank()) throw Problem.invalid("'" + path + name + "' is blank");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd = c == '\n' || (c == '\r' && text.startsWith("\n", i + 1));
      if (Character.isISOControl(c) && c != '\t' && !lineEnd) {
        throw Problem.invalid("'" + path + name + "' holds a control character");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw Problem.invalid("'" + path + name + "' holds half a character");
      }
    }
    return text;
  }

  private static String printable(String name) {
    String shown = name.replaceAll("[^\\x20-\\x7e]", "?");
    return shown.length() <= 64 ? shown : shown.substring(0, 64) + "…";
  }
}
