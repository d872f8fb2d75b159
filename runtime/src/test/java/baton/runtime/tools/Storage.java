package baton.runtime.tools;

import baton.runtime.tools.memory.MemoryTools;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Where tools keep their rows. Each bench is a new tenant beside those of the others.
enum Storage {
  POSTGRESQL {
    @Override
    Bench of(String tenant) {
      return new PgBench(tenant);
    }

    @Override
    Bench seeded(String tenant) {
      return PgBench.seeded(tenant);
    }
  },
  MEMORY {
    private final MemoryTools tools = MemoryTools.standard(InstantSource.fixed(Bench.MONDAY));

    @Override
    Bench of(String tenant) {
      return new MemoryBench(tenant, tools);
    }

    @Override
    Bench seeded(String tenant) {
      return MemoryBench.seeded(tenant, tools);
    }
  };

  private static final AtomicLong TENANTS = new AtomicLong();

  abstract Bench of(String tenant);

  /// With the seeds of tenant `default`.
  abstract Bench seeded(String tenant);

  Bench seeded() {
    return seeded(tenant());
  }

  /// Nothing set up.
  Bench empty() {
    return of(tenant());
  }

  static String tenant() {
    return "t" + TENANTS.incrementAndGet();
  }
}
