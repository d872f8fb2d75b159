package baton.bench.report;

/// What the engine is measured against, with what must be reached and what we want. The only place
/// where targets stand.
public enum Measure {
  STEPS_MANY("W, governed steps/s at 256 conversations", "steps/s", Better.MORE, 5_000, 8_000),
  STEPS_ONE("W, governed steps/s at 1 conversation, warm", "steps/s", Better.MORE, 450, 800),
  STEP_P99("W, step p99 at 256 conversations", "ms", Better.LESS, 85, 40),
  GATE("Gate, all checks and findings, no CEL, p50", "ns", Better.LESS, 1_000, 300),
  GATE_CEL("Gate with 20 CEL conditions, by action, p50", "ns", Better.LESS, 3_000, 1_000),
  PAUSE("Pause under 5,000 claims/s, time to return, p99", "ms", Better.LESS, 15, 5),
  PAUSE_VIOLATIONS("Pause under 5,000 claims/s, violations", "claims", Better.LESS, 0, 0),
  IDLE_HEAP("Heap of an idle conversation, with one agent", "KB", Better.LESS, 8, 5),
  RECOVERY("Recovery after a restart", "conversations/s", Better.MORE, 1_500, 4_000),
  FAILOVER("Node killed, its conversations answer elsewhere", "s", Better.LESS, 10, 5),
  VOICE("Engine's share of a voice turn, p99 at 64 conversations", "ms", Better.LESS, 25, 10),
  WORLDS(
      "Simulated kernel steps, all invariants checked", "steps/s", Better.MORE, 100_000, 500_000),
  START("serve on an existing data folder, until ready", "s", Better.LESS, 6, 4),
  OVERLOAD_LOST("Ten times the sustainable load: accepted and lost", "messages", Better.LESS, 0, 0),
  OVERLOAD_BACK("Ten times the sustainable load: p99 as before after", "s", Better.LESS, 10, 5);

  /// Which way is better.
  public enum Better {
    MORE,
    LESS
  }

  /// How a figure stands to its targets.
  public enum Standing {
    /// As we want it.
    AIM,
    /// As it must be.
    MUST,
    SHORT
  }

  private final String title;
  private final String unit;
  private final Better better;
  private final double must;
  private final double aim;

  Measure(String title, String unit, Better better, double must, double aim) {
    this.title = title;
    this.unit = unit;
    this.better = better;
    this.must = must;
    this.aim = aim;
  }

  public String title() {
    return title;
  }

  public String unit() {
    return unit;
  }

  public Better better() {
    return better;
  }

  public double must() {
    return must;
  }

  public double aim() {
    return aim;
  }

  public Standing standing(double measured) {
    if (reaches(measured, aim)) return Standing.AIM;
    return reaches(measured, must) ? Standing.MUST : Standing.SHORT;
  }

  private boolean reaches(double measured, double target) {
    return switch (better) {
      case MORE -> measured >= target;
      case LESS -> measured <= target;
    };
  }
}
