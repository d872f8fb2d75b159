package baton.simulation.report;

import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.action.Action;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import baton.simulation.Played;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One conversation, read once from its journal: all that a report counts of it.
///
/// @param segment the buyer's, or empty
/// @param refused hand-offs that were offered and not taken
/// @param reached how long after the opening each was reached first
/// @param conceded percent, the last that was confirmed
/// @param ending why it was closed, or empty while it is open
record Journey(
    String segment,
    List<Judged> judged,
    List<Move> moves,
    List<Move> refused,
    Map<Milestone, Duration> reached,
    OptionalInt conceded,
    String ending) {
  static final String OPENED = "opened";
  static final String NOBODY = "nobody";
  static final String CLOSED = "closed";

  /// What a conversation may come to.
  public enum Milestone {
    BOOKED("book"),
    QUOTED("quote"),
    ORDERED("take-commitment"),
    CLOSED("");

    private final String kind;

    Milestone(String kind) {
      this.kind = kind;
    }

    static Optional<Milestone> of(Action action) {
      for (var milestone : values()) {
        if (milestone.kind.equals(action.kind())) return Optional.of(milestone);
      }
      return Optional.empty();
    }
  }

  /// One decision of the gate.
  ///
  /// @param decisive the findings that were as strict as the verdict
  record Judged(String role, String kind, Verdict verdict, List<Finding> decisive) {}

  /// A conversation goes from one holder to the next. [#OPENED], [#NOBODY] and [#CLOSED] stand for
  /// where nobody has it.
  public record Move(String from, String to) implements Comparable<Move> {
    private static final Comparator<Move> ORDER =
        Comparator.comparing(Move::from).thenComparing(Move::to);

    @Override
    public int compareTo(Move other) {
      return ORDER.compare(this, other);
    }
  }

  static boolean isRole(String holder) {
    return !Set.of(OPENED, NOBODY, CLOSED).contains(holder);
  }

  /// Every role that had it, the first first.
  Set<String> holders() {
    var holders = new LinkedHashSet<String>();
    for (var move : moves) {
      if (isRole(move.to)) holders.add(move.to);
    }
    return holders;
  }

  /// The role that had it last, whether or not somebody has it now.
  String lastHolder() {
    return moves.reversed().stream()
        .map(Move::to)
        .filter(Journey::isRole)
        .findFirst()
        .orElse(NOBODY);
  }

  static Journey of(Played played) {
    var reading = new Reading();
    for (var entry : played.entries()) {
      long seq = entry.first();
      for (var event : entry.events()) reading.take(seq++, event, entry.now().at());
    }
    return reading.journey();
  }

  private static final class Reading {
    private final Map<Long, Event.Proposed> proposals = new HashMap<>();
    private final List<Judged> judged = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<Move> refused = new ArrayList<>();
    private final Map<Milestone, Duration> reached = new EnumMap<>(Milestone.class);
    private OptionalInt conceded = OptionalInt.empty();
    private Instant opened = Instant.EPOCH;
    private String segment = "";
    private String holder = OPENED;
    private String ending = "";

    Journey journey() {
      return new Journey(segment, judged, moves, refused, reached, conceded, ending);
    }

    void take(long seq, Event event, Instant at) {
      switch (event) {
        case Event.Opened opening -> {
          opened = at;
          segment = opening.buyer().segment();
        }
        case Event.Proposed proposed -> proposals.put(seq, proposed);
        case Event.Decided decided -> judged.add(judged(decided));
        case Event.Settled settled when settled.outcome() instanceof Outcome.Confirmed ->
            confirmed(proposals.get(settled.proposal()).action(), at);
        case Event.HandOffFailed(var from, var to, _) ->
            refused.add(new Move(from.name(), to.name()));
        case Event.Granted granted -> move(granted.role().name());
        case Event.Released _ -> move(NOBODY);
        case Event.Closed(var reason) -> {
          ending = reason;
          reach(Milestone.CLOSED, at);
          move(CLOSED);
        }
        case Event _ -> {}
      }
    }

    private Judged judged(Event.Decided decided) {
      var proposed = proposals.get(decided.proposal());
      var decisive =
          decided.findings().stream()
              .filter(finding -> finding.verdict() == decided.verdict())
              .toList();
      return new Judged(
          proposed.role().name(), proposed.action().kind(), decided.verdict(), decisive);
    }

    private void confirmed(Action action, Instant at) {
      Milestone.of(action).ifPresent(milestone -> reach(milestone, at));
      if (action instanceof Action.Concede concede) conceded = OptionalInt.of(concede.percent());
    }

    private void reach(Milestone milestone, Instant at) {
      reached.putIfAbsent(milestone, Duration.between(opened, at));
    }

    /// Whoever gets it back after an offer that was refused has not handed it on.
    private void move(String next) {
      if (!next.equals(holder)) moves.add(new Move(holder, next));
      holder = next;
    }
  }
}
