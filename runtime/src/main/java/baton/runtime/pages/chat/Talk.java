package baton.runtime.pages.chat;

import java.util.List;
import java.util.Optional;

/// A conversation as its buyer sees it.
///
/// @param last number of the last event that it shows
/// @param notice something to say about this page, or empty
/// @param draft words that were not taken, to be sent again under the same id
public record Talk(
    String id,
    Standing standing,
    String holder,
    List<Line> lines,
    Now now,
    long last,
    String notice,
    Draft draft) {
  public Talk {
    lines = List.copyOf(lines);
  }

  /// How it stands.
  public enum Standing {
    /// Nobody has greeted the buyer yet.
    NOT_BEGUN,
    /// The buyer has left, and may come back.
    AWAY,
    WITH_ASSISTANT,
    WITH_PERSON,
    PASSING,
    PAUSED,
    CLOSED,
    STOPPED
  }

  /// Who speaks, in a sentence.
  public String who() {
    return switch (standing) {
      case NOT_BEGUN -> "You are about to talk to an automated assistant.";
      case AWAY -> "This conversation waits for you.";
      case WITH_ASSISTANT, PAUSED ->
          holder.isEmpty()
              ? "You are talking to an automated assistant."
              : "You are talking to an automated assistant, " + holder + ".";
      case WITH_PERSON -> "You are talking to a person.";
      case PASSING -> "You are being passed on.";
      case CLOSED -> "This conversation has ended.";
      case STOPPED -> "You asked us to stop.";
    };
  }

  public boolean isOver() {
    return standing == Standing.CLOSED || standing == Standing.STOPPED;
  }

  /// One thing in the transcript.
  public sealed interface Line {
    long seq();

    /// @param at on the buyer's clock
    record Mine(long seq, String message, String text, String at) implements Line {}

    /// @param kind of the action by which it was said
    record Theirs(long seq, String speaker, String kind, String text) implements Line {
      public boolean asksConsent() {
        return kind.equals("ask-consent");
      }
    }

    /// Another one speaks from here on.
    ///
    /// @param disclosure what he is, in the policy's words; empty where nothing is disclosed
    record Change(long seq, String speaker, String disclosure) implements Line {}

    /// Something that happened.
    record Note(long seq, String text) implements Line {}
  }

  /// What may be pressed instead of typed, and what is going on.
  ///
  /// @param doing what we are doing, or empty
  /// @param label what the choices are an answer to
  /// @param form how the choices are shown
  public record Now(String doing, boolean typing, String label, Form form, List<Choice> choices) {
    public Now {
      choices = List.copyOf(choices);
    }

    /// What was just said is not said again below it.
    ///
    /// @param lines the whole transcript
    Now behind(List<Line> lines) {
      boolean said =
          !doing.isEmpty()
              && !lines.isEmpty()
              && lines.getLast() instanceof Line.Theirs last
              && last.text().endsWith(doing);
      return said ? new Now("", false, label, form, choices) : this;
    }
  }

  /// How choices look.
  public enum Form {
    WORDS,
    CONSENT,
    TIMES
  }

  /// @param words what the buyer says by pressing it
  /// @param detail a second line; empty where one is enough
  public record Choice(String title, String detail, String words) {
    static Choice of(String words) {
      return new Choice(words, "", words);
    }
  }

  /// @param message the id under which it is sent, however often
  public record Draft(String message, String text) {}

  /// A conversation to go on with, on the page before.
  public record Earlier(String id, String title) {}

  /// What can be talked about, on the page before.
  public record Beginning(List<Campaign> campaigns, Optional<Earlier> earlier, String notice) {
    public Beginning {
      campaigns = List.copyOf(campaigns);
    }
  }

  public record Campaign(String name, String title) {}
}
