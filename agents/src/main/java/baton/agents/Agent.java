package baton.agents;

import baton.handoff.agent.Briefing;
import java.util.SortedMap;

/// Who fills a role: it is told what happened and proposes what to do. Thread-safe; may block. It
/// holds no permit and knows nothing but its briefing and its own notes.
public interface Agent {
  /// @param notes its private memory, as its last answer left it
  Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk);

  /// The same answer, as it comes.
  ///
  /// @param notes as its last answer left them, whatever parts of this one were given
  default Thoughts thoughts(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    return () -> think(briefing, notes, desk);
  }

  /// Whether it takes a conversation over. Accepting gives it no authority.
  Reply consider(Offer offer);
}
