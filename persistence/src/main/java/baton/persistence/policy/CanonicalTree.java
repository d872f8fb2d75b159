package baton.persistence.policy;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.TreeMap;

/// A document as canonical JSON, RFC 8785: members sorted by UTF-16 code units, no white space, the
/// shortest escapes. Numbers are whole, so that its number rules are met by their digits.
final class CanonicalTree {
  private static final HexFormat HEX = HexFormat.of();

  private CanonicalTree() {}

  static String json(Tree tree) {
    var out = new StringBuilder(4096);
    write(out, tree);
    return out.toString();
  }

  private static void write(StringBuilder out, Tree tree) {
    switch (tree) {
      case Tree.Text(_, var value) -> string(out, value);
      case Tree.Whole(_, var value) -> out.append(value);
      case Tree.Truth(_, var value) -> out.append(value);
      case Tree.Items(_, var values) -> {
        out.append('[');
        for (Iterator<Tree> i = values.iterator(); i.hasNext(); ) {
          write(out, i.next());
          if (i.hasNext()) out.append(',');
        }
        out.append(']');
      }
      case Tree.Members members -> {
        out.append('{');
        for (var i = new TreeMap<>(members.values()).entrySet().iterator(); i.hasNext(); ) {
          var member = i.next();
          string(out, member.getKey());
          out.append(':');
          write(out, member.getValue());
          if (i.hasNext()) out.append(',');
        }
        out.append('}');
      }
    }
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
