package baton.runtime.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// One event a line: `{"conversation", "seq", "at", "type", "policy", "row", "hash", "data"}`.
/// Sealed, `data` is exactly what is stored; opened, it is what an operator sees.
final class JsonLines {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  private JsonLines() {}

  static void write(Stream<Exported> all, boolean sealed, OutputStream out) throws IOException {
    for (var exported : (Iterable<Exported>) all::iterator) {
      for (var numbered : exported.events()) {
        MAPPER.writeValue(out, line(exported, numbered, sealed));
        out.write('\n');
      }
    }
  }

  private static Map<String, Object> line(
      Exported exported, Exported.Numbered numbered, boolean sealed) {
    var event = numbered.event();
    var line = new LinkedHashMap<String, Object>();
    line.put("conversation", exported.id().key());
    line.put("seq", event.seq());
    line.put("at", event.at());
    line.put("type", event.type());
    line.put("policy", numbered.policy());
    line.put("row", numbered.row());
    line.put("hash", numbered.hash());
    line.put("data", sealed ? numbered.stored() : event.data());
    return line;
  }
}
