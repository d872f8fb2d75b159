package baton.runtime.http;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.port.Claims;
import baton.handoff.port.Claims.ClaimState;
import baton.runtime.view.EffectView;
import java.util.List;
import java.util.Optional;

/// What came of effects, and a person's word on those that nobody knows of.
public final class Outcomes {
  private static final int EFFECTS_MAX = 1_000;

  private final Ports ports;
  private final Desk desk;

  public Outcomes(Ports ports, Desk desk) {
    this.ports = ports;
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/effects", Route.Access.OPERATOR, this::effects)
            .with("after", "conversation"),
        Route.of("POST", "/v1/effects/{n}", Route.Access.OPERATOR, this::attest));
  }

  private Answer effects(Asked asked) {
    var conversation = Optional.ofNullable(asked.query().get("conversation"));
    if (conversation.filter(id -> !ConversationId.isName(id)).isPresent()) {
      throw Problem.invalid("'conversation' is not a conversation's id");
    }
    var claims =
        ports.claims().page(asked.tenant(), asked.number("after", 0), conversation, EFFECTS_MAX);
    return Answer.ok(desk.effects(claims, desk.sight(asked)));
  }

  private Answer attest(Asked asked) throws InterruptedException {
    var body = asked.json("outcome", "reason");
    boolean happened = body.oneOf("outcome", "confirmed", "failed").equals("confirmed");
    return Answer.ok(attest(asked, happened, body.line("reason", 500)));
  }

  /// What a person has found out of the effect whose number is in the path.
  public EffectView attest(Asked asked, boolean happened, String reason)
      throws InterruptedException {
    var claim = find(asked).orElseThrow(() -> Problem.of(404, "there is no effect of that number"));
    if (claim.state() != ClaimState.UNKNOWN) {
      throw Problem.of(409, "the outcome of this effect is not unknown");
    }
    desk.send(
        asked,
        claim.conversation(),
        new Command.Attest(claim.key(), claim.n(), claim.at(), asked.operator(), happened, reason));
    // The journal has it. The supervisor settles the claim too, but the answer is to show it.
    var outcome = happened ? Outcome.confirmed() : Outcome.Failed.NOT_DONE;
    ports.claims().settle(List.of(new Claims.Settlement(asked.tenant(), claim.n(), outcome)));
    return desk.effects(find(asked).stream().toList(), desk.sight(asked)).getFirst();
  }

  private Optional<Claims.Claim> find(Asked asked) {
    var number = asked.path().get("n");
    if (!number.matches("[0-9]{1,18}")) return Optional.empty();
    long n = Long.parseLong(number);
    return ports.claims().page(asked.tenant(), n - 1, Optional.empty(), 1).stream()
        .filter(claim -> claim.n() == n)
        .findFirst();
  }
}
