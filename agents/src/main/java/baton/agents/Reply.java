package baton.agents;

/// What a role says to an offer.
///
/// @param reason why not; empty where it accepts
public record Reply(boolean accepts, String reason) {
  public static final Reply YES = new Reply(true, "");

  public static Reply no(String reason) {
    return new Reply(false, reason);
  }
}
