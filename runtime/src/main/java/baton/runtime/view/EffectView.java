package baton.runtime.view;

import baton.handoff.port.Claims.Claim;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.Map;

/// One claim and what came of it.
///
/// @param state `claimed`, `confirmed`, `failed` or `unknown`
/// @param payload canonical JSON of the action, its personal values as HMACs
/// @param outcome `{state, reason?, facts?}`, or null
public record EffectView(
    long n,
    String permit,
    String conversation,
    String role,
    long epoch,
    String kind,
    String key,
    String state,
    Instant at,
    Instant settledAt,
    @JsonRawValue String payload,
    Map<String, Object> outcome) {

  public static EffectView of(Claim claim, Sight sight) {
    return new EffectView(
        claim.n(),
        claim.permit(),
        claim.conversation().id(),
        claim.role().name(),
        claim.epoch(),
        claim.kind(),
        claim.key(),
        Shown.kebab(claim.state().name()),
        claim.at(),
        claim.settledAt().orElse(null),
        claim.payload(),
        claim.outcome().map(new Shown(sight)::outcome).orElse(null));
  }
}
