package baton.simulation.scenario;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A conversation to be simulated: who comes, what they do, and what is expected to come of it.
///
/// @param shows what it is for, in one line
/// @param zone the buyer's time zone, or empty; may hold blanks
/// @param region the buyer's region, or empty; may hold blanks
/// @param operators who are there from the start
/// @param turns how many turns the buyer has at most
/// @param traits what is drawn for each conversation, by name
/// @param replies the first that fits is taken; where none fits the conversation is over
public record Scenario(
    String name,
    String shows,
    String zone,
    String region,
    List<String> operators,
    int turns,
    SortedMap<String, List<Choice>> traits,
    List<Reply> replies,
    List<Expectation> expectations) {
  public Scenario {
    operators = List.copyOf(operators);
    traits = Collections.unmodifiableSortedMap(new TreeMap<>(traits));
    replies = List.copyOf(replies);
    expectations = List.copyOf(expectations);
  }

  /// Whether one conversation may go another way than the next.
  public boolean varies() {
    return !traits.isEmpty()
        || replies.stream()
            .flatMap(reply -> reply.acts().stream())
            .anyMatch(act -> act instanceof Act.Say(var wordings) && wordings.size() > 1);
  }

  /// A value that a trait may have.
  ///
  /// @param weight in proportion to the others
  public record Choice(String value, int weight) {}

  /// What the buyer does where it fits.
  ///
  /// @param times how often it is taken at most
  public record Reply(When when, int times, List<Act> acts) {
    public Reply {
      acts = List.copyOf(acts);
    }
  }

  /// What the agent did, and who the buyer is. What is empty always fits.
  ///
  /// @param asks topic of the question that was put last
  /// @param hears words that were said since the buyer spoke
  /// @param after kind of an action that took place since the buyer spoke
  /// @param waits right that something waits for
  /// @param holder who has the conversation
  /// @param turn number of the buyer's turn, from 1
  /// @param traits for each trait the values that fit
  public record When(
      Optional<String> asks,
      Optional<String> hears,
      Optional<String> after,
      Optional<String> waits,
      Optional<String> holder,
      OptionalInt turn,
      Map<String, Set<String>> traits) {
    public When {
      traits = Map.copyOf(traits);
    }
  }

  /// One thing that happens on the buyer's side, or that an operator does.
  public sealed interface Act {
    /// @param wordings of which one is drawn; they may hold blanks such as `{seats}`
    record Say(List<String> wordings) implements Act {
      public Say {
        wordings = List.copyOf(wordings);
      }
    }

    record Grant(String operator) implements Act {}

    record Refuse(String operator) implements Act {}

    record TakeOver(String operator) implements Act {}

    /// Words of the operator who has the conversation.
    record Speak(String text) implements Act {}

    record HandBack(String operator) implements Act {}

    record Suffer(Fault fault) implements Act {}
  }
}
