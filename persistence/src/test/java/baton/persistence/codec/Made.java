package baton.persistence.codec;

import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.fact.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Values of any record type, made from its components: one plain example each, or seeded ones that
/// try what is odd.
final class Made {
  private final Choices choices;

  private Made(Choices choices) {
    this.choices = choices;
  }

  static Made example() {
    return new Made(new Plain());
  }

  static Made seeded(long seed) {
    return new Made(new Odd(new Random(seed)));
  }

  <T> T of(Class<T> type) {
    return type.cast(made(type, ""));
  }

  private Object made(Type type, String name) {
    return switch (type) {
      case ParameterizedType generic -> container(generic, name);
      case Class<?> plain -> single(plain, name);
      default -> throw new IllegalArgumentException(type.getTypeName());
    };
  }

  private Object single(Class<?> type, String name) {
    if (type == String.class) return choices.text(name);
    if (type == long.class || type == Long.class) return choices.whole();
    if (type == int.class || type == Integer.class) return (int) choices.whole();
    if (type == boolean.class) return choices.pick(List.of(true, false));
    if (type == Instant.class) return choices.at();
    if (type == Role.class) return choices.pick(List.of(Role.BOOKING, new Role("legal-2")));
    if (type == ConversationId.class) return new ConversationId("default", "c-1");
    if (type == Money.class) return new Money("USD", choices.whole());
    if (type.isEnum()) return choices.pick(List.of(type.getEnumConstants()));
    if (type.isSealed()) return single(choices.pick(Names.leaves(type).toList()), name);
    return record(type);
  }

  private Object container(ParameterizedType type, String name) {
    var inner = type.getActualTypeArguments();
    int size = choices.size();
    var raw = (Class<?>) type.getRawType();
    if (raw == Optional.class) {
      return size == 0 ? Optional.empty() : Optional.of(made(inner[0], name));
    }
    if (raw == List.class || raw == SortedSet.class) {
      var items = new ArrayList<Object>();
      for (int i = 0; i < size; i++) items.add(made(inner[0], name));
      return raw == List.class ? List.copyOf(items) : new TreeSet<>(items);
    }
    if (raw == Map.class || raw == SortedMap.class) {
      var members = new TreeMap<Object, Object>();
      for (int i = 0; i < size; i++) members.put(made(inner[0], "name"), made(inner[1], name));
      return members;
    }
    throw new IllegalArgumentException(type.getTypeName());
  }

  private Object record(Class<?> type) {
    try {
      var components = type.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType);
      var canonical = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      return canonical.newInstance(
          Arrays.stream(components)
              .map(component -> made(component.getGenericType(), component.getName()))
              .toArray());
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("cannot make " + type.getName(), failure);
    }
  }

  private sealed interface Choices {
    String text(String name);

    long whole();

    Instant at();

    int size();

    <T> T pick(List<T> from);
  }

  /// Always the first, always one.
  private record Plain() implements Choices {
    @Override
    public String text(String name) {
      return "a-" + name;
    }

    @Override
    public long whole() {
      return 7;
    }

    @Override
    public Instant at() {
      return Instant.parse("2026-03-01T09:30:00.123456789Z");
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public <T> T pick(List<T> from) {
      return from.getFirst();
    }
  }

  private record Odd(Random random) implements Choices {
    private static final List<String> TEXTS =
        List.of(
            "",
            " ",
            "plain",
            "\"quoted\\",
            "</script>",
            "a\tb\r\n\b\f",
            "\u0000\u001f\u007f",
            "grüezi",
            "日本語",
            "👋🏽",
            "\u2028\u2029",
            "null",
            "{\"type\":\"closed\"}",
            "1",
            "é");
    private static final List<Long> WHOLES =
        List.of(0L, 1L, -1L, (long) Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Instant> TIMES =
        List.of(
            Instant.EPOCH,
            Instant.MIN,
            Instant.MAX,
            Instant.parse("2026-02-28T23:59:59.999999999Z"),
            Instant.parse("0000-01-01T00:00:00.000001Z"),
            Instant.parse("-0044-03-15T12:00:00Z"),
            Instant.parse("+10000-01-01T00:00:00.100Z"));

    @Override
    public String text(String name) {
      return random.nextBoolean() ? pick(TEXTS) : pick(TEXTS) + random.nextInt(1000);
    }

    @Override
    public long whole() {
      return random.nextBoolean() ? pick(WHOLES) : random.nextInt(100_000);
    }

    @Override
    public Instant at() {
      return random.nextInt(4) == 0
          ? pick(TIMES)
          : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    @Override
    public int size() {
      return random.nextInt(4);
    }

    @Override
    public <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}
