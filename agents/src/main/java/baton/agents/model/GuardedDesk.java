package baton.agents.model;

import baton.agents.Desk;
import baton.handoff.action.Words;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A desk at which words are looked at before they are words.
///
/// @param left how long it may take now
/// @param used is told of each opinion
record GuardedDesk(
    Desk desk, List<Guard> guards, Supplier<Duration> left, Consumer<Guard.Opinion> used)
    implements Desk {
  /// Words that may not be said.
  static final class Held extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String factor;

    Held(String factor) {
      super(factor);
      this.factor = factor;
    }

    String factor() {
      return factor;
    }
  }

  @Override
  public Words words(String text) {
    for (var guard : guards) {
      var opinion = guard.of(text, left.get());
      used.accept(opinion);
      opinion
          .objection()
          .ifPresent(factor -> {
            throw new Held(factor);
          });
    }
    var words = desk.words(text);
    if (isForeign(words)) throw new Held("other-language");
    return words;
  }

  /// What nobody can read cannot be judged.
  private static boolean isForeign(Words words) {
    return words instanceof Words.Own(_, var features)
        && features.stream().anyMatch(feature -> feature.name().equals(Signal.LANGUAGE));
  }

  /// What a tool is given is said to nobody.
  @Override
  public Sealed seal(String text) {
    return desk.seal(text);
  }

  @Override
  public String read(Sealed sealed) {
    return desk.read(sealed);
  }
}
