package baton.handoff.port;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Something outside that acts: a calendar, a price book, a CRM. What it can do is not what it may
/// do: it is called only under a claim. Thread-safe; may block.
public interface Tool {
  /// Kinds of action it carries out.
  Set<String> kinds();

  /// JSON Schema of the arguments for a kind, for agents that are shown what they may propose.
  String schema(String kind);

  /// Whether what it did can be taken back.
  boolean undoable(String kind);

  /// Does it, once per key: a second call with the same key returns what the first one did.
  Outcome call(Effect effect);

  /// What became of an earlier call: `Confirmed` or `Failed` where the tool knows, `Failed` with
  /// `never-done` where it knows that there was none, else `Unknown`.
  Outcome lookUp(Effect effect);

  /// One outside call.
  ///
  /// @param subject whose data it touches
  /// @param permit under which it was claimed; its policy says what a declared tool is given
  /// @param facts the conversation's facts at the decision
  /// @param at the time of the claim
  record Effect(
      ConversationId conversation,
      String campaign,
      String subject,
      Permit permit,
      Action action,
      Map<String, Fact> facts,
      Instant at) {
    public Role role() {
      return permit.role();
    }

    /// Idempotency key.
    public String key() {
      return permit.key();
    }
  }
}
