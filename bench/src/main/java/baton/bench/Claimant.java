package baton.bench;

import baton.bench.load.Workloads;
import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.port.Claims;
import baton.handoff.port.Claims.Answer;
import baton.handoff.port.Claims.Request;
import baton.handoff.port.Claims.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Uses up permits at a steady rate, in batches as an engine does, and settles each claim with the
/// next batch. It goes on while it is refused.
final class Claimant implements Runnable {
  static final String TENANT = "bench";
  private static final int CONVERSATIONS = 256;
  private static final int BATCH = 20;

  private final Claims claims;
  private final String policy;
  private final Duration every;
  private final String run = Long.toString(System.nanoTime(), 36);
  private volatile boolean stopped;
  private volatile long granted;
  private volatile Exception failure;

  /// @param policy hash of the tenant's active policy
  /// @param perSecond claims
  Claimant(Claims claims, String policy, int perSecond) {
    this.claims = claims;
    this.policy = policy;
    this.every = Duration.ofSeconds(1).multipliedBy(BATCH).dividedBy(perSecond);
    var rows = new ArrayList<Claims.Authority>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      rows.add(new Claims.Authority(conversation(i), subject(i), 1, false));
    }
    claims.advance(rows);
  }

  void stop() {
    stopped = true;
  }

  /// Claims so far.
  long granted() {
    return granted;
  }

  /// @throws IllegalStateException where it could not go on
  void check() {
    if (failure != null) throw new IllegalStateException("claims failed: " + failure, failure);
  }

  @Override
  public void run() {
    try {
      long next = System.nanoTime();
      for (long seq = 2; !stopped; seq += BATCH) {
        settle(claims.claim(batch(seq)));
        next = Math.max(next + every.toNanos(), System.nanoTime());
        long left = next - System.nanoTime();
        if (left > 0) Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      failure = broken;
    }
  }

  private void settle(List<Answer> answers) {
    var settled = new ArrayList<Settlement>();
    for (var answer : answers) {
      if (answer instanceof Answer.Granted(var n, _)) {
        settled.add(new Settlement(TENANT, n, Outcome.confirmed()));
      }
    }
    claims.settle(settled);
    granted += settled.size();
  }

  private List<Request> batch(long first) {
    var batch = new ArrayList<Request>();
    for (long seq = first; seq < first + BATCH; seq++) batch.add(request(seq));
    return batch;
  }

  private Request request(long seq) {
    int i = (int) (seq % CONVERSATIONS);
    var id = conversation(i);
    var permit =
        new Permit(
            id.numbered(seq),
            seq,
            seq - 1,
            "speak",
            "digest-" + seq,
            id.numbered(seq - 1) + ".digest",
            Role.BOOKING,
            1,
            1,
            policy,
            false,
            Optional.empty(),
            Instant.now().plusSeconds(60));
    return new Request(id, Workloads.CAMPAIGN, subject(i), permit, "{\"kind\":\"speak\"}");
  }

  private ConversationId conversation(int i) {
    return new ConversationId(TENANT, "p" + run + "-" + i);
  }

  private String subject(int i) {
    return "s" + run + "-" + i;
  }
}
