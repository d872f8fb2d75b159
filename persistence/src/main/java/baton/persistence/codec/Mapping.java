package baton.persistence.codec;

import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.agent.Origin;
import baton.handoff.agent.Part;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How records become JSON and come back. Strict both ways: what it does not expect, it refuses.
final class Mapping {
  private Mapping() {}

  /// Every member is there, but for what came up after the first rows.
  static JsonMapper mapper() {
    return builder(new Conventions()).build();
  }

  /// What is empty is left out: no text, no entry, no value, zero and false. What is not there is
  /// read as such.
  static JsonMapper terse() {
    return builder(new TerseConventions())
        .addModule(Terse.module())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
        .build();
  }

  private static JsonMapper.Builder builder(Conventions conventions) {
    var builder =
        JsonMapper.builder(json())
            .addModule(new Jdk8Module())
            .addModule(texts())
            .annotationIntrospector(conventions)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                LogicalType.Textual,
                texts ->
                    texts
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    for (var family : Names.FAMILIES) {
      builder.addMixIn(family.root(), Typed.class);
      family.types().forEach((name, type) -> builder.registerSubtypes(new NamedType(type, name)));
    }
    return builder;
  }

  private static JsonFactory json() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        // A buyer's message ids are member names too: they are not kept for ever.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  /// Laid over each sealed interface of the kernel, which knows nothing of JSON.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}

  private static SimpleModule texts() {
    var known =
        Stream.of(Role.BOOKING, Role.TRANSFER, Role.CLOSING, Role.HUMAN, Role.ENGINE)
            .collect(Collectors.toUnmodifiableMap(Role::name, role -> role));
    var module = new SimpleModule("baton-texts");
    text(module, Role.class, Role::name, name -> role(known, name));
    text(module, Instant.class, Times::text, Times::instant);
    return module;
  }

  /// A known role costs a look-up, where making one costs a regular expression.
  private static Role role(Map<String, Role> known, String name) {
    var role = known.get(name);
    return role == null ? new Role(name) : role;
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new TextWriter<>(type, write));
    module.addDeserializer(type, new TextReader<>(type, read));
  }

  private static final class TextWriter<T> extends StdScalarSerializer<T> {
    private static final long serialVersionUID = 1;
    private final transient Function<T, String> text;

    TextWriter(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(text.apply(value));
    }
  }

  private static final class TextReader<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1;
    private final transient Function<String, T> value;

    TextReader(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "a text was expected");
      }
      return value.apply(in.getText());
    }
  }

  /// `AUTHORITY_MOVED` is written `authority-moved`. Every member must be there but for an
  /// `Optional` one: those may be younger than the row.
  private static class Conventions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    private static final Set<Class<?>> YOUNGER =
        Set.of(Origin.class, Part.class, State.Unfinished.class);

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return member.getRawType() != Optional.class;
    }

    /// What came up after the first rows is left out where it is empty: decided again, a row of
    /// before is the same bytes.
    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated member) {
      boolean younger =
          member.getRawType() == Optional.class
              && YOUNGER.contains(member.getType().containedType(0).getRawClass());
      return younger
          ? JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, null)
          : super.findPropertyInclusion(member);
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      for (int i = 0; i < constants.length; i++) {
        names[i] = constants[i].name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
      return names;
    }
  }

  /// What has an empty value may be left out.
  private static final class TerseConventions extends Conventions {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !mayBeEmpty(member.getType());
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
      var ofMember = mayBeEmpty(member.getType()) ? Nulls.AS_EMPTY : Nulls.FAIL;
      return JsonSetter.Value.construct(ofMember, Nulls.FAIL);
    }

    private static boolean mayBeEmpty(JavaType type) {
      return type.isPrimitive()
          || type.isContainerType()
          || type.isReferenceType()
          || type.hasRawClass(String.class);
    }

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated member) {
      return JsonInclude.Value.empty();
    }
  }
}
