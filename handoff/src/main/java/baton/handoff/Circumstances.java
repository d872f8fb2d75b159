package baton.handoff;

import java.time.Instant;

/// All that a decision reads outside its journal. The shell reads it, the entry records it, and the
/// claim checks whatever may have moved since.
///
/// @param at the only clock there is
/// @param policy hash of the policy the decision is made under
/// @param operators how many operators may be offered a live transfer
public record Circumstances(
    Instant at,
    Control control,
    Standing standing,
    int operators,
    String policy,
    Versions versions) {

  /// Whether the engine may act here at all.
  ///
  /// @param running false while any scope that covers the conversation is paused
  /// @param scope the widest paused scope, or empty
  /// @param version number of the last change of any control
  public record Control(boolean running, String scope, long version) {
    public static final Control RUNNING = new Control(true, "", 0);
  }

  /// What is known of the buyer across conversations.
  ///
  /// @param attempts contacts that the engine began, over all conversations of this buyer
  public record Standing(boolean optedOut, int attempts) {
    public static final Standing CLEAR = new Standing(false, 0);
  }

  /// @param kernel see [Conversation#KERNEL]: old journals are decided by the rules of their time
  /// @param lexicon version of the lexicon that read the words
  /// @param zones version of the time-zone data
  public record Versions(int kernel, String lexicon, String zones) {}
}
