package baton.runtime.observe;

/// One conversation at this node, as the metrics see it. Used by its supervisor alone.
public final class Presence {
  private final Metrics metrics;
  private long began;
  private boolean warm;
  private int stashed;

  /// Its journal is read from now on.
  public Presence(Metrics metrics) {
    this.metrics = metrics;
    this.began = metrics.now();
  }

  /// Its journal was read.
  public void warmed() {
    metrics.warmed(began);
    warm = true;
  }

  /// It is no longer here, or its journal is read again.
  public void cooled() {
    if (warm) metrics.cooled();
    warm = false;
    unstashed();
    began = metrics.now();
  }

  /// One more command waits.
  public void stashed() {
    stashed++;
    metrics.stashed(1);
  }

  /// None waits any more.
  public void unstashed() {
    metrics.stashed(-stashed);
    stashed = 0;
  }
}
