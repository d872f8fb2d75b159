package baton.runtime.tools.memory;

import baton.handoff.Outcome;
import baton.handoff.Outcome.Failed;
import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Ledger;
import baton.runtime.tools.Settled;
import java.util.function.Function;

/// The ledger in memory: one lock over all tables, and no clock.
final class MemoryEffects implements Ledger<MemoryRows> {
  private final MemoryRows rows = new MemoryRows();

  @Override
  public synchronized Outcome once(Effect effect, Work<MemoryRows> work) {
    String tenant = effect.conversation().tenant();
    var stands =
        rows.effects.get(tenant, effect.key()).flatMap(settled -> settled.standsFor(effect));
    return stands.orElseGet(() ->
        direct(tables -> {
          var settled = Settled.of(effect, work.on(tables));
          if (settled.outcome() instanceof Failed) tables.rollback();
          tables.effects.put(tenant, effect.key(), settled);
          return settled.outcome();
        }));
  }

  @Override
  public synchronized <R> R direct(Function<MemoryRows, R> query) {
    try {
      var answer = query.apply(rows);
      rows.commit();
      return answer;
    } finally {
      rows.rollback();
    }
  }
}
