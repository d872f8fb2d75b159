package baton.runtime.view;

import baton.handoff.agent.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happened in a conversation, in order: what was said beside what was decided, each row bound
/// to the event it comes from.
///
/// @param rows oldest first
/// @param last number of the journal's last event
public record Timeline(List<Row> rows, long last) {
  public Timeline {
    rows = List.copyOf(rows);
  }

  /// @param seq number of the event that it comes from
  /// @param touched number of the last event that changed what it shows
  public record Row(long seq, Instant at, long touched, Content content) {}

  /// What a row shows.
  public sealed interface Content {}

  /// The buyer's words.
  ///
  /// @param text null where it has been erased
  /// @param understood what was read in them: "seats 20"
  /// @param confidence percent
  public record Heard(String text, List<String> understood, int confidence) implements Content {}

  /// A proposal and the gate's word on it.
  ///
  /// @param by the role that proposed it
  /// @param tried what it was: the action's members without its kind, in words
  /// @param words what was to be said, or empty; inside, null where it has been erased
  /// @param settled number of the event that told what came of it, 0 while nothing has
  /// @param learnt what the effect told: "booking, booking start"
  /// @param policy hash of the policy that decided
  /// @param outcome `confirmed`, `failed`, `unknown`, `lapsed`, `void`, or empty
  /// @param origin what it came from, where a model was asked
  public record Decision(
      String by,
      long epoch,
      Map<String, Object> tried,
      Optional<Text> words,
      long settled,
      List<String> learnt,
      String policy,
      String outcome,
      Explained explained,
      Optional<Origin> origin)
      implements Content {
    /// Whether it was stopped, at least for the moment.
    public boolean isBlocked() {
      return !explained.verdict().equals("permit");
    }

    /// Whether the buyer was told its words.
    public boolean isVoiced() {
      return words.isPresent() && outcome.equals("confirmed");
    }
  }

  /// @param text null where it has been erased
  public record Text(String text) {}

  /// The lease moved.
  ///
  /// @param holder who has it now, or empty where nobody has
  public record Moved(String words, String holder, long epoch) implements Content {}

  /// Anything else worth a line.
  public record Note(String words, Tone tone) implements Content {}

  /// How much a note matters.
  public enum Tone {
    QUIET,
    /// A person should look.
    ALERT
  }
}
