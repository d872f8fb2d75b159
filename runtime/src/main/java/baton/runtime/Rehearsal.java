package baton.runtime;

import baton.agents.PlaybookAgent;
import baton.handoff.policy.PolicyDocument;
import baton.runtime.interpreter.LexiconInterpreter;
import java.util.Optional;

/// Whether a valid policy can be put to work: its lexicon read and its playbooks played. The
/// compiler knows neither interpreter nor agents.
public final class Rehearsal {
  private Rehearsal() {}

  /// What is wrong, in one line, or empty.
  public static Optional<String> wrong(PolicyDocument document) {
    try {
      new LexiconInterpreter(document.lexicon());
    } catch (IllegalArgumentException unreadable) {
      return Optional.of("lexicon: " + unreadable.getMessage());
    }
    try {
      document.playbooks().values().forEach(PlaybookAgent::new);
      return Optional.empty();
    } catch (IllegalArgumentException unplayable) {
      return Optional.of(unplayable.getMessage());
    }
  }
}
