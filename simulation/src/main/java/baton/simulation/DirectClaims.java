package baton.simulation;

import baton.handoff.port.Claims;
import baton.runtime.Claiming;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Claims at once, on the caller's thread.
record DirectClaims(Claims claims) implements Claiming {
  @Override
  public CompletableFuture<Claims.Answer> claim(Claims.Request request) {
    return CompletableFuture.completedFuture(claims.claim(List.of(request)).getFirst());
  }

  @Override
  public CompletableFuture<Void> advance(Claims.Authority row) {
    claims.advance(List.of(row));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> settle(Claims.Settlement settlement) {
    claims.settle(List.of(settlement));
    return CompletableFuture.completedFuture(null);
  }
}
