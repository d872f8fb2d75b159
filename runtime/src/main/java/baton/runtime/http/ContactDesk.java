package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.fact.Value;
import baton.runtime.contacts.ContactBook;
import baton.runtime.contacts.NotRead;
import baton.runtime.tools.Contacts.Contact;
import baton.runtime.tools.Contacts.Provenance;
import baton.runtime.tools.Contacts.Written;
import baton.runtime.tools.Crm;
import baton.runtime.view.Sight;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What operators do with the contacts of the CRM.
final class ContactDesk {
  private static final int PAGE_MAX = 100;
  private static final Set<String> CSV = Set.of("text/csv", "application/csv", "text/plain");

  private final Crm crm;
  private final ContactBook book;
  private final Desk desk;

  ContactDesk(Ports ports, Desk desk) {
    this.crm = ports.sales().crm();
    this.book = ports.contacts();
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        operator("GET", "/v1/contacts", this::page).with("after"),
        operator("GET", "/v1/contacts.csv", this::write),
        operator("POST", "/v1/contacts.csv", this::read).streamed(),
        operator("GET", "/v1/contacts/{contact}", this::one));
  }

  private static Route operator(String method, String template, Route.Handler handler) {
    return Route.of(method, template, Route.Access.OPERATOR, handler);
  }

  record RowView(String id, Instant since, Map<String, Object> fields) {}

  private Answer page(Asked asked) {
    String after = asked.query().getOrDefault("after", "");
    if (!after.isEmpty() && !ConversationId.isName(after)) {
      throw Problem.invalid("'after' is not a contact's id");
    }
    var sight = desk.sight(asked);
    return Answer.ok(
        crm.page(asked.tenant(), after, PAGE_MAX).stream()
            .map(contact -> new RowView(contact.id(), contact.since(), fields(contact, sight)))
            .toList());
  }

  /// Null where it was erased.
  private static Map<String, Object> fields(Contact contact, Sight sight) {
    var fields = new TreeMap<String, Object>();
    for (var written : contact.fields()) {
      fields.put(written.field().name(), shown(written.field().value(), sight));
    }
    return fields;
  }

  record CardView(
      String id, Instant since, Map<String, Object> fields, List<WrittenView> history) {}

  /// @param value null where it was erased
  /// @param source who observed it: buyer, tool, operator or agent; `import` where a file brought
  ///   it
  /// @param evidence number of the conversation's event, or line of the file; null where there is
  ///   none
  record WrittenView(
      String field,
      Object value,
      String source,
      Long evidence,
      String role,
      String campaign,
      String conversation,
      String effect,
      String operator,
      Instant at) {}

  private Answer one(Asked asked) {
    String id = asked.path().get("contact");
    var contact =
        Optional.of(id)
            .filter(ConversationId::isName)
            .flatMap(name -> crm.find(asked.tenant(), name))
            .orElseThrow(() -> Problem.of(404, "there is no such contact"));
    var sight = desk.sight(asked);
    return Answer.ok(
        new CardView(
            contact.id(),
            contact.since(),
            fields(contact, sight),
            contact.fields().stream().map(written -> shown(written, sight)).toList()));
  }

  private static WrittenView shown(Written written, Sight sight) {
    var field = written.field();
    var value = shown(field.value(), sight);
    return switch (field.provenance()) {
      case Provenance.Observed(var source, var evidence) ->
          view(written, value, source.name().toLowerCase(Locale.ROOT), evidence, null);
      case Provenance.Claimed _ -> view(written, value, "agent", null, null);
      case Provenance.Imported(var operator, var line) ->
          view(written, value, "import", line, operator);
    };
  }

  private static WrittenView view(
      Written written, Object value, String source, Long evidence, String operator) {
    return new WrittenView(
        written.field().name(),
        value,
        source,
        evidence,
        orNull(written.role()),
        orNull(written.campaign()),
        orNull(written.conversation()),
        written.key(),
        operator,
        written.at());
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Object shown(Value value, Sight sight) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(var number) -> number;
      case Value.Time(var at) -> at.toString();
      case Value.Amount(var money) -> Map.of("currency", money.currency(), "minor", money.minor());
      case Value.Secret(var sealed) -> sight.open().apply(sealed).orElse(null);
    };
  }

  /// A page of contacts in memory at a time, as fast as its reader reads.
  private Answer write(Asked asked) {
    Source<ByteString, NotUsed> bytes =
        Source.unfoldResource(
            () -> book.writing(asked.tenant()), ContactDesk::part, _ -> NotUsed.getInstance());
    return new Answer.Download("text/csv; charset=UTF-8", "contacts.csv", bytes);
  }

  private static Optional<ByteString> part(ContactBook.Writing writing) {
    var out = new ByteArrayOutputStream();
    return writing.next(out)
        ? Optional.of(ByteString.fromArrayUnsafe(out.toByteArray()))
        : Optional.empty();
  }

  private Answer read(Asked asked) {
    if (!CSV.contains(asked.mediaType())) {
      throw Problem.of(415, "contacts are sent as Content-Type: text/csv");
    }
    try {
      var report =
          book.read(asked.tenant(), asked.operator(), asked.stream())
              .orElseThrow(() ->
                  Problem.later(
                      503,
                      "another file of contacts is being read: send this one after it",
                      Duration.ofSeconds(10)));
      var answer = new LinkedHashMap<String, Object>();
      answer.put("added", report.addedCount());
      answer.put("changed", report.changedCount());
      answer.put("unchanged", report.unchangedCount());
      answer.put("refused", report.refusedCount());
      answer.put("rows", report.rows());
      answer.put("leftOut", report.leftOut());
      return Answer.ok(answer);
    } catch (NotRead broken) {
      throw Problem.invalid(broken.getMessage());
    }
  }
}
