package baton.runtime.tools;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Confirmed;
import baton.handoff.port.Tool.Effect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/// Letters in PostgreSQL. Each change is one statement.
///
/// @param write JSON of an outcome
/// @param read the inverse of `write`
record PgLetters(Sql sql, Function<Outcome, String> write, Function<String, Outcome> read)
    implements Letters {
  @Override
  public boolean put(Effect effect, Written written) {
    return sql.update(
            """
            insert into letter (tenant, key, letter, kind, digest, state, accepted, reason, at)
            values (?, ?, ?, ?, ?, ?, nullif(?, '')::json, ?, ?)
            on conflict (tenant, key) do update
            set state = excluded.state, accepted = excluded.accepted, reason = excluded.reason,
              at = excluded.at
            where letter.state = 'fenced' and letter.at < excluded.at
              and letter.digest = excluded.digest\
            """,
            effect.conversation().tenant(),
            effect.key(),
            Post.key(effect),
            effect.action().kind(),
            written.digest(),
            name(written.state()),
            accepted(written.state()),
            reason(written.state()),
            written.at())
        == 1;
  }

  @Override
  public Optional<Written> find(String tenant, String key) {
    return sql.row(
        "select digest, state, accepted, reason, at from letter where tenant = ? and key = ?",
        this::written,
        tenant,
        key);
  }

  @Override
  public void settle(Effect effect, State state) {
    sql.update(
        "update letter set state = ?, reason = ?"
            + " where tenant = ? and key = ? and state = 'sending'",
        name(state),
        reason(state),
        effect.conversation().tenant(),
        effect.key());
  }

  private Written written(ResultSet row) throws SQLException {
    var state =
        switch (row.getString(2)) {
          case "sending" -> new State.Sending((Confirmed) read.apply(row.getString(3)));
          case "sent" -> new State.Sent((Confirmed) read.apply(row.getString(3)));
          case "refused" -> new State.Refused(row.getString(4));
          case "fenced" -> new State.Fenced();
          case String other -> throw new IllegalStateException("no letter is " + other);
        };
    return new Written(row.getString(1), state, Sql.instant(row, 5));
  }

  private static String name(State state) {
    return switch (state) {
      case State.Sending _ -> "sending";
      case State.Sent _ -> "sent";
      case State.Refused _ -> "refused";
      case State.Fenced _ -> "fenced";
    };
  }

  private String accepted(State state) {
    return switch (state) {
      case State.Sending(var accepted) -> write.apply(accepted);
      case State.Sent(var accepted) -> write.apply(accepted);
      case State.Refused _, State.Fenced _ -> "";
    };
  }

  private static String reason(State state) {
    return state instanceof State.Refused(var reason) ? reason : "";
  }
}
