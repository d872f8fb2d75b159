package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.simulation.history.Occurrence;
import java.util.Optional;
import java.util.stream.Stream;

/// Invariant 3: when a pause has returned, no claim within its scope is made until a resume of it
/// is asked for.
final class StopMeansStop implements Checker {
  private final Certain<Scope, Mode> modes = new Certain<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Invoked(_, var number, Occurrence.Operation.Control(var scope, var mode)) ->
          modes.invoked(number, scope, mode);
      case Occurrence.Returned(_, var number, var result, var claims) ->
          modes.returned(number, result, claims);
      case Occurrence.Claimed(var claim, _, _) ->
          covering(claim).forEach(scope -> judge(claim, scope));
      case Occurrence.Invoked _,
          Occurrence.Advanced _,
          Occurrence.Journaled _,
          Occurrence.Called _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }

  private void judge(Claim claim, Scope scope) {
    require(
        !modes.at(scope, claim.n()).equals(Optional.of(Mode.PAUSED)),
        () ->
            "stop means stop: claim %d of %s was made after a pause of %s had returned"
                .formatted(claim.n(), claim.conversation().key(), scope));
  }

  private static Stream<Scope> covering(Claim claim) {
    return Stream.of(
        new Scope(Scope.Level.ENGINE, ""),
        new Scope(Scope.Level.TENANT, claim.conversation().tenant()),
        new Scope(Scope.Level.CAMPAIGN, claim.campaign()),
        new Scope(Scope.Level.ROLE, claim.role().name()),
        new Scope(Scope.Level.CONVERSATION, claim.conversation().id()));
  }
}
