package baton.runtime.pages.console;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

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
      String scope, String words, String operator, Instant at, String reason, int claimed) {
    /// Which one, where it is only one; else empty.
    public String conversation() {
      String begins = "conversation:";
      return scope.startsWith(begins) ? scope.substring(begins.length()) : "";
    }
  }

  /// Differs when what the bands say does: a page that shows the same is left alone.
  public String holds() {
    return bands.stream()
        .map(band -> band.scope + " " + band.at + " " + band.claimed)
        .collect(Collectors.joining(", "));
  }

  public String current(String section) {
    return section.equals(here) ? "page" : null;
  }
}
