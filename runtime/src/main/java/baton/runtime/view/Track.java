package baton.runtime.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The hand-off track: who had the conversation when, and each place at which authority was cut
/// off. Knowledge crosses those places, permits do not.
///
/// @param lanes the roles that have a lane, top to bottom; a person's lane is the last
/// @param spans what followed what, each from the cut before it to its own
public record Track(List<String> lanes, List<Span> spans) {
  /// From one cut to the next.
  public sealed interface Span {
    /// Number of the event that it begins with.
    long from();

    /// The number that fenced everybody else while it lasted.
    long epoch();

    Instant since();

    /// Empty while it lasts.
    Optional<Cut> end();
  }

  /// Somebody had the lease.
  ///
  /// @param lane the role
  /// @param operator who, in a person's lane; else empty
  /// @param fresh whether the lease began here, with nothing but itself; else a cut within the
  ///   lease went before
  /// @param knows what crossed the gap before it, in words
  public record Bar(
      long from,
      long epoch,
      Instant since,
      String lane,
      String operator,
      boolean fresh,
      List<String> knows,
      List<Dot> permits,
      Optional<Cut> end)
      implements Span {
    public Bar {
      knows = List.copyOf(knows);
      permits = List.copyOf(permits);
    }
  }

  /// Nobody had it.
  ///
  /// @param offered the role to which the lease was offered, or empty
  /// @param failed why the offer came to nothing, or empty
  /// @param over whether the conversation has ended
  /// @param permits those for the engine's own lines
  public record Gap(
      long from,
      long epoch,
      Instant since,
      String offered,
      String failed,
      boolean over,
      List<Dot> permits,
      Optional<Cut> end)
      implements Span {
    public Gap {
      permits = List.copyOf(permits);
    }
  }

  /// One permit, where it was given.
  ///
  /// @param what the action in a few words
  public record Dot(long seq, String what, State state) {
    /// What became of it.
    public enum State {
      /// It was claimed: the outside was called, or is being called.
      USED,
      /// It may still be claimed.
      LIVE,
      /// It was not claimed and never will be.
      VOID
    }
  }

  /// Where all authority ended.
  ///
  /// @param seq number of the event that cut
  /// @param cause in words
  /// @param voids how many permits it made worthless
  /// @param lease whether it ended a lease, or began one
  public record Cut(long seq, Instant at, String cause, int voids, boolean lease) {
    Cut voiding(int more) {
      return new Cut(seq, at, cause, voids + more, lease);
    }

    Cut ofLease() {
      return new Cut(seq, at, cause, voids, true);
    }
  }

  public Track {
    lanes = List.copyOf(lanes);
    spans = List.copyOf(spans);
  }
}
