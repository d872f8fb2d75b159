package baton.persistence.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Command;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.agent.AgentEvent;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is stored today can be read for ever: each type has a committed example of its bytes.
class GoldenTest {
  @TestFactory
  Stream<DynamicTest> everyTypeIsWrittenAsItsGoldenFileSaysAndComesBackEqual() {
    return Names.FAMILIES.stream().flatMap(GoldenTest::examples);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aConversationsRowIsWrittenAsItsGoldenFileSays(int format) {
    var link = Link.of(format, Chained.FIRST, Made.example().of(Entry.class));
    var golden = Golden.named(row("entry", format));
    golden.holds(new String(link.bytes(), UTF_8));
    assertEquals(link.entry(), Link.read(golden.compact().getBytes(UTF_8)).entry());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anAgentsRowIsWrittenAsItsGoldenFileSays(int format) {
    var link = AgentLink.of(format, Chained.FIRST, Made.example().of(AgentEvent.class));
    var golden = Golden.named(row("agent-event", format));
    golden.holds(new String(link.bytes(), UTF_8));
    assertEquals(link.event(), AgentLink.read(golden.compact().getBytes(UTF_8)).event());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSnapshotIsWrittenAsItsGoldenFileSays(int format) {
    var snapshot = new Snapshot(format, Chained.FIRST, Made.example().of(State.Live.class));
    var golden = Golden.named(row("snapshot", format));
    golden.holds(new String(snapshot.bytes(), UTF_8));
    assertEquals(snapshot, Snapshot.read(golden.compact().getBytes(UTF_8)));
  }

  private static String row(String kind, int format) {
    return "row/" + kind + "-" + format;
  }

  @Test
  void everyConstantOfEveryStoredEnumIsWrittenAsTheGoldenFileSays() {
    var constants = new TreeMap<String, String>();
    for (var type : storedEnums()) {
      constants.put(
          type.getName(),
          Arrays.stream(type.getEnumConstants())
              .map(JournalCodec::toJson)
              .collect(Collectors.joining(",", "[", "]")));
    }
    var json = new StringBuilder();
    constants.forEach((name, list) ->
        json.append(json.isEmpty() ? "{" : ",")
            .append('"')
            .append(name)
            .append("\":")
            .append(list));
    Golden.named("enums").holds(json.append('}').toString());
  }

  @Test
  void aRowThatIsOlderThanAnOptionalMemberIsReadAsWithoutIt() {
    var older =
        """
        {"type":"find-slots","from":"2026-03-01T09:30:00Z","until":"2026-03-02T09:30:00Z",\
        "zone":"Europe/Berlin"}\
        """;
    var action = (Action.FindSlots) JournalCodec.read(Action.class, older);
    assertEquals(Optional.empty(), action.part());
    assertEquals(
        """
        {"from":"2026-03-01T09:30:00Z","kind":"find-slots","until":"2026-03-02T09:30:00Z",\
        "zone":"Europe/Berlin"}\
        """,
        Canonical.json(action),
        "and keeps its digest");
  }

  @Test
  void noGoldenFileIsLeftBehindByATypeThatIsGone() throws IOException {
    var expected =
        Stream.concat(
                Names.FAMILIES.stream()
                    .flatMap(family ->
                        family.types().keySet().stream().map(name -> family.name() + "/" + name)),
                Stream.of("entry", "agent-event", "snapshot")
                    .flatMap(kind -> Stream.of(row(kind, 1), row(kind, 2))))
            .map(name -> Golden.named(name).file())
            .collect(Collectors.toSet());
    expected.add(Golden.named("enums").file());
    try (var files = Files.walk(Path.of("src", "test", "resources", "golden"))) {
      var left = files.filter(Files::isRegularFile).filter(file -> !expected.contains(file));
      assertEquals(List.of(), left.toList());
    }
  }

  /// Before there were models nothing was said of where an answer came from.
  @Test
  void anAnswerWithoutAnOriginIsReadAndStaysTheSameBytes() {
    var event = "{\"type\":\"answered\",\"ask\":7,\"proposals\":2}";
    var answered = new Event.Answered(7, 2, Optional.empty());
    assertEquals(answered, JournalCodec.read(Event.class, event));
    assertEquals(event, JournalCodec.toJson(answered));
    var command = "{\"type\":\"answer\",\"actions\":[],\"ask\":7,\"epoch\":1,\"role\":\"booking\"}";
    var answer = new Command.Answer(Role.BOOKING, 1, 7, List.of());
    assertEquals(answer, JournalCodec.read(Command.class, command));
    assertEquals(command, JournalCodec.toJson(answer));
  }

  /// From the permitted subclasses, not from the table of names: a type that is missing there
  /// fails.
  private static Stream<DynamicTest> examples(Names.Family family) {
    return Names.leaves(family.root())
        .map(leaf -> {
          var value = Made.example().of(leaf);
          var golden = Golden.named(family.name() + "/" + JournalCodec.type(value));
          return DynamicTest.dynamicTest(
              leaf.getName(),
              () -> {
                golden.holds(JournalCodec.toJson(value));
                assertEquals(value, JournalCodec.read(family.root(), golden.compact()));
              });
        });
  }

  private static Set<Class<?>> storedEnums() {
    var enums = new HashSet<Class<?>>();
    var seen = new HashSet<Type>();
    for (var root : Set.of(Entry.class, AgentEvent.class, State.class)) {
      visit(root, seen, enums::add);
    }
    return enums;
  }

  private static void visit(Type type, Set<Type> seen, Consumer<Class<?>> onEnum) {
    if (!seen.add(type)) return;
    if (type instanceof ParameterizedType generic) {
      for (var inner : generic.getActualTypeArguments()) visit(inner, seen, onEnum);
    } else if (type instanceof Class<?> plain) {
      if (plain.isEnum()) onEnum.accept(plain);
      if (plain.isSealed()) Names.leaves(plain).forEach(leaf -> visit(leaf, seen, onEnum));
      if (plain.isRecord()) {
        for (var component : plain.getRecordComponents()) {
          visit(component.getGenericType(), seen, onEnum);
        }
      }
    }
  }
}
