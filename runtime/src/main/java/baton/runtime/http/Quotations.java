package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.runtime.documents.QuotePdf;
import baton.runtime.documents.QuoteSheet;
import baton.runtime.tools.Amounts;
import baton.runtime.tools.Paper;
import baton.runtime.tools.Paper.Standing;
import baton.runtime.tools.Sales;
import baton.runtime.tools.Term;
import baton.runtime.view.Sight;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;

/// Quotes as documents, for operators and for the conversation's own buyer.
final class Quotations {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ENGLISH);

  private final Ports ports;
  private final Sales sales;
  private final Desk desk;
  private final InstantSource clock;

  Quotations(Ports ports, Desk desk, InstantSource clock) {
    this.ports = ports;
    this.sales = ports.sales();
    this.desk = desk;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/quotes/{quote}.pdf", Route.Access.OPERATOR, this::any).with("version"),
        Route.of(
                "GET",
                "/v1/conversations/{id}/quotes/{quote}.pdf",
                Route.Access.CONVERSATION,
                this::own)
            .with("version"));
  }

  private Answer any(Asked asked) {
    return pdf(asked, paper(asked).orElseThrow(Quotations::unknown));
  }

  private Answer own(Asked asked) {
    var id = asked.conversation();
    return pdf(
        asked,
        paper(asked)
            .filter(paper -> paper.conversation().equals(id))
            .orElseThrow(Quotations::unknown));
  }

  private static Problem unknown() {
    return Problem.of(404, "there is no such quote, or it never had that version");
  }

  private Optional<Paper> paper(Asked asked) {
    String quote = asked.path().get("quote");
    long version = asked.number("version", 0);
    if (!ConversationId.isName(quote) || version > 1_000_000) return Optional.empty();
    return sales
        .prices()
        .paper(asked.tenant(), quote, Optional.of((int) version).filter(number -> number > 0));
  }

  private Answer pdf(Asked asked, Paper paper) {
    var sheet = sheet(asked, paper);
    return new Answer.Document(
        "application/pdf",
        sheet.number() + "-v" + sheet.version() + ".pdf",
        ByteString.fromArray(QuotePdf.of(sheet)));
  }

  private QuoteSheet sheet(Asked asked, Paper paper) {
    var zone = zone(asked.tenant(), paper.campaign());
    var quoted = paper.quoted();
    var line = paper.line();
    var house = sales.prices().house();
    long from = line.price().tier().fromSeats();
    return new QuoteSheet(
        "Q-" + quoted.id().substring(1, Math.min(9, quoted.id().length())).toUpperCase(Locale.ROOT),
        quoted.id(),
        paper.version(),
        standing(paper.standing(clock.instant())),
        paper.at().atZone(zone).toLocalDate(),
        until(quoted.until(), zone),
        house.seller().isEmpty() ? List.of() : house.seller().lines().toList(),
        buyer(asked, paper),
        new QuoteSheet.Row(
            line.price().title(),
            line.price().term().words() + (from > 1 ? ", from " + from + " seats" : ""),
            String.format(Locale.ROOT, "%,d", line.seats()),
            Amounts.shown(line.price().tier().perSeat()),
            Amounts.shown(quoted.list())),
        concession(paper),
        totalFor(line.price().term()),
        Amounts.shown(quoted.total()),
        ordering(paper.standing(clock.instant()), quoted.total()),
        house.terms());
  }

  /// The last minute of it, on the campaign's clock.
  private static List<String> until(Instant end, ZoneId zone) {
    var last = end.minusNanos(1).atZone(zone);
    String id = zone.getId();
    String city = id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
    String clock = id.contains("/") ? city + " time" : id.replace("Z", "UTC");
    return List.of(DAY.format(last), TIME.format(last) + ", " + clock);
  }

  private static String ordering(Standing standing, Money total) {
    return switch (standing) {
      case Standing.Open _ ->
          "Say in our chat that you would like to order, by the time above. The order is placed at "
              + Amounts.shown(total)
              + ", exactly as it stands here. There is no need to sign or send anything.";
      case Standing.Ordered _, Standing.Expired _, Standing.Superseded _ -> "";
    };
  }

  private static Optional<String> standing(Standing standing) {
    return switch (standing) {
      case Standing.Open _ -> Optional.empty();
      case Standing.Ordered _ -> Optional.of("ORDERED");
      case Standing.Expired _ -> Optional.of("EXPIRED");
      case Standing.Superseded(var by) -> Optional.of("SUPERSEDED BY VERSION " + by);
    };
  }

  private static Optional<QuoteSheet.Concession> concession(Paper paper) {
    var quoted = paper.quoted();
    if (quoted.percent() == 0) return Optional.empty();
    var off = new Money(quoted.list().currency(), quoted.list().minor() - quoted.total().minor());
    return Optional.of(
        new QuoteSheet.Concession(
            "Discount of " + quoted.percent() + " %", "– " + Amounts.shown(off)));
  }

  private static String totalFor(Term term) {
    return switch (term) {
      case MONTH -> "Total per month";
      case YEAR -> "Total per year";
      case ONCE -> "Total";
    };
  }

  /// What was known of the buyer when the quote was made, as far as it may still be read.
  private List<String> buyer(Asked asked, Paper paper) {
    var sight = desk.sight(asked);
    return desk.find(paper.conversation()).stream()
        .flatMap(known ->
            Stream.of("name", "company", "email")
                .flatMap(name -> known.fact(name, paper.at()).stream()))
        .flatMap(fact -> shown(fact, sight).stream())
        .toList();
  }

  private static Optional<String> shown(Fact fact, Sight sight) {
    return switch (fact.value()) {
      case Value.Secret(var sealed) -> sight.open().apply(sealed);
      case Value.Text(var text) -> Optional.of(text);
      case Value _ -> Optional.empty();
    };
  }

  private ZoneId zone(String tenant, String campaign) {
    return ports
        .policies()
        .active(tenant, campaign)
        .map(document -> document.policy().zone())
        .orElse(ZoneOffset.UTC);
  }
}
