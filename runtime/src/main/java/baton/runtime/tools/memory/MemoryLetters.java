package baton.runtime.tools.memory;

import baton.handoff.port.Tool.Effect;
import baton.runtime.tools.Letters;
import java.util.Optional;

/// Letters in memory.
record MemoryLetters(MemoryRows rows) implements Letters {
  @Override
  public boolean put(Effect effect, Written written) {
    String tenant = effect.conversation().tenant();
    boolean stands =
        rows.letters
            .get(tenant, effect.key())
            .filter(row -> !(row.givesWayTo(effect) && row.digest().equals(written.digest())))
            .isPresent();
    if (stands) return false;
    rows.letters.put(tenant, effect.key(), written);
    return true;
  }

  @Override
  public Optional<Written> find(String tenant, String key) {
    return rows.letters.get(tenant, key);
  }

  @Override
  public void settle(Effect effect, State state) {
    String tenant = effect.conversation().tenant();
    rows.letters
        .get(tenant, effect.key())
        .filter(row -> row.state() instanceof State.Sending)
        .map(row -> new Written(row.digest(), state, row.at()))
        .ifPresent(row -> rows.letters.put(tenant, effect.key(), row));
  }
}
