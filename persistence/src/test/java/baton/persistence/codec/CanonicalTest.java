package baton.persistence.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Sealed;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The kernel writes canonical JSON by hand, because it may not know a library. Here a library that
/// shares nothing with it says the same.
class CanonicalTest {
  private static final JsonMapper PLAIN =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Role.class, new ToStringSerializer(Role.class))
                  .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                  .addSerializer(Sealed.class, converted(new Digest()))
                  .addSerializer(Enum.class, converted(new Kebab())))
          .addModule(new Jdk8Module())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  @Test
  void theKernelsCanonicalJsonOfAnActionIsTheLibrarys() throws JsonProcessingException {
    for (int seed = 0; seed < 2_000; seed++) {
      var action = Made.seeded(seed).of(Action.class);
      assertEquals(canonical(action), Canonical.json(action), "seed " + seed);
    }
  }

  private static String canonical(Action action) throws JsonProcessingException {
    ObjectNode tree = PLAIN.valueToTree(action);
    tree.put("kind", action.kind());
    var sorted = new TreeMap<String, Object>();
    tree.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
    return PLAIN.writeValueAsString(sorted);
  }

  private static <T> StdDelegatingSerializer converted(StdConverter<T, String> converter) {
    return new StdDelegatingSerializer(converter);
  }

  private static final class Digest extends StdConverter<Sealed, String> {
    @Override
    public String convert(Sealed sealed) {
      return sealed.digest();
    }
  }

  private static final class Kebab extends StdConverter<Enum<?>, String> {
    @Override
    public String convert(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
