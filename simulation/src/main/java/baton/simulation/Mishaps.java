package baton.simulation;

import baton.handoff.Outcome;
import baton.handoff.port.Tool;
import baton.simulation.world.Faults;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What goes wrong with tools: each mishap once, with the next call of its kind.
final class Mishaps implements Faults {
  /// Longer than a tool is waited for.
  private static final long SLOW_MILLIS = 15_000;

  private static final Passage SLOWLY = new Passage(true, true, SLOW_MILLIS, 0);
  private static final Passage TWICE = new Passage(true, true, 0, 1);

  private final Set<String> slow = new HashSet<>();
  private final Set<String> mute = new HashSet<>();
  private final Set<String> twice = new HashSet<>();
  private final Map<String, String> refused = new HashMap<>();

  /// Keys under which an action of a kind took place.
  private final Map<String, Set<String>> done = new HashMap<>();

  long done(String kind) {
    return done.getOrDefault(kind, Set.of()).size();
  }

  void slow(String kind) {
    slow.add(kind);
  }

  void mute(String kind) {
    mute.add(kind);
  }

  void twice(String kind) {
    twice.add(kind);
  }

  void refused(String kind, String reason) {
    refused.put(kind, reason);
  }

  @Override
  public Passage passage(Hop hop, String kind) {
    if (hop == Hop.CALL && slow.remove(kind)) return SLOWLY;
    if (hop == Hop.REPORT && twice.remove(kind)) return TWICE;
    return Passage.SMOOTH;
  }

  @Override
  public Mishap call(String kind) {
    return Mishap.NONE;
  }

  @Override
  public boolean behind() {
    return false;
  }

  @Override
  public boolean elsewhere() {
    return false;
  }

  /// These tools, met by mishaps.
  Tool on(Tool tools) {
    return new Tool() {
      @Override
      public Set<String> kinds() {
        return tools.kinds();
      }

      @Override
      public String schema(String kind) {
        return tools.schema(kind);
      }

      @Override
      public boolean undoable(String kind) {
        return tools.undoable(kind);
      }

      @Override
      public Outcome call(Effect effect) {
        var kind = effect.action().kind();
        var reason = refused.remove(kind);
        if (reason != null) return new Outcome.Failed(reason);
        var outcome = tools.call(effect);
        if (outcome instanceof Outcome.Confirmed) {
          done.computeIfAbsent(kind, _ -> new HashSet<>()).add(effect.key());
        }
        if (mute.remove(kind)) throw new IllegalStateException("its answer is lost");
        return outcome;
      }

      @Override
      public Outcome lookUp(Effect effect) {
        return tools.lookUp(effect);
      }
    };
  }
}
