package baton.agents;

import baton.handoff.agent.Briefing;
import java.util.SortedMap;

/// Who fills a role: it is told what happened and proposes what to do. Thread-safe; may block. It
/// holds no permit and knows nothing but its briefing and its own notes.
public interface Agent {
  /// @param notes its private memory, as its last answer left it
  Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk);

  /// Whether it takes a conversation over. Accepting gives it no authority.
  Reply consider(Offer offer);
}
