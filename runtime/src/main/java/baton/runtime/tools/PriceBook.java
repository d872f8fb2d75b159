package baton.runtime.tools;

import static baton.runtime.tools.Effects.stamp;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.Concede;
import baton.handoff.action.Action.Quote;
import baton.handoff.fact.Money;
import baton.handoff.port.Tool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Quotes per month from list prices, and what is taken off them.
public final class PriceBook implements Tool {
  /// How long a quote stands.
  static final Duration VALID = Duration.ofDays(14);

  static final long SEATS_MAX = 100_000;

  private static final Map<String, Capability> CAN =
      Map.of(
          "quote",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["product","seats"],
               "properties":{
                "product":{"type":"string","description":"a name in the price book"},
                "seats":{"type":"integer","minimum":1,"maximum":100000}}}\
              """),
          "concede",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["quote","percent"],
               "properties":{
                "quote":{"type":"string"},
                "percent":{"type":"integer","minimum":1,"maximum":100,
                 "description":"off the list price in all"}}}\
              """));

  private final Effects effects;

  public PriceBook(Effects effects) {
    this.effects = effects;
  }

  @Override
  public Set<String> kinds() {
    return CAN.keySet();
  }

  @Override
  public String schema(String kind) {
    return Capability.of(CAN, kind).schema();
  }

  @Override
  public boolean undoable(String kind) {
    return Capability.of(CAN, kind).undoable();
  }

  /// Facts: `quote`, `quote.list`, `quote.total`, `quote.percent`, `quote.until`. Reasons:
  /// `no-such-product`, `seats-out-of-range`, `percent-out-of-range`, `no-such-quote`,
  /// `quote-expired`, `quote-ordered`, and `conceded-more` where that would take back what was
  /// given.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case Quote quote -> effects.once(effect, sql -> quote(sql, effect, quote));
      case Concede concede -> effects.once(effect, sql -> concede(sql, effect, concede));
      case Action other -> throw new IllegalArgumentException("no price book has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  /// What is left of a list price after `percent` off. What is taken off is rounded to the smallest
  /// unit, a half to the even neighbour.
  ///
  /// @throws ArithmeticException beyond 64 bits
  static long less(long list, int percent) {
    long hundredths = Math.multiplyExact(list, percent);
    long off = hundredths / 100;
    long rest = hundredths % 100;
    boolean up = rest > 50 || (rest == 50 && off % 2 == 1);
    return Math.subtractExact(list, up ? off + 1 : off);
  }

  private static Outcome quote(Connection sql, Effect effect, Quote quote) throws SQLException {
    if (quote.seats() < 1 || quote.seats() > SEATS_MAX) return new Failed("seats-out-of-range");
    var price = price(sql, effect.conversation().tenant(), quote.product());
    if (price.isEmpty()) return new Failed("no-such-product");
    long list = Math.multiplyExact(price.get().minor(), quote.seats());
    var total = new Money(price.get().currency(), list);
    var until = effect.at().truncatedTo(ChronoUnit.MILLIS).plus(VALID);
    var made = new QuoteRow.Open(Effects.id("q", effect), 0, total, total, until);
    try (var insert =
        sql.prepareStatement(
            """
            insert into quote (tenant, id, conversation, product, seats, percent, currency, list,
              total, until, state, version)
            values (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, 'open', 1)\
            """)) {
      insert.setString(1, effect.conversation().tenant());
      insert.setString(2, made.id());
      insert.setString(3, effect.conversation().id());
      insert.setString(4, quote.product());
      insert.setLong(5, quote.seats());
      insert.setString(6, total.currency());
      insert.setLong(7, list);
      insert.setLong(8, list);
      insert.setObject(9, stamp(until));
      insert.executeUpdate();
    }
    return made.confirmed();
  }

  private static Outcome concede(Connection sql, Effect effect, Concede concede)
      throws SQLException {
    if (concede.percent() < 1 || concede.percent() > 100) return new Failed("percent-out-of-range");
    return switch (QuoteRow.locked(sql, effect, concede.quote())) {
      case QuoteRow.Closed(var reason) -> new Failed(reason);
      case QuoteRow.Open quote when quote.percent() > concede.percent() ->
          new Failed("conceded-more");
      case QuoteRow.Open quote -> lower(sql, effect, quote.lowered(concede.percent()));
    };
  }

  private static Outcome lower(Connection sql, Effect effect, QuoteRow.Open quote)
      throws SQLException {
    try (var update =
        sql.prepareStatement(
            "update quote set percent = ?, total = ?, version = version + 1"
                + " where tenant = ? and id = ?")) {
      update.setInt(1, quote.percent());
      update.setLong(2, quote.total().minor());
      update.setString(3, effect.conversation().tenant());
      update.setString(4, quote.id());
      update.executeUpdate();
    }
    return quote.confirmed();
  }

  private static Optional<Money> price(Connection sql, String tenant, String product)
      throws SQLException {
    try (var select =
        sql.prepareStatement(
            "select currency, minor from price_book where tenant = ? and product = ?")) {
      select.setString(1, tenant);
      select.setString(2, product);
      try (var row = select.executeQuery()) {
        if (!row.next()) return Optional.empty();
        return Optional.of(new Money(row.getString(1), row.getLong(2)));
      }
    }
  }
}
