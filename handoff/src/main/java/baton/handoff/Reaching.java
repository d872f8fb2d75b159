package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.gate.Finding;
import baton.handoff.policy.Policy.Outreach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the engine does about a buyer who is not there, because there was only a letter yet or
/// because the contact ended: it waits, tries again as the policy's outreach says, and ends what
/// leads nowhere.
final class Reaching {
  private static final Duration NO_POLICY_LEFT = Duration.ofHours(24);

  /// How long a conversation is kept open for somebody to find out what came of a letter.
  private static final Duration OUTCOME_MAX = Duration.ofDays(30);

  private Reaching() {}

  /// Whether a conversation over this channel begins with the engine's reaching out.
  static boolean isFirst(Draft draft, String channel) {
    return outreach(draft).filter(outreach -> outreach.channel().equals(channel)).isPresent();
  }

  /// An attempt has been made, whatever came of it.
  static void attempted(Draft draft, String channel) {
    int attempts = (int) draft.live().counted().of("attempts");
    var wait = outreach(draft).map(outreach -> outreach.after(attempts)).orElse(NO_POLICY_LEFT);
    draft.add(new Event.FollowUpScheduled(draft.at().plus(wait), channel));
  }

  /// A buyer who went away may come back. Nobody is pursued on another way than the one on which
  /// the engine reaches out; there the next attempt follows, and else the conversation ends.
  static void waitAfter(Draft draft, State.Contact contact) {
    boolean again = left(draft, contact.channel()) > 0;
    int attempts = Math.max(1, (int) draft.live().counted().of("attempts"));
    var patience =
        draft.policy().timing().silence().multipliedBy(draft.policy().fallbacks().silencesMax());
    var wait = outreach(draft).filter(_ -> again).map(outreach -> outreach.after(attempts));
    var at = draft.at().plus(wait.orElse(patience));
    draft.add(new Event.FollowUpScheduled(at, contact.channel()));
  }

  /// The wait after the last attempt is over as well.
  static void due(Draft draft, String channel) {
    boolean gone = draft.live().known().gone().isPresent();
    var on = gone ? channel : outreach(draft).map(Outreach::channel).orElse("");
    if (left(draft, on) <= 0) end(draft, "not-reached");
  }

  /// How often the engine may still reach out over this channel.
  private static long left(Draft draft, String channel) {
    int most =
        outreach(draft)
            .filter(outreach -> outreach.channel().equals(channel))
            .map(Outreach::attemptsMax)
            .orElse(0);
    return most - draft.live().counted().of("attempts");
  }

  /// An attempt may not be made now: it waits for the hours, or there will be none.
  static void refused(Draft draft, List<Finding> findings) {
    var strictest = findings.stream().map(Finding::verdict).max(Comparable::compareTo);
    var decisive = findings.stream().filter(f -> Optional.of(f.verdict()).equals(strictest));
    // A pause is not the buyer's: it is over at some time, and nothing is due before.
    var lasting = decisive.filter(f -> !f.check().equals("control"));
    var left = lasting.toList();
    // So is a letter of which nobody knows: somebody finds out.
    var known = left.stream().filter(finding -> !isOfUnknownOutcome(finding)).toList();
    if (known.isEmpty() && !left.isEmpty()) {
      waitForOutcome(draft);
      return;
    }
    var opens = known.stream().map(f -> f.details().getOrDefault("opens", "")).toList();
    if (opens.isEmpty() || opens.contains("")) {
      end(draft, "not-allowed");
      return;
    }
    var at = opens.stream().map(Instant::parse).max(Instant::compareTo).orElseThrow();
    draft.add(new Event.FollowUpScheduled(at, draft.live().opening().channel()));
  }

  private static boolean isOfUnknownOutcome(Finding finding) {
    return finding.code().equals("outcome-unknown");
  }

  /// The buyer may have the letter and its link, so the conversation waits; but not for ever.
  private static void waitForOutcome(Draft draft) {
    var opening = draft.live().opening();
    if (draft.at().isAfter(opening.at().plus(OUTCOME_MAX))) {
      end(draft, "not-reached");
      return;
    }
    int attempts = (int) draft.live().counted().of("attempts");
    var wait = outreach(draft).map(outreach -> outreach.after(Math.max(attempts, 1)));
    var at = draft.at().plus(wait.orElse(NO_POLICY_LEFT));
    draft.add(new Event.FollowUpScheduled(at, opening.channel()));
  }

  static void end(Draft draft, String reason) {
    draft.release(reason);
    draft.propose(Role.ENGINE, new Action.Close(reason));
  }

  private static Optional<Outreach> outreach(Draft draft) {
    return draft.policy().outreach();
  }
}
