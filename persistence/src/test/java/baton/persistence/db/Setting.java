package baton.persistence.db;

import baton.handoff.ConversationId;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.port.Claims.Authority;
import baton.handoff.port.Claims.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// One tenant of a test's own, with a campaign under policy `p1` in which claims are granted.
record Setting(Ports ports, String tenant) {
  static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  static final Instant EARLIER = Instant.parse("2000-01-01T00:00:00Z");
  private static final AtomicInteger TENANTS = new AtomicInteger();

  static Setting in(Ports ports) {
    var setting = new Setting(ports, "t" + TENANTS.incrementAndGet());
    setting.activate("c", "p1");
    return setting;
  }

  void activate(String campaign, String hash) {
    ports.policies().activate(tenant, Documents.of(campaign, hash), "olga");
  }

  ConversationId id(String conversation) {
    return new ConversationId(tenant, conversation);
  }

  /// Gives a conversation its authority row, and its buyer the name `buyer-CONVERSATION`.
  Setting at(String conversation, long authority) {
    advance(conversation, authority, false);
    return this;
  }

  void advance(String conversation, long authority, boolean optedOut) {
    ports
        .claims()
        .advance(
            List.of(new Authority(id(conversation), "buyer-" + conversation, authority, optedOut)));
  }

  Draft draft(String conversation, long seq, long authority) {
    return new Draft(
        id(conversation),
        "c",
        "buyer-" + conversation,
        seq,
        "k" + seq,
        authority,
        "p1",
        false,
        LATER,
        Optional.empty(),
        Role.BOOKING);
  }

  /// A request in the making.
  record Draft(
      ConversationId id,
      String campaign,
      String subject,
      long seq,
      String key,
      long authority,
      String policy,
      boolean despiteOptOut,
      Instant expiresAt,
      Optional<Integer> attemptsMax,
      Role role) {

    Draft key(String key) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          attemptsMax,
          role);
    }

    Draft policy(String policy) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          attemptsMax,
          role);
    }

    Draft campaign(String campaign) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          attemptsMax,
          role);
    }

    Draft subject(String subject) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          attemptsMax,
          role);
    }

    Draft expiresAt(Instant expiresAt) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          attemptsMax,
          role);
    }

    Draft role(Role role) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          attemptsMax,
          role);
    }

    Draft allowedDespiteOptOut() {
      return new Draft(
          id, campaign, subject, seq, key, authority, policy, true, expiresAt, attemptsMax, role);
    }

    Draft countedAsAttempt() {
      return attemptsMax(Integer.MAX_VALUE);
    }

    Draft attemptsMax(int most) {
      return new Draft(
          id,
          campaign,
          subject,
          seq,
          key,
          authority,
          policy,
          despiteOptOut,
          expiresAt,
          Optional.of(most),
          role);
    }

    Request request() {
      var permit =
          new Permit(
              id.numbered(seq),
              seq,
              seq - 1,
              "speak",
              "digest-" + seq,
              id.key() + ":" + key,
              role,
              3,
              authority,
              policy,
              despiteOptOut,
              attemptsMax,
              expiresAt);
      return new Request(id, campaign, subject, permit, "{\"seq\":" + seq + "}");
    }
  }
}
