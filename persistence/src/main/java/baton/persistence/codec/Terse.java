package baton.persistence.codec;

import baton.handoff.fact.Sealed;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a row of format 2 says in fewer bytes, beside leaving out what is empty.
///
/// - A check that found nothing against an action is its name alone where the engine answers for
///   it, and `[check, clause, owner]` where the policy does.
/// - A sealed text that has come before in the row is its place among the row's sealed texts, from
///   0.
final class Terse {
  private static final String ENGINE = "engine";
  private static final String NOTHING_AGAINST = "nothing-against";

  private Terse() {}

  static SimpleModule module() {
    var module = new SimpleModule("baton-terse");
    module.addSerializer(Finding.class, new FindingWriter());
    module.addDeserializer(Finding.class, new FindingReader());
    module.addSerializer(Sealed.class, new SealedWriter());
    module.addDeserializer(Sealed.class, new SealedReader());
    return module;
  }

  /// All of a finding.
  private record Whole(
      String check,
      Verdict verdict,
      String clause,
      String owner,
      String code,
      SortedMap<String, String> details,
      List<String> facts) {}

  private static final class FindingWriter extends StdSerializer<Finding> {
    private static final long serialVersionUID = 1;

    FindingWriter() {
      super(Finding.class);
    }

    @Override
    public void serialize(Finding of, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (!isPlain(of)) {
        var whole =
            new Whole(
                of.check(),
                of.verdict(),
                of.clause(),
                of.owner(),
                of.code(),
                of.details(),
                of.facts());
        provider.defaultSerializeValue(whole, out);
      } else if (of.clause().equals(ENGINE) && of.owner().equals(ENGINE)) {
        out.writeString(of.check());
      } else {
        out.writeArray(new String[] {of.check(), of.clause(), of.owner()}, 0, 3);
      }
    }

    private static boolean isPlain(Finding finding) {
      return finding.verdict() == Verdict.PERMIT
          && finding.code().equals(NOTHING_AGAINST)
          && finding.details().isEmpty()
          && finding.facts().isEmpty();
    }
  }

  private static final class FindingReader extends StdDeserializer<Finding> {
    private static final long serialVersionUID = 1;

    FindingReader() {
      super(Finding.class);
    }

    @Override
    public Finding deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return switch (in.currentToken()) {
        case VALUE_STRING -> plain(in.getText(), ENGINE, ENGINE);
        case START_ARRAY -> {
          var finding = plain(text(in, context), text(in, context), text(in, context));
          if (in.nextToken() != JsonToken.END_ARRAY) fail(context);
          yield finding;
        }
        case START_OBJECT -> {
          var whole = context.readValue(in, Whole.class);
          yield new Finding(
              whole.check,
              whole.verdict,
              whole.clause,
              whole.owner,
              whole.code,
              whole.details,
              whole.facts);
        }
        default -> fail(context);
      };
    }

    private static Finding plain(String check, String clause, String owner) {
      return new Finding(
          check, Verdict.PERMIT, clause, owner, NOTHING_AGAINST, new TreeMap<>(), List.of());
    }

    private String text(JsonParser in, DeserializationContext context) throws IOException {
      if (in.nextToken() != JsonToken.VALUE_STRING) fail(context);
      return in.getText();
    }

    private Finding fail(DeserializationContext context) throws IOException {
      return context.reportInputMismatch(this, "a finding was expected");
    }
  }

  /// A key of what belongs to one row while it is written or read.
  private static final Object OF_THIS_ROW = new Object();

  private static final class SealedWriter extends StdSerializer<Sealed> {
    private static final long serialVersionUID = 1;

    SealedWriter() {
      super(Sealed.class);
    }

    @Override
    public void serialize(Sealed of, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      var places = places(provider);
      var place = places.putIfAbsent(of, places.size());
      if (place != null) {
        out.writeNumber(place);
        return;
      }
      out.writeStartObject(of);
      out.writeStringField("ciphertext", of.ciphertext());
      out.writeStringField("digest", of.digest());
      out.writeStringField("purpose", of.purpose());
      out.writeStringField("subject", of.subject());
      out.writeEndObject();
    }

    @SuppressWarnings("unchecked")
    private static Map<Sealed, Integer> places(SerializerProvider provider) {
      var places = (Map<Sealed, Integer>) provider.getAttribute(OF_THIS_ROW);
      if (places == null) {
        places = new HashMap<>();
        provider.setAttribute(OF_THIS_ROW, places);
      }
      return places;
    }
  }

  private static final class SealedReader extends StdDeserializer<Sealed> {
    private static final long serialVersionUID = 1;

    private record Members(String ciphertext, String digest, String purpose, String subject) {}

    SealedReader() {
      super(Sealed.class);
    }

    @Override
    public Sealed deserialize(JsonParser in, DeserializationContext context) throws IOException {
      var row = row(context);
      if (in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        int place = in.getIntValue();
        if (place >= 0 && place < row.size()) return row.get(place);
        return context.reportInputMismatch(this, "this row has no such sealed text");
      }
      var members = context.readValue(in, Members.class);
      var sealed = new Sealed(members.subject, members.purpose, members.digest, members.ciphertext);
      row.add(sealed);
      return sealed;
    }

    @SuppressWarnings("unchecked")
    private static List<Sealed> row(DeserializationContext context) {
      var row = (List<Sealed>) context.getAttribute(OF_THIS_ROW);
      if (row == null) {
        row = new ArrayList<>();
        context.setAttribute(OF_THIS_ROW, row);
      }
      return row;
    }
  }
}
