package baton.handoff;

/// A mandate's name. Policies may add roles; the five below are known to the engine.
public record Role(String name) implements Comparable<Role> {
  public static final Role BOOKING = new Role("booking");
  public static final Role TRANSFER = new Role("transfer");
  public static final Role CLOSING = new Role("closing");

  /// An operator who has taken the conversation over.
  public static final Role HUMAN = new Role("human");

  /// The supervisor itself, when it speaks one of the policy's fixed lines.
  public static final Role ENGINE = new Role("engine");

  public Role {
    if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("a role is 1 to 32 of a-z, 0-9 and -");
    }
  }

  @Override
  public int compareTo(Role other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
