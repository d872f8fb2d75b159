package baton.runtime.outreach;

import baton.handoff.Outcome;
import baton.handoff.port.Tool.Effect;
import baton.runtime.mail.Letter;
import baton.runtime.mail.Mail;
import baton.runtime.mail.Sent;
import baton.runtime.tools.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/// Sends each letter once. That it will be sent is written down before it is, and what came of it
/// after: where the second is missing nobody knows, and nobody sends it again by himself.
final class SentLetters {
  private static final String SENDING = "sending";
  private static final String UNKNOWN = "unknown";
  private static final String ACCEPTED = "accepted";
  private static final String FAILED = "failed";

  private final Statements database;
  private final Mail mail;

  SentLetters(Statements database, Mail mail) {
    this.database = database;
    this.mail = mail;
  }

  private record Row(String state, String reason, Instant at) {
    Outcome outcome() {
      return switch (state) {
        case ACCEPTED -> Outcome.confirmed();
        case FAILED -> new Outcome.Failed(reason);
        default -> new Outcome.Unknown(state.equals(UNKNOWN) ? reason : "letter-under-way");
      };
    }

    /// A fence holds up to the claim that it was made for.
    boolean isPast(Effect effect) {
      return state.equals(FAILED)
          && reason.equals(Outcome.Failed.NEVER_DONE)
          && at.isBefore(stamp(effect));
    }
  }

  /// @param letter made once nobody else can be sending it; a refusal where there can be none
  Outcome send(Effect effect, Supplier<Draft> letter) {
    var before = began(effect, SENDING, "");
    if (before.isPresent()) return before.get().outcome();
    return switch (letter.get()) {
      case Draft.None(var reason) -> ended(effect, FAILED, reason, new Outcome.Failed(reason));
      case Draft.Written(var written) ->
          switch (mail.send(written)) {
            case Sent.Accepted _ -> ended(effect, ACCEPTED, "", Outcome.confirmed());
            case Sent.Refused(var reason) ->
                ended(effect, FAILED, reason, new Outcome.Failed(reason));
            case Sent.Unknown(var reason) ->
                ended(effect, UNKNOWN, reason, new Outcome.Unknown(reason));
          };
    };
  }

  sealed interface Draft {
    record Written(Letter letter) implements Draft {}

    record None(String reason) implements Draft {}
  }

  /// What became of it. Where it was never sent, the claim that asks will not send it any more.
  Outcome lookUp(Effect effect) {
    return began(effect, FAILED, Outcome.Failed.NEVER_DONE)
        .map(Row::outcome)
        .orElse(new Outcome.Failed(Outcome.Failed.NEVER_DONE));
  }

  /// Writes a row where there is none, or a fence of an earlier claim.
  ///
  /// @return what stands there already, and counts
  private Optional<Row> began(Effect effect, String state, String reason) {
    return database.atOnce(sql -> {
      String tenant = effect.conversation().tenant();
      int added =
          sql.update(
              """
              insert into sent_letter (tenant, key, conversation, state, reason, at)
              values (?, ?, ?, ?, ?, ?) on conflict do nothing\
              """,
              tenant,
              effect.key(),
              effect.conversation().id(),
              state,
              reason,
              stamp(effect));
      if (added == 1) return Optional.empty();
      var there =
          sql.row(
                  "select state, reason, at from sent_letter"
                      + " where tenant = ? and key = ? for update",
                  row -> new Row(row.getString(1), row.getString(2), Sql.instant(row, 3)),
                  tenant,
                  effect.key())
              .orElseThrow();
      if (!there.isPast(effect)) return Optional.of(there);
      sql.update(
          "update sent_letter set state = ?, reason = ?, at = ? where tenant = ? and key = ?",
          state,
          reason,
          stamp(effect),
          tenant,
          effect.key());
      return Optional.empty();
    });
  }

  private Outcome ended(Effect effect, String state, String reason, Outcome outcome) {
    database.on(sql ->
        sql.update(
            "update sent_letter set state = ?, reason = ? where tenant = ? and key = ?",
            state,
            reason,
            effect.conversation().tenant(),
            effect.key()));
    return outcome;
  }

  private static Instant stamp(Effect effect) {
    return effect.at().truncatedTo(ChronoUnit.MICROS);
  }
}
