package baton.bench.load;

/// What was given cannot be used; says in one line what to do.
public final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unfit(String line) {
    super(line, null, false, false);
  }
}
