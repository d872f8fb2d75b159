package baton.runtime.tools;

import static baton.runtime.tools.Effects.stamp;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.action.Action;
import baton.handoff.action.Action.TransferToHuman;
import baton.handoff.fact.Value;
import baton.handoff.port.Operators;
import baton.handoff.port.Tool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Offers conversations to the operators who are there.
public final class HumanQueue implements Tool, Operators {
  private static final Map<String, Capability> CAN =
      Map.of(
          "transfer-to-human",
          new Capability(
              false,
              """
              {"type":"object","additionalProperties":false,"required":["reason"],
               "properties":{"reason":{"type":"string"}}}\
              """));

  private final Effects effects;

  public HumanQueue(Effects effects) {
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

  /// Fact: `human.offered`, to how many. Reason: `nobody-available`.
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case TransferToHuman transfer ->
          effects.once(effect, sql -> offer(sql, effect, transfer.reason()));
      case Action other -> throw new IllegalArgumentException("no human queue has " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return effects.lookUp(effect);
  }

  /// Word that is older than what is known changes nothing.
  @Override
  public void available(String tenant, String operator, boolean available, Instant at) {
    effects.direct(sql -> {
      try (var upsert =
          sql.prepareStatement(
              """
              insert into operator as known (tenant, name, available, since)
              values (?, ?, ?, ?)
              on conflict (tenant, name) do update
                set available = excluded.available, since = excluded.since
                where known.since <= excluded.since\
              """)) {
        upsert.setString(1, tenant);
        upsert.setString(2, operator);
        upsert.setBoolean(3, available);
        upsert.setObject(4, stamp(at));
        return upsert.executeUpdate();
      }
    });
  }

  @Override
  public int count(String tenant) {
    return effects.direct(sql -> count(sql, tenant));
  }

  /// An operator takes an offered conversation. False where it was not on offer.
  public boolean accept(ConversationId conversation, String operator) {
    return change(
        "update human_queue set state = 'accepted', operator = ?"
            + " where tenant = ? and conversation = ? and state = 'offered'",
        operator,
        conversation);
  }

  /// The operator gives it back. False where it was not that operator's.
  public boolean giveBack(ConversationId conversation, String operator) {
    return change(
        "update human_queue set state = 'returned'"
            + " where operator = ? and tenant = ? and conversation = ? and state = 'accepted'",
        operator,
        conversation);
  }

  private boolean change(String statement, String operator, ConversationId conversation) {
    return effects.direct(sql -> {
      try (var update = sql.prepareStatement(statement)) {
        update.setString(1, operator);
        update.setString(2, conversation.tenant());
        update.setString(3, conversation.id());
        return update.executeUpdate() > 0;
      }
    });
  }

  private static Outcome offer(Connection sql, Effect effect, String reason) throws SQLException {
    int available = count(sql, effect.conversation().tenant());
    if (available == 0) return new Failed("nobody-available");
    // A conversation that is on offer already stays where it is in the queue.
    try (var insert =
        sql.prepareStatement(
            """
            insert into human_queue (tenant, id, conversation, subject, role, reason, offered_to,
              state, at)
            values (?, ?, ?, ?, ?, ?, ?, 'offered', ?)
            on conflict (tenant, conversation) where state = 'offered' do nothing\
            """)) {
      insert.setString(1, effect.conversation().tenant());
      insert.setString(2, Effects.id("h", effect));
      insert.setString(3, effect.conversation().id());
      insert.setString(4, effect.subject());
      insert.setString(5, effect.role().name());
      insert.setString(6, reason);
      insert.setInt(7, available);
      insert.setObject(8, stamp(effect.at()));
      insert.executeUpdate();
    }
    return Outcome.confirmed(Map.of("human.offered", Value.of(Integer.toString(available))));
  }

  private static int count(Connection sql, String tenant) throws SQLException {
    try (var select =
        sql.prepareStatement("select count(*) from operator where tenant = ? and available")) {
      select.setString(1, tenant);
      try (var row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
