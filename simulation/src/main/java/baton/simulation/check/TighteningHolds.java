package baton.simulation.check;

import static baton.simulation.check.Violation.require;

import baton.simulation.history.Occurrence;

/// Invariant 9: when an activation has returned, nothing is claimed under another policy of the
/// campaign until another one is asked for.
final class TighteningHolds implements Checker {
  private final Certain<String, String> policies = new Certain<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Invoked(
              _,
              var number,
              Occurrence.Operation.Activate(var campaign, var policy)) ->
          policies.invoked(number, campaign, policy);
      case Occurrence.Returned(_, var number, var result, var claims) ->
          policies.returned(number, result, claims);
      case Occurrence.Claimed(var claim, var policy, _) ->
          require(
              policies.at(claim.campaign(), claim.n()).orElse(policy).equals(policy),
              () ->
                  "tightening holds: claim %d of %s was made under policy %s, after another had become active"
                      .formatted(claim.n(), claim.conversation().key(), policy));
      case Occurrence.Invoked _,
          Occurrence.Advanced _,
          Occurrence.Journaled _,
          Occurrence.Called _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }
}
