package baton.runtime;

import baton.handoff.port.Claims;
import java.util.concurrent.CompletableFuture;

/// The way to the claims. What the database does not answer fails, and the caller still owes it.
public interface Claiming {
  CompletableFuture<Claims.Answer> claim(Claims.Request request);

  /// Completes once no claim commits on older authority.
  CompletableFuture<Void> advance(Claims.Authority row);

  CompletableFuture<Void> settle(Claims.Settlement settlement);
}
