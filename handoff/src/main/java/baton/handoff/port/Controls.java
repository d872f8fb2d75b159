package baton.handoff.port;

import baton.handoff.Circumstances;
import baton.handoff.ConversationId;
import baton.handoff.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Pause and resume. Thread-safe; blocks.
public interface Controls {
  /// Sets a scope's mode. When this has returned after a pause, no claim within the scope commits
  /// any more; those made before it and not yet settled are in the answer.
  ///
  /// @param seen version of the scope's row, 0 where it has none; empty for whatever it is
  /// @throws Overtaken where it is another one
  Change set(
      String tenant, Scope scope, Mode mode, String reason, String operator, OptionalLong seen);

  /// Whatever was set before.
  default Change set(String tenant, Scope scope, Mode mode, String reason, String operator) {
    return set(tenant, scope, mode, reason, operator, OptionalLong.empty());
  }

  /// Every scope that was ever set, within the tenant or above it.
  List<Row> all(String tenant);

  /// What holds for a conversation whose lease a role has, as this node knows it: it may lag behind
  /// [#set], and the claim does not.
  Circumstances.Control effective(ConversationId conversation, String campaign, Role role);

  enum Mode {
    RUNNING,
    PAUSED
  }

  /// `engine`, `tenant:NAME`, `campaign:NAME`, `role:NAME` or `conversation:ID`. All but the first
  /// two lie within the caller's tenant.
  record Scope(Level level, String name) {
    /// Widest first: locks are taken in this order.
    public enum Level {
      ENGINE,
      TENANT,
      CAMPAIGN,
      ROLE,
      CONVERSATION
    }

    public static Optional<Scope> parse(String text) {
      if (text.equals("engine")) return Optional.of(new Scope(Level.ENGINE, ""));
      int colon = text.indexOf(':');
      if (colon < 0) return Optional.empty();
      String name = text.substring(colon + 1);
      if (!ConversationId.isName(name)) return Optional.empty();
      return switch (text.substring(0, colon)) {
        case "tenant" -> Optional.of(new Scope(Level.TENANT, name));
        case "campaign" -> Optional.of(new Scope(Level.CAMPAIGN, name));
        case "role" -> Optional.of(new Scope(Level.ROLE, name));
        case "conversation" -> Optional.of(new Scope(Level.CONVERSATION, name));
        default -> Optional.empty();
      };
    }

    @Override
    public String toString() {
      return level == Level.ENGINE ? "engine" : level.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
  }

  /// @param version number of the change, rising over all scopes
  record Row(Scope scope, Mode mode, String reason, String operator, Instant at, long version) {}

  record Change(Row row, List<Claims.Claim> inFlight) {}
}
