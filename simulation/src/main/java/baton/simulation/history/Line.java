package baton.simulation.history;

import baton.handoff.ConversationId;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

/// One line of a history, whose members are taken out one by one until none is left.
final class Line {
  private static final int SHOWN_MAX_CHARS = 40;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final long number;
  private final ObjectNode members;

  private Line(long number, ObjectNode members) {
    this.number = number;
    this.members = members;
  }

  static Line parse(long number, String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode members) return new Line(number, members);
    } catch (JsonProcessingException notJson) {
      // Its message quotes the line.
    }
    throw new Unreadable(number, "it is no JSON object, or names a member twice: record it anew");
  }

  String text(String name) {
    var value = take(name);
    if (!value.isTextual()) throw wrong(name, "is no text");
    return value.textValue();
  }

  /// A text of a form of its own.
  <T> T text(String name, Function<String, T> read) {
    try {
      return read.apply(text(name));
    } catch (IllegalArgumentException | DateTimeException other) {
      throw wrong(name, "is not of its form");
    }
  }

  Instant instant(String name) {
    return text(name, Instant::parse);
  }

  ConversationId conversation() {
    return text("conversation", ConversationId::parse);
  }

  long number(String name) {
    var value = take(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(name, "is no number from 0 on");
    }
    return value.longValue();
  }

  boolean truth(String name) {
    var value = take(name);
    if (!value.isBoolean()) throw wrong(name, "is neither true nor false");
    return value.booleanValue();
  }

  Line line(String name) {
    if (take(name) instanceof ObjectNode inner) return new Line(number, inner);
    throw wrong(name, "is no object");
  }

  /// JSON as it stands, of a codec of its own.
  String json(String name) {
    return take(name).toString();
  }

  /// @throws Unreadable where a member is left that nobody took
  void end() {
    var left = members.fieldNames();
    if (left.hasNext()) throw broken("unknown member " + shown(left.next()) + ": take it out");
  }

  Unreadable unknown(String type) {
    return broken("unknown type " + shown(type) + ": read it with the version that wrote it");
  }

  Unreadable broken(String what) {
    return new Unreadable(number, what);
  }

  private JsonNode take(String name) {
    var value = members.remove(name);
    if (value == null) throw broken("'" + name + "' is missing: record it anew");
    return value;
  }

  private Unreadable wrong(String name, String how) {
    return broken("'" + name + "' " + how + ": record it anew");
  }

  /// What stands in a file may be anything.
  private static String shown(String name) {
    var plain = name.replaceAll("[^A-Za-z0-9_-]", "?");
    return "'" + plain.substring(0, Math.min(plain.length(), SHOWN_MAX_CHARS)) + "'";
  }
}
