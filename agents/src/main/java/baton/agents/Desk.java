package baton.agents;

import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;

/// What an agent has at hand to read and to write personal text.
public interface Desk {
  /// Words of one's own, sealed, with what the interpreter reads in them.
  Words words(String text);

  /// Text for a tool, sealed.
  Sealed seal(String text);

  /// The clear text, or the empty string where its key is gone.
  String read(Sealed sealed);
}
