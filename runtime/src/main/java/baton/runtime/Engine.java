package baton.runtime;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.handoff.Decision;
import baton.handoff.Entry;
import baton.runtime.cluster.Overview;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The running engine as its doors see it: commands go in, journals come out.
public interface Engine {
  /// Takes the command to the conversation's supervisor. Completes when what came of it is durable;
  /// fails when nobody knows whether it is, and the same command may then be sent again.
  CompletionStage<Reply> send(ConversationId id, Command command);

  sealed interface Reply {
    /// @param seq number of the last event
    record Done(long seq) implements Reply {}

    /// It was done before.
    ///
    /// @param seq number of the last event
    record Unchanged(long seq) implements Reply {}

    record Rejected(Decision.Refusal refusal, String detail) implements Reply {}

    /// The conversation takes nothing more for now.
    record Busy(Duration retryAfter) implements Reply {}
  }

  /// The journal's rows after row `afterRow`, in order, at most `limit`. Blocks.
  List<Numbered> entries(ConversationId id, long afterRow, int limit);

  record Numbered(long row, Entry entry) {}

  /// Calls `onMore`, on any thread, when there may be more entries, until the handle is closed.
  AutoCloseable listen(ConversationId id, Runnable onMore);

  /// The cluster that it is a node of, as it sees it.
  CompletionStage<Overview> cluster();

  boolean ready();

  /// Why it is not ready, in words for an operator; empty while it is.
  String notReadyReason();
}
