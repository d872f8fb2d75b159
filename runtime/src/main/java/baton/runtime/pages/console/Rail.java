package baton.runtime.pages.console;

import java.time.Instant;
import java.util.List;

/// What every page of the console has around its own.
///
/// @param here which section is open: `now`, `conversations`, `approvals`, `policy` or `controls`
/// @param approvals how many wait for an answer
/// @param available whether the operator may be offered live transfers
/// @param operator who is signed in
public record Rail(
    String here,
    int approvals,
    boolean available,
    String operator,
    List<Band> bands,
    List<String> scopes) {
  public Rail {
    bands = List.copyOf(bands);
    scopes = List.copyOf(scopes);
  }

  /// Something is paused.
  ///
  /// @param scope as the contract writes it
  /// @param claimed effects that were claimed and are not settled, over all scopes
  public record Band(
      String scope, String words, String operator, Instant at, String reason, int claimed) {}

  public String current(String section) {
    return section.equals(here) ? "page" : null;
  }
}
