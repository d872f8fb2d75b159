package baton.handoff.agent;

import java.util.List;

/// What an answer came from, where a model thought of it. It is there for the record: nothing is
/// decided by it, but its tokens add up.
///
/// @param model the policy's name of the model
/// @param version what its server calls itself, or empty
/// @param prompt hash of the prompt's text in the policy
/// @param tokensIn read by the model, in all rounds
/// @param tokensOut written by it
/// @param millis how long it took
/// @param factors what kept it from more, as `time-out` or `tokens-per-turn`
public record Origin(
    String model,
    String version,
    String prompt,
    long tokensIn,
    long tokensOut,
    long millis,
    List<String> factors) {
  public Origin {
    factors = List.copyOf(factors);
  }

  public long tokens() {
    return tokensIn + tokensOut;
  }
}
