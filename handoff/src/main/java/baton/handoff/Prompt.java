package baton.handoff;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.util.List;
import java.util.Optional;

/// Why the holder is asked: what has happened since it was last asked.
public sealed interface Prompt {
  /// The lease was just granted.
  record Started(Role previous) implements Prompt {}

  /// The buyer has come to a conversation that the engine began.
  record Arrived(String channel) implements Prompt {}

  /// @param text the buyer's words, for whoever may read them; empty in a state that was stored
  ///   before there were models
  /// @param answering topic of the question that the buyer was answering, or empty
  record Heard(
      long seq, Optional<Sealed> text, List<Signal> signals, int confidence, String answering)
      implements Prompt {}

  /// Words of one's own were said to the buyer. It is told with the next ask, and is no reason for
  /// one.
  record Voiced(long proposal, Sealed text) implements Prompt {}

  /// An effect of one's own has an outcome.
  record Settled(long proposal, String kind, Outcome outcome) implements Prompt {}

  /// A proposal of one's own was not permitted.
  ///
  /// @param findings those that were as strict as the verdict
  record Refused(long proposal, String kind, Verdict verdict, List<Finding> findings)
      implements Prompt {}

  /// A proposal of one's own waits for an approval.
  record Waiting(long proposal, String kind, long approval) implements Prompt {}

  record Silence(int count) implements Prompt {}

  record FollowUp(String channel) implements Prompt {}
}
