package baton.handoff.action;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import java.util.List;

/// What somebody wants to say.
public sealed interface Words {
  /// Words of one's own: sealed, with what the interpreter read in them.
  record Own(Sealed text, List<Signal> features) implements Words {
    public Own {
      features = List.copyOf(features);
    }
  }

  /// One of the policy's own sentences, verbatim, by its name: a fixed line or a disclosure. It is
  /// policy text and not personal, so erasure does not lose it.
  record Line(String name) implements Words {}
}
