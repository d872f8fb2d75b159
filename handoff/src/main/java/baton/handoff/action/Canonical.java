package baton.handoff.action;

import baton.handoff.Role;
import baton.handoff.fact.Sealed;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Canonical JSON of an action, and its digest.
///
/// The form is RFC 8785: members sorted by UTF-16 code units, no white space, shortest escapes.
/// Only integers occur, so its number rules are met by `Long.toString`. A [Sealed] value stands as
/// the HMAC of its text, so that a digest can be compared but not guessed.
public final class Canonical {
  private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();
  private static final HexFormat HEX = HexFormat.of();

  private Canonical() {}

  /// SHA-256 over [#json], in hex.
  public static String digest(Action action) {
    return sha256(json(action));
  }

  public static String sha256(String text) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }

  /// Canonical JSON: an object of the action's kind and its components.
  public static String json(Action action) {
    var members = members((java.lang.Record) action);
    members.put("kind", action.kind());
    var out = new StringBuilder(160);
    write(out, members);
    return out.toString();
  }

  private static TreeMap<String, Object> members(java.lang.Record value) {
    var members = new TreeMap<String, Object>();
    var components =
        COMPONENTS.computeIfAbsent(
            value.getClass(),
            type ->
                Arrays.stream(type.getRecordComponents())
                    .peek(component -> component.getAccessor().setAccessible(true))
                    .toArray(RecordComponent[]::new));
    for (var component : components) {
      try {
        var member = component.getAccessor().invoke(value);
        // What is not there leaves no trace, so that an older action keeps its digest.
        if (member instanceof Optional<?> maybe && maybe.isEmpty()) continue;
        members.put(component.getName(), member);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible); // an accessor of a public record
      }
    }
    return members;
  }

  private static void write(StringBuilder out, Object value) {
    switch (value) {
      case Optional<?> present -> write(out, present.orElseThrow());
      case Sealed sealed -> string(out, sealed.digest());
      case Role role -> string(out, role.name());
      case String text -> string(out, text);
      case Long number -> out.append(number.longValue());
      case Integer number -> out.append(number.intValue());
      case Boolean bool -> out.append(bool.booleanValue());
      case Instant at -> string(out, at.toString());
      case Enum<?> constant ->
          string(out, constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Map<?, ?> map -> object(out, map);
      case Collection<?> list -> array(out, list);
      case java.lang.Record inner -> object(out, members(inner));
      default -> throw new IllegalArgumentException("no canonical form: " + value.getClass());
    }
  }

  private static void object(StringBuilder out, Map<?, ?> map) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((name, value) -> sorted.put((String) name, value));
    out.append('{');
    boolean first = true;
    for (var entry : sorted.entrySet()) {
      if (!first) out.append(',');
      first = false;
      string(out, entry.getKey());
      out.append(':');
      write(out, entry.getValue());
    }
    out.append('}');
  }

  private static void array(StringBuilder out, Collection<?> list) {
    out.append('[');
    boolean first = true;
    for (var item : list) {
      if (!first) out.append(',');
      first = false;
      write(out, item);
    }
    out.append(']');
  }

  /// RFC 8785 section 3.2.2.2.
  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) out.append("\\u00").append(HEX.toHexDigits((byte) c));
          else out.append(c);
        }
      }
    }
    out.append('"');
  }
}
