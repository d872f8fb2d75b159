package baton.runtime;

import baton.agents.Desk;
import baton.handoff.ConversationId;
import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import baton.handoff.port.Interpreter;
import baton.handoff.port.Vault;

/// An agent's desk in one conversation: its words are sealed under the buyer's key and read by the
/// interpreter before anybody sees them.
public record SealingDesk(ConversationId id, String subject, Vault vault, Interpreter interpreter)
    implements Desk {
  @Override
  public Words words(String text) {
    return new Words.Own(seal(text), interpreter.agent(text));
  }

  @Override
  public Sealed seal(String text) {
    return vault.seal(id.tenant(), subject, "transcript", text);
  }

  @Override
  public String read(Sealed sealed) {
    return vault.open(id.tenant(), sealed).orElse("");
  }
}
