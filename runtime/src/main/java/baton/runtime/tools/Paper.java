package baton.runtime.tools;

import baton.handoff.ConversationId;
import java.time.Instant;

/// One version of a quote, with all that stands on it.
///
/// @param version from 1; a concession makes the next one
/// @param latest version that counts
/// @param at when this version was made
public record Paper(
    Quotes.Quoted quoted,
    Line line,
    ConversationId conversation,
    String subject,
    String campaign,
    int version,
    int latest,
    Instant at) {
  /// What is quoted.
  public record Line(String product, long seats, PriceList.Found.Price price) {}

  /// Where it stands today among its quote's versions.
  public sealed interface Standing {
    record Open() implements Standing {}

    record Expired() implements Standing {}

    record Ordered() implements Standing {}

    /// @param by the version that counts
    record Superseded(int by) implements Standing {}
  }

  public Standing standing(Instant now) {
    if (version < latest) return new Standing.Superseded(latest);
    return switch (quoted.state()) {
      case ORDERED -> new Standing.Ordered();
      case OPEN -> now.isBefore(quoted.until()) ? new Standing.Open() : new Standing.Expired();
    };
  }

  /// The same once there are later versions, or an order.
  public Paper among(int newLatest, Quotes.State state) {
    var now =
        new Quotes.Quoted(
            quoted.id(), quoted.percent(), quoted.list(), quoted.total(), quoted.until(), state);
    return new Paper(now, line, conversation, subject, campaign, version, newLatest, at);
  }
}
