package baton.persistence.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/// Where two JSON values differ first, such as `findings[3].verdict`. Names alone: values may be
/// somebody's.
final class JsonPath {
  private JsonPath() {}

  static String firstOther(JsonNode one, JsonNode other) {
    return firstOther("", one, other);
  }

  private static String firstOther(String path, JsonNode one, JsonNode other) {
    if (one.isObject() && other.isObject()) {
      var names = new TreeSet<String>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (var name : names) {
        if (!one.path(name).equals(other.path(name))) {
          String member = path.isEmpty() ? name : path + "." + name;
          return firstOther(member, one.path(name), other.path(name));
        }
      }
    }
    if (one.isArray() && other.isArray()) {
      for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
        if (!one.get(i).equals(other.get(i))) {
          return firstOther(path + "[" + i + "]", one.get(i), other.get(i));
        }
      }
    }
    return path.isEmpty() ? "content" : path;
  }
}
