package baton.runtime.outreach;

import baton.handoff.ConversationId;
import baton.handoff.fact.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/// Somebody whom a campaign may write to, and how far the engine has come.
///
/// @param subject the vault's id
/// @param address the vault's id of the e-mail address alone
/// @param n place in the order in which leads were added
/// @param conversation the one that is or will be opened: the same for the same lead and campaign
/// @param person what identifies the lead
/// @param reason why it ended where it did; empty while it goes on
/// @param invitations how many were sent
record Lead(
    String tenant,
    String campaign,
    String subject,
    String address,
    long n,
    ConversationId conversation,
    Sealed person,
    String zone,
    String region,
    String segment,
    State state,
    String reason,
    Instant changedAt,
    int invitations) {
  enum State {
    WAITING,
    /// Taken, and nobody knows yet whether its conversation was opened.
    OPENING,
    OPENED,
    INVITED,
    ARRIVED,
    DONE,
    /// Never written to.
    REFUSED,
    OPTED_OUT;

    String shown() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static State of(String shown) {
      return valueOf(shown.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /// The same after it has moved on.
  Lead in(State next) {
    return new Lead(
        tenant,
        campaign,
        subject,
        address,
        n,
        conversation,
        person,
        zone,
        region,
        segment,
        next,
        reason,
        changedAt,
        invitations);
  }

  /// What [#read] reads.
  static final String SELECT =
      """
      select tenant, campaign, subject, address, n, conversation, digest, person, zone, region,
        segment, state, reason, changed_at, invitations
      from lead\
      """;

  static Lead read(ResultSet row) throws SQLException {
    String tenant = row.getString("tenant");
    String subject = row.getString("subject");
    return new Lead(
        tenant,
        row.getString("campaign"),
        subject,
        row.getString("address"),
        row.getLong("n"),
        new ConversationId(tenant, row.getString("conversation")),
        new Sealed(subject, Leads.IDENTITY, row.getString("digest"), row.getString("person")),
        row.getString("zone"),
        row.getString("region"),
        row.getString("segment"),
        Lead.State.of(row.getString("state")),
        row.getString("reason"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getInt("invitations"));
  }
}
