package baton.runtime.http;

import baton.handoff.Command;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.port.Claims;
import baton.runtime.Engine;
import java.util.List;

/// The way out that stands in each letter: whoever has its link is not written to again.
public final class Stops {
  /// No id that a caller could choose.
  private static final String MESSAGE = "stop link";

  private static final String WORDS = "stop";

  private final Ports ports;
  private final Desk desk;
  private final Tokens tokens;

  Stops(Ports ports, Desk desk, Tokens tokens) {
    this.ports = ports;
    this.desk = desk;
    this.tokens = tokens;
  }

  /// Whether this is a link's token.
  public boolean isToken(String tenant, String token) {
    return tokens.stopped(tenant, token).isPresent();
  }

  /// Takes it as the buyer's own word, so that the journal has it. A conversation that hears
  /// nothing more, because it has ended or is full: then it is written down beside it, where every
  /// claim looks.
  ///
  /// @throws Problem where the token is nobody's, or nobody knows yet whether it was taken
  public void stop(String tenant, String token) throws InterruptedException {
    var id = tokens.stopped(tenant, token).orElseThrow(Stops::unknown);
    var known = desk.find(id).orElseThrow(Stops::unknown);
    String subject = known.opened().buyer().subject();
    switch (desk.reply(id, hear(tenant, subject))) {
      case Engine.Reply.Done _ -> {}
      case Engine.Reply.Unchanged _ -> {}
      case Engine.Reply.Busy(var wait) ->
          throw Problem.later(503, "the conversation is busy: send the same again", wait);
      case Engine.Reply.Rejected _ -> {
        ports.claims().advance(List.of(new Claims.Authority(id, subject, 0, true)));
        ports.outreach().optedOut(id);
      }
    }
  }

  private Command hear(String tenant, String subject) {
    var vault = ports.vault();
    var signal = new Signal(Signal.OPT_OUT, Value.of(WORDS), 100, 0, WORDS.length());
    String body = Json.write(List.of(MESSAGE, WORDS, 100));
    return new Command.Hear(
        MESSAGE,
        vault.seal(tenant, subject, Buyers.TRANSCRIPT, body).digest(),
        vault.seal(tenant, subject, Buyers.TRANSCRIPT, WORDS),
        List.of(signal),
        100);
  }

  private static Problem unknown() {
    return Problem.of(404, "this link is not ours, or not whole: take all of it");
  }
}
