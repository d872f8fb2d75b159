package baton.persistence.codec;

import baton.handoff.Command;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.handoff.agent.AgentEvent;
import baton.handoff.fact.Value;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The bytes of every journal and snapshot: JSON with sorted members, a stable `type` for each
/// sealed type (see [Names]), instants in ISO 8601, enum constants in lower kebab case.
///
/// A stored row is `{"v":2,`, the number of its format, and then what [Link], [AgentLink] or
/// [Snapshot] hold. Format 1 has every member; format 2 leaves out what is empty, see [Terse].
/// Whatever is not exactly as expected is [Unreadable].
public final class JournalCodec {
  /// The newest format, which is written unless a node is there that cannot read it. Older ones are
  /// read, newer ones refused.
  public static final int NEWEST = 2;

  /// The oldest format that is written.
  public static final int OLDEST = 1;

  private static final JsonMapper MAPPER = Mapping.mapper();
  private static final List<JsonMapper> BY_FORMAT = List.of(MAPPER, Mapping.terse());
  private static final Map<Class<?>, String> TYPES = new HashMap<>();
  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,39}");
  private static final byte[] START = {'{', '"', 'v', '"', ':'};

  static {
    Names.FAMILIES.forEach(family -> family.types().forEach((name, type) -> TYPES.put(type, name)));
  }

  private JournalCodec() {}

  /// Sets up all that reads and writes rows, in one thread before there are more. Virtual threads
  /// that meet while a class is set up keep their carriers, of which there are as many as
  /// processors; what holds them up may wait for a carrier too, and the engine stands still for
  /// good.
  public static void setUp() {
    try {
      for (var type : List.of(Link.class, AgentLink.class, Snapshot.class)) {
        MethodHandles.lookup().ensureInitialized(type);
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible); // they are of this package
    }
  }

  /// Any record of the kernel that a journal may hold, as JSON.
  public static String toJson(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException failure) {
      throw unwritable(value);
    }
  }

  /// The name of an event, command, action and so on in stored bytes, such as `hand-off-failed`.
  public static String type(Object value) {
    var name = TYPES.get(value.getClass());
    if (name == null) throw new IllegalArgumentException("no stored name: " + value.getClass());
    return name;
  }

  /// An event's members without its type. Personal values are sealed in it, as they are stored.
  public static JsonNode data(Event event) {
    ObjectNode tree = MAPPER.valueToTree(event);
    tree.remove("type");
    return tree;
  }

  /// The inverse of [#toJson] for an outcome.
  public static Outcome outcome(String json) {
    return read(Outcome.class, json);
  }

  /// The inverse of [#toJson] for a command.
  public static Command command(String json) {
    return read(Command.class, json);
  }

  /// The inverse of [#toJson] for what a fact or a field says.
  public static Value value(String json) {
    return read(Value.class, json);
  }

  /// The inverse of [#toJson].
  static <T> T read(Class<T> type, String json) {
    try {
      return Objects.requireNonNull(MAPPER.readerFor(type).readValue(json));
    } catch (IOException | RuntimeException failure) {
      throw unreadable("a stored " + type.getSimpleName(), failure);
    }
  }

  /// What rows hold beside the version, in the order in which they are written.
  @JsonPropertyOrder({"v", "previous", "entry"})
  record EntryRow(int v, String previous, Entry entry) {}

  @JsonPropertyOrder({"v", "previous", "event"})
  record AgentRow(int v, String previous, AgentEvent event) {}

  @JsonPropertyOrder({"v", "head", "state"})
  record StateRow(int v, String head, State state) {}

  /// Reads and writes one kind of row.
  static final class Rows<R extends Record> {
    private final String what;
    private final List<ObjectWriter> writers;
    private final List<ObjectReader> readers;

    Rows(String what, Class<R> type) {
      this.what = what;
      this.writers = BY_FORMAT.stream().map(mapper -> mapper.writerFor(type)).toList();
      this.readers = BY_FORMAT.stream().map(mapper -> mapper.readerFor(type)).toList();
    }

    /// @param format the same as the row says
    byte[] write(int format, R row) {
      try {
        return writers.get(format - OLDEST).writeValueAsBytes(row);
      } catch (JsonProcessingException failure) {
        throw unwritable(row);
      }
    }

    R read(byte[] stored) {
      int format = format(what, stored);
      if (format < OLDEST || format > NEWEST) {
        throw new Unreadable(
            "%s is of format %d, and this Baton reads formats %d to %d: run the version that wrote it"
                .formatted(what, format, OLDEST, NEWEST));
      }
      try {
        return readers.get(format - OLDEST).readValue(stored);
      } catch (IOException | RuntimeException failure) {
        throw unreadable(what + " of format " + format, failure);
      }
    }
  }

  /// The number after `{"v":`, with which every row of every format begins.
  private static int format(String what, byte[] stored) {
    int at = 0;
    while (at < START.length && at < stored.length && stored[at] == START[at]) at++;
    int format = 0;
    int end = at;
    if (at == START.length) {
      while (end < stored.length && end < at + 6 && stored[end] >= '0' && stored[end] <= '9') {
        format = format * 10 + (stored[end++] - '0');
      }
    }
    if (end == at || end == stored.length || stored[end] != ',') {
      throw new Unreadable(what + " does not begin with its format: it is damaged");
    }
    return format;
  }

  /// Names what was found where. Causes quote content, so they end here.
  private static Unreadable unreadable(String what, Exception failure) {
    if (failure instanceof InvalidTypeIdException unknown) {
      String id = unknown.getTypeId();
      String shown = id != null && NAME.matcher(id).matches() ? "`" + id + "`" : "without a name";
      return new Unreadable("%s holds an unknown type %s%s".formatted(what, shown, at(failure)));
    }
    return new Unreadable("%s is not as it should be%s".formatted(what, at(failure)));
  }

  private static String at(Exception failure) {
    return failure instanceof JsonProcessingException json && json.getLocation() != null
        ? ", at byte " + json.getLocation().getByteOffset()
        : "";
  }

  private static IllegalArgumentException unwritable(Object value) {
    return new IllegalArgumentException("cannot be stored: " + value.getClass().getName());
  }
}
