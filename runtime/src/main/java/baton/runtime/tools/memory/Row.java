package baton.runtime.tools.memory;

import baton.handoff.ConversationId;
import baton.handoff.fact.Money;
import baton.runtime.tools.Appointments.Busy;
import baton.runtime.tools.Appointments.Kept;
import baton.runtime.tools.Contacts;
import baton.runtime.tools.OrderState;
import baton.runtime.tools.Orders;
import baton.runtime.tools.Paper;
import baton.runtime.tools.Quotes.Quoted;
import java.time.Instant;
import java.util.List;

/// What the tools' tables hold.
public sealed interface Row {
  record Price(String product, Money perSeat) implements Row {}

  record Booked(Kept kept, Busy reserved, ConversationId conversation, String subject)
      implements Row {}

  /// @param version how often it was written
  /// @param papers what stood in each version, oldest first
  record Quote(Quoted quoted, int version, List<Paper> papers) implements Row {
    public Quote {
      papers = List.copyOf(papers);
    }

    ConversationId conversation() {
      return papers.getFirst().conversation();
    }
  }

  /// @param changes oldest first
  record Order(
      String id,
      String quote,
      ConversationId conversation,
      String subject,
      Money total,
      Instant at,
      OrderState state,
      List<Orders.Change> changes)
      implements Row {
    public Order {
      changes = List.copyOf(changes);
    }

    Orders.Order shown() {
      return new Orders.Order(id, quote, conversation, subject, total, at, state, changes);
    }
  }

  record Contact(String id, String subject, Instant since) implements Row {}

  /// A value that a contact's field had; the last one of a name counts.
  record Written(String subject, Contacts.Written written) implements Row {}

  /// What an operator said last.
  record Word(String operator, boolean available, Instant since, Instant until) implements Row {
    boolean holds(Instant at) {
      return available && until.isAfter(at);
    }
  }

  record Decline(ConversationId conversation, String operator, Instant at) implements Row {}

  record Offer(
      String id,
      ConversationId conversation,
      String subject,
      String role,
      String reason,
      int offeredTo,
      Offer.Stage stage,
      Instant at)
      implements Row {
    /// How far it has come.
    public sealed interface Stage {
      record Offered() implements Stage {}

      record Accepted(String operator) implements Stage {}

      record Returned(String operator) implements Stage {}

      record Closed(String operator) implements Stage {}

      /// Nobody took it.
      record Lapsed() implements Stage {}
    }

    Offer in(Stage next) {
      return new Offer(id, conversation, subject, role, reason, offeredTo, next, at);
    }
  }
}
