package baton.handoff.gate;

import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Approval;
import baton.handoff.Policies;
import baton.handoff.Proposal;
import baton.handoff.Role;
import baton.handoff.Story;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A first figure for the gate, run by hand. It is no benchmark: there is no fork and no second
/// machine, so only its order of magnitude counts.
final class GateTiming {
  private static final int CALLS = 200_000;
  private static final int BATCH = 100;
  private static final int ROUNDS = 5;

  private GateTiming() {}

  public static void main(String[] arguments) {
    var booking = Story.disclosed().hears("m1");
    var closing = Story.quoted().hears("m2");
    var inquiries =
        List.of(
            inquiry(booking, Role.BOOKING, speak()),
            inquiry(booking, Role.BOOKING, book()),
            inquiry(closing, Role.CLOSING, speak()),
            inquiry(closing, Role.CLOSING, concede(10)));
    for (int i = 0; i < ROUNDS; i++) run(inquiries); // warm-up
    for (int i = 1; i <= ROUNDS; i++) {
      var times = run(inquiries);
      System.out.printf(
          "round %d: p50 %d ns, p99 %d ns a call (%,d calls in batches of %d)%n",
          i, times[times.length / 2], times[times.length * 99 / 100], CALLS, BATCH);
    }
  }

  private static Inquiry inquiry(Story story, Role role, Action action) {
    var proposal =
        new Proposal(
            story.seq() + 1,
            role,
            story.live().lease().epoch(),
            action,
            Canonical.digest(action),
            0,
            0,
            Proposal.Stage.QUEUED);
    return new Inquiry(
        Policies.sample(), story.live(), proposal, story.now(), Optional.<Approval>empty());
  }

  /// @return nanoseconds a call for each batch, lowest first
  private static long[] run(List<Inquiry> inquiries) {
    var times = new long[CALLS / BATCH];
    long findings = 0;
    for (int batch = 0; batch < times.length; batch++) {
      long start = System.nanoTime();
      for (int i = 0; i < BATCH; i++) {
        findings += Gate.judge(inquiries.get(i % inquiries.size())).findings().size();
      }
      times[batch] = (System.nanoTime() - start) / BATCH;
    }
    if (findings < CALLS * 13L) throw new IllegalStateException("a check did not answer");
    Arrays.sort(times);
    return times;
  }
}
