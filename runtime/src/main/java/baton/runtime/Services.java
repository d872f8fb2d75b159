package baton.runtime;

import baton.agents.Desk;
import baton.agents.Rows;
import baton.handoff.ConversationId;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.codec.AgentLink;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Traces;
import baton.runtime.tools.HumanQueue;
import baton.runtime.view.OpenApprovals;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// What a supervisor works with on its node.
///
/// @param format in which rows are written
/// @param halted whether nothing may be permitted here at the moment
record Services(
    Board board,
    ClaimBatcher claims,
    Dispatcher dispatcher,
    Shell shell,
    Wakes wakes,
    Journal journal,
    Listeners listeners,
    OpenApprovals approvals,
    HumanQueue humans,
    Desks desks,
    Rows<AgentLink> rows,
    IntSupplier format,
    Executor blocking,
    BooleanSupplier halted,
    Metrics metrics,
    Traces traces) {

  /// An agent's desk in one conversation: what seals and reads for it.
  @FunctionalInterface
  interface Desks {
    Desk desk(ConversationId id, String subject, PolicyDocument policy);
  }
}
