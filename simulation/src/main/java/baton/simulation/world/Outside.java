package baton.simulation.world;

import baton.handoff.Outcome;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.port.Tool;
import baton.runtime.tools.Settled;
import baton.simulation.history.Occurrence;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Every tool at once, with a ledger by the rules of those that Baton brings ([Settled]): once per
/// key, and a fence where it has said that nothing was done. Of some keys it can never tell what
/// became of them, as of letters that were being sent when the line broke.
final class Outside implements Tool {
  private static final long SEAT_MINOR = 2_500;
  private static final int MUTE_ONE_IN = 8;

  private final Map<String, Settled> ledger = new HashMap<>();
  private final InstantSource clock;
  private final Faults faults;
  private final Consumer<Occurrence> watch;

  Outside(InstantSource clock, Faults faults, Consumer<Occurrence> watch) {
    this.clock = clock;
    this.faults = faults;
    this.watch = watch;
  }

  @Override
  public Set<String> kinds() {
    return Set.copyOf(Action.KINDS);
  }

  @Override
  public String schema(String kind) {
    return "{}";
  }

  @Override
  public boolean undoable(String kind) {
    return false;
  }

  @Override
  public Outcome call(Effect effect) {
    var mishap = faults.call(effect.action().kind());
    if (mishap == Faults.Mishap.DEAD) throw new IllegalStateException("no connection");
    var known = ledger.get(effect.key());
    var stands = known == null ? null : known.standsFor(effect).orElse(null);
    if (stands == null) {
      boolean refused = mishap == Faults.Mishap.REFUSED;
      stands =
          refused ? new Outcome.Failed("not-possible") : Outcome.confirmed(facts(effect.action()));
      ledger.put(effect.key(), Settled.of(effect, stands));
      seen(effect, !refused);
    } else {
      seen(effect, false);
    }
    if (mishap == Faults.Mishap.ANSWER_LOST) throw new IllegalStateException("no answer");
    return stands;
  }

  private void seen(Effect effect, boolean done) {
    watch.accept(
        new Occurrence.Called(
            clock.instant(), effect.key(), Canonical.digest(effect.action()), done));
  }

  @Override
  public Outcome lookUp(Effect effect) {
    if (faults.call(effect.action().kind()) != Faults.Mishap.NONE) {
      return new Outcome.Unknown("no connection");
    }
    if (isMute(effect.key())) return new Outcome.Unknown("it cannot tell");
    var known = ledger.get(effect.key());
    var stands = known == null ? null : known.standsFor(effect).orElse(null);
    if (stands != null) return stands;
    Outcome never = new Outcome.Failed(Outcome.Failed.NEVER_DONE);
    ledger.put(effect.key(), Settled.of(effect, never));
    return never;
  }

  private static boolean isMute(String key) {
    return Math.floorMod(key.hashCode(), MUTE_ONE_IN) == 0;
  }

  /// What it tells of what it did.
  private static Map<String, Value> facts(Action action) {
    var facts = new TreeMap<String, Value>();
    switch (action) {
      case Action.FindSlots _ -> facts.put("slots", Value.of("slot-1 slot-2"));
      case Action.Book(var slot, var start, _) -> {
        facts.put("booking", Value.of("booked-" + slot));
        facts.put("booking.start", Value.of(start));
      }
      case Action.Quote(_, var seats) -> quote(facts, SEAT_MINOR * seats, 0);
      case Action.Concede(_, var percent) -> quote(facts, SEAT_MINOR * (100 - percent), percent);
      case Action.TakeCommitment _ -> facts.put("order", Value.of("o1"));
      case Action _ -> {}
    }
    return facts;
  }

  private static void quote(Map<String, Value> facts, long minor, long percent) {
    facts.put("quote", Value.of("q1"));
    facts.put("quote.total", Value.of(new Money("USD", minor)));
    facts.put("quote.percent", Value.of(percent));
  }
}
