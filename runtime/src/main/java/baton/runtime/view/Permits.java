package baton.runtime.view;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of each permit a conversation was given, oldest first.
///
/// `open` and not yet claimed, `claimed`, `confirmed`, `failed`, `unknown`, `lapsed` (never
/// claimed), or `void` (authority moved before it was claimed).
public final class Permits {
  /// One permit as the public contract shows it.
  public record Shown(String id, long seq, String kind, String state, Instant expiresAt) {}

  private final Map<String, Shown> permits = new LinkedHashMap<>();

  private Permits() {}

  /// @param taken those that are claimed and not settled
  static List<Shown> of(List<Happened> all, Set<String> taken) {
    var permits = new Permits();
    for (var happened : all) permits.next(happened.event());
    permits.permits.replaceAll((id, permit) ->
        taken.contains(id) && Set.of("open", "void").contains(permit.state)
            ? in(permit, "claimed")
            : permit);
    return List.copyOf(permits.permits.values());
  }

  private void next(Event event) {
    if (event instanceof Event.MovesAuthority) {
      permits.replaceAll((_, permit) -> permit.state.equals("open") ? in(permit, "void") : permit);
    }
    switch (event) {
      case Event.Decided decided ->
          decided.permit().ifPresent(permit -> permits.put(permit.id(), open(permit)));
      case Event.Settled settled -> move(settled.permit(), state(settled.outcome()));
      case Event.Lapsed lapsed ->
          permits.computeIfPresent(
              lapsed.permit(),
              (_, permit) -> permit.state.equals("open") ? in(permit, "lapsed") : permit);
      case Event _ -> {}
    }
  }

  private void move(String id, String state) {
    permits.computeIfPresent(id, (_, permit) -> in(permit, state));
  }

  private static Shown open(Permit permit) {
    return new Shown(permit.id(), permit.seq(), permit.kind(), "open", permit.expiresAt());
  }

  private static String state(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Confirmed _ -> "confirmed";
      case Outcome.Failed _ -> "failed";
      case Outcome.Unknown _ -> "unknown";
    };
  }

  private static Shown in(Shown permit, String state) {
    return new Shown(permit.id, permit.seq, permit.kind, state, permit.expiresAt);
  }
}
