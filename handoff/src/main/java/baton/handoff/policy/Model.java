package baton.handoff.policy;

import baton.handoff.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The language model that fills a role: which one, what it is told, and within what.
///
/// @param name of the model in the engine's configuration
/// @param temperature in hundredths, 0 to 200; empty where the model is left its own, as those want
///   that know none
/// @param streaming how long its first words may take, where they are said sentence by sentence;
///   empty where its answer is waited for whole
/// @param prompt its SHA-256 in hex is the prompt's version
/// @param guardrails that look at its words, by the names of those that were plugged in
public record Model(
    Role role,
    Clause clause,
    String name,
    Optional<Integer> temperature,
    Optional<Duration> streaming,
    Limits limits,
    OnFailure onFailure,
    Template prompt,
    List<String> guardrails,
    Optional<Judge> judge) {
  public Model {
    guardrails = List.copyOf(guardrails);
  }

  /// A second model that is asked whether the first one's words may be said.
  ///
  /// @param name of the model in the engine's configuration
  public record Judge(String name, String prompt) {}

  /// @param answerWithin for one answer in all
  /// @param tokensPerTurn read and written for one answer
  /// @param tokensPerConversation by all models of the conversation
  /// @param rounds how often the model is asked for one answer: again where it called what is not
  ///   there, or with arguments that are none
  /// @param answerChars of all it says in one answer
  /// @param memoryLines of the conversation that it is reminded of
  public record Limits(
      Duration answerWithin,
      long tokensPerTurn,
      long tokensPerConversation,
      int rounds,
      int answerChars,
      int memoryLines) {}

  /// What is done in its place where it fails or a limit is reached.
  public enum OnFailure {
    /// The role's playbook answers.
    PLAYBOOK,
    /// A person is asked to take over.
    HUMAN,
    /// The conversation is ended with the line `goodbye`.
    END
  }
}
