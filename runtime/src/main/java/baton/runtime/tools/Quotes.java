package baton.runtime.tools;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool.Effect;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The tables of price book and order book: list prices, quotes, and orders of which a quote has
/// one at most.
public interface Quotes {
  /// List price per seat and month.
  Optional<Money> price(String tenant, String product);

  /// A quote of this very conversation, which nobody else changes until the effect ends.
  Optional<Quoted> find(ConversationId conversation, String id);

  void add(Effect effect, Quoted made, Paper.Line line);

  /// Keeps percentage and total of a quote that is there, as its next version.
  void lower(Effect effect, Quoted quote);

  /// Makes an order of the quote, which is ordered from then on.
  void order(Effect effect, String id, Quoted quote);

  /// What stands on a quote, in its latest version or in another one that it had.
  Optional<Paper> paper(String tenant, String id, Optional<Integer> version);

  enum State {
    OPEN,
    ORDERED
  }

  /// What stands in a quote.
  ///
  /// @param percent off the list price in all
  record Quoted(String id, int percent, Money list, Money total, Instant until, State state) {
    Quoted lowered(int percent) {
      var total = Amounts.less(list, percent);
      return new Quoted(id, percent, list, total, until, state);
    }

    public Quoted ordered() {
      return new Quoted(id, percent, list, total, until, State.ORDERED);
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

  /// What is done with a quote that is open to concessions and orders.
  default Outcome whenOpen(Effect effect, String id, Function<Quoted, Outcome> then) {
    var found = find(effect.conversation(), id);
    if (found.isEmpty()) return new Failed("no-such-quote");
    var quote = found.get();
    return switch (quote.state()) {
      case ORDERED -> new Failed("quote-ordered");
      case OPEN ->
          effect.at().isBefore(quote.until()) ? then.apply(quote) : new Failed("quote-expired");
    };
  }
}
