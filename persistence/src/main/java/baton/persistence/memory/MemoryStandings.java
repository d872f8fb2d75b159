package baton.persistence.memory;

import baton.handoff.Circumstances.Standing;
import baton.handoff.port.Standings;
import baton.persistence.memory.MemoryStore.Key;

/// Opt-outs and attempts in memory, never late.
public final class MemoryStandings implements Standings {
  private final MemoryStore store;

  public MemoryStandings(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Standing of(String tenant, String subject) {
    synchronized (store) {
      return store.standings.getOrDefault(new Key(tenant, subject), Standing.CLEAR);
    }
  }
}
