package baton.runtime.tools;

import baton.handoff.fact.Value;
import baton.runtime.tools.memory.MemoryTools;
import baton.runtime.tools.memory.Row;
import baton.runtime.tools.memory.TableAccess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A tenant in memory.
final class MemoryBench extends Bench {
  private final MemoryTools tools;

  MemoryBench(String tenant, MemoryTools tools) {
    super(tenant, tools.calendar(), tools.prices(), tools.orders(), tools.crm(), tools.humans());
    this.tools = tools;
  }

  /// With the seeds of tenant `default`.
  static MemoryBench seeded(String tenant, MemoryTools tools) {
    tools.seed(tenant);
    return new MemoryBench(tenant, tools);
  }

  @Override
  PriceBook prices(Optional<PriceList> list, String wanted) {
    return TableAccess.prices(tools, list, wanting(wanted));
  }

  @Override
  long effects() {
    return tools.effects(tenant).size();
  }

  @Override
  List<String> bookingRows() {
    return tools.bookings(tenant).stream()
        .map(row -> {
          var kept = row.kept();
          var slot = kept.booking().slot();
          return spaced(slot.seller(), slot.start(), slot.end(), low(kept.state()), kept.version());
        })
        .sorted()
        .toList();
  }

  @Override
  List<String> priceRows() {
    return tools.prices(tenant).stream()
        .map(row -> spaced(row.product(), row.perSeat().currency(), row.perSeat().minor()))
        .toList();
  }

  @Override
  List<String> quoteRows() {
    return tools.quotes(tenant).stream()
        .map(row -> {
          var quote = row.quoted();
          return quote.percent()
              + ("/" + quote.total().minor() + "/" + row.version() + "/" + low(quote.state()));
        })
        .sorted()
        .toList();
  }

  @Override
  List<String> orderRows() {
    return tools.orders(tenant).stream()
        .map(row -> spaced(row.id(), row.quote(), row.total().currency(), row.total().minor()))
        .sorted()
        .toList();
  }

  @Override
  List<String> contactIds() {
    return tools.contacts(tenant).stream().map(Row.Contact::id).toList();
  }

  @Override
  List<String> fieldRows() {
    return tools.fields(tenant).stream()
        .map(Row.Written::written)
        .map(row ->
            shown(row.field().value())
                + (" by " + row.role() + " in " + row.conversation())
                + (" under " + row.key() + ", " + provenance(row.field()) + " at " + row.at()))
        .toList();
  }

  @Override
  List<String> queueRows() {
    return tools.offers(tenant).stream()
        .map(row -> row.conversation().id() + " " + stage(row))
        .sorted()
        .toList();
  }

  @Override
  Ledger<Appointments> appointments() {
    return TableAccess.appointments(tools);
  }

  @Override
  Ledger<Letters> letters() {
    return TableAccess.letters(tools);
  }

  @Override
  Ledger<Contacts> ledger() {
    return TableAccess.contacts(tools);
  }

  private static String shown(Value value) {
    return value instanceof Value.Secret(var sealed)
        ? spaced(sealed.subject(), sealed.purpose(), sealed.digest(), sealed.ciphertext())
        : value.shown();
  }

  private static String provenance(Contacts.Field field) {
    return switch (field.provenance()) {
      case Contacts.Provenance.Observed(var source, var evidence) -> spaced(low(source), evidence);
      case Contacts.Provenance.Claimed _ -> "agent -";
      case Contacts.Provenance.Imported(_, var line) -> "import " + line;
    };
  }

  private static String stage(Row.Offer offer) {
    return switch (offer.stage()) {
      case Row.Offer.Stage.Offered _ -> "offered -";
      case Row.Offer.Stage.Accepted(var operator) -> "accepted " + operator;
      case Row.Offer.Stage.Returned(var operator) -> "returned " + operator;
      case Row.Offer.Stage.Closed(var operator) -> "closed " + operator;
      case Row.Offer.Stage.Lapsed _ -> "lapsed -";
    };
  }

  private static String low(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String spaced(Object... parts) {
    return Stream.of(parts).map(Object::toString).collect(Collectors.joining(" "));
  }
}
