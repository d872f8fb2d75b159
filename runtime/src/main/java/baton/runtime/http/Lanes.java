package baton.runtime.http;

import java.time.Duration;

/// Who waits behind whom. However many buyers come, operators get in, and so do the probes and
/// collectors by which they see what goes on.
final class Lanes implements AutoCloseable {
  private static final int OPERATORS_MAX = 32;
  private static final int OPERATORS_WAITING_MAX = 256;
  private static final int UPKEEP_MAX = 4;
  private static final int UPKEEP_WAITING_MAX = 64;
  private static final int STREAMS_MAX = 32;

  /// Whoever waits longer has given up, or soon will.
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  private final Workers buyers;
  private final Workers operators =
      Workers.few("operators-", OPERATORS_MAX, OPERATORS_WAITING_MAX, WAIT_MAX);
  private final Workers upkeep = Workers.few("upkeep-", UPKEEP_MAX, UPKEEP_WAITING_MAX, WAIT_MAX);
  private final Workers streams;

  Lanes(HttpSettings settings) {
    buyers = Workers.many(settings.workersMax(), settings.waitingMax(), WAIT_MAX);
    // Of each stream one read at a time: there is room for all.
    streams = Workers.many(STREAMS_MAX, settings.streamsMax(), WAIT_MAX);
  }

  /// @param operator whether somebody asks who may be one
  Workers of(Route route, boolean operator) {
    if (route.isUpkeep()) return upkeep;
    return operator ? operators : buyers;
  }

  /// For whoever asks for what is not there.
  Workers ofOthers() {
    return buyers;
  }

  /// For reading what event streams send.
  Workers streams() {
    return streams;
  }

  /// Requests that are worked on or wait.
  int inside() {
    return buyers.inside() + operators.inside() + upkeep.inside();
  }

  @Override
  public void close() {
    buyers.close();
    operators.close();
    upkeep.close();
    streams.close();
  }
}
