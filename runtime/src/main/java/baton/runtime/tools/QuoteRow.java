package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/// A quote as it was found: open to concessions and orders, or not.
sealed interface QuoteRow {
  /// @param reason why nothing can be done with it
  record Closed(String reason) implements QuoteRow {}

  /// @param percent off the list price in all
  record Open(String id, int percent, Money list, Money total, Instant until) implements QuoteRow {
    Open lowered(int percent) {
      var total = new Money(list.currency(), PriceBook.less(list.minor(), percent));
      return new Open(id, percent, list, total, until);
    }

    Outcome confirmed() {
      return Outcome.confirmed(
          Map.of(
              "quote", Value.of(id),
              "quote.list", Value.of(list),
              "quote.total", Value.of(total),
              "quote.percent", Value.of(percent),
              "quote.until", Value.of(until)));
    }
  }

  /// The quote of the effect's own conversation, its row locked until the effect ends.
  static QuoteRow locked(Connection sql, Effect effect, String id) throws SQLException {
    try (var select =
        sql.prepareStatement(
            "select percent, currency, list, total, until, state from quote"
                + " where tenant = ? and id = ? and conversation = ? for update")) {
      select.setString(1, effect.conversation().tenant());
      select.setString(2, id);
      select.setString(3, effect.conversation().id());
      try (var row = select.executeQuery()) {
        if (!row.next()) return new Closed("no-such-quote");
        if (row.getString(6).equals("ordered")) return new Closed("quote-ordered");
        var until = Effects.instant(row, 5);
        if (!effect.at().isBefore(until)) return new Closed("quote-expired");
        String currency = row.getString(2);
        return new Open(
            id,
            row.getInt(1),
            new Money(currency, row.getLong(3)),
            new Money(currency, row.getLong(4)),
            until);
      }
    }
  }
}
