package baton.simulation.report;

import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.runtime.pages.console.Show;
import baton.simulation.report.Histogram.Bin;
import baton.simulation.report.Histogram.Place;
import baton.simulation.report.Journey.Milestone;
import baton.simulation.report.Stack.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What the report shows, in the order in which it does.
///
/// @param shares by scenario, the expectations about all its conversations that were not met
/// @param failures the first of all that failed, see [Tally#failed]
public record Page(
    Policy policy,
    long seed,
    Tally tally,
    Map<String, List<String>> shares,
    List<Failure> failures) {
  private static final int TIMES_WIDTH = 264;
  private static final int PERCENT_WIDTH = 320;
  private static final int PERCENT_LEAST = 20;
  private static final List<Bin> TIMES =
      List.of(
          new Bin(0, 60, "below 1 minute", ""),
          new Bin(60, 120, "1 to 2 minutes", "1m"),
          new Bin(120, 300, "2 to 5 minutes", "2"),
          new Bin(300, 600, "5 to 10 minutes", "5"),
          new Bin(600, 1_800, "10 to 30 minutes", "10"),
          new Bin(1_800, 3_600, "30 to 60 minutes", "30"),
          new Bin(3_600, 10_800, "1 to 3 hours", "1h"),
          new Bin(10_800, 43_200, "3 to 12 hours", "3"),
          new Bin(43_200, 86_400, "12 to 24 hours", "12"),
          new Bin(86_400, 259_200, "1 to 3 days", "1d"),
          new Bin(259_200, Long.MAX_VALUE, "3 days or more", "3"));

  /// @param bars over [#TIMES]
  public record Time(String name, Spread seconds, Histogram bars) {}

  public record Segment(String name, long quoted, Spread percent, Histogram bars) {}

  /// The outcome of the batch in one sentence.
  public String headline() {
    long missed = sharesMissed();
    if (missed == 0) return ofEach();
    var shares =
        Wording.count(missed, "expected share") + (missed == 1 ? " was" : " were") + " not met";
    return tally.failed() == 0 ? shares : ofEach() + ", and " + shares;
  }

  private String ofEach() {
    long all = tally.conversations();
    long failed = tally.failed();
    if (all == 0) return "No conversation was played";
    if (failed == 0) {
      return all == 1
          ? "The one conversation went as expected"
          : "All " + Wording.number(all) + " conversations went as expected";
    }
    if (all == 1) return "The one conversation did not go as expected";
    if (failed == all) return "None of " + Wording.number(all) + " conversations went as expected";
    return "%s of %s conversations did not go as expected"
        .formatted(Wording.number(failed), Wording.number(all));
  }

  /// Expectations about all conversations of a scenario that were not met.
  public long sharesMissed() {
    return shares.values().stream().mapToLong(List::size).sum();
  }

  /// Those of one scenario, in words.
  public List<String> sharesMissed(String scenario) {
    return shares.getOrDefault(scenario, List.of());
  }

  public long failuresMore() {
    return tally.failed() - failures.size();
  }

  public boolean isShown(int number) {
    return failures.stream().anyMatch(failure -> failure.number() == number);
  }

  public Stack expectations(long all, long failed) {
    return Stack.of(all, List.of(new Share("met", all - failed), new Share("unmet", failed)));
  }

  public Stack held(RoleRow row) {
    return Stack.of(
        tally.conversations(),
        List.of(
            new Share("on", row.handedOn()),
            new Share("ended", row.ended()),
            new Share("open", row.open())));
  }

  public Stack verdicts(RoleRow row) {
    return Stack.of(
        row.decisions(),
        List.of(
            new Share("permit", row.of(Verdict.PERMIT)),
            new Share("defer", row.of(Verdict.DEFER)),
            new Share("escalate", row.of(Verdict.ESCALATE)),
            new Share("deny", row.of(Verdict.DENY))));
  }

  public Stack denied(Tally.Denial denial) {
    return Stack.of(tally.denied(), List.of(new Share("deny", denial.count())));
  }

  /// Roles on whose proposals anything was decided.
  public List<RoleRow> proposing() {
    return tally.roles().stream().filter(row -> row.decisions() > 0).toList();
  }

  /// Roles that may have a conversation.
  public List<RoleRow> holding() {
    var nodes = tally.nodes();
    return tally.roles().stream().filter(row -> nodes.contains(row.role())).toList();
  }

  public Arcs arcs() {
    return Arcs.of(tally.nodes(), tally.moves());
  }

  // --- times

  public List<Time> times() {
    return Arrays.stream(Milestone.values())
        .map(milestone -> {
          var seconds = tally.time(milestone);
          var bars = Histogram.of(seconds, TIMES, List.of(), TIMES_WIDTH);
          return new Time(name(milestone), seconds, bars);
        })
        .toList();
  }

  private static String name(Milestone milestone) {
    return switch (milestone) {
      case BOOKED -> "Booking";
      case QUOTED -> "Quote";
      case ORDERED -> "Order";
      case CLOSED -> "Close";
    };
  }

  // --- concessions

  public List<Segment> segments() {
    long most =
        tally.concessions().values().stream()
            .filter(each -> !each.percent().isEmpty())
            .mapToLong(each -> each.percent().most())
            .max()
            .orElse(0);
    var rights = rights();
    long named = rights.stream().mapToLong(Place::value).max().orElse(0);
    var bins = percents(Math.min(100, Math.max(Math.max(most, named) + 5, PERCENT_LEAST)));
    return tally.concessions().entrySet().stream()
        .map(each ->
            new Segment(
                each.getKey().isEmpty() ? "No segment" : Show.capital(each.getKey()),
                each.getValue().quoted(),
                each.getValue().percent(),
                Histogram.of(each.getValue().percent(), bins, rights, PERCENT_WIDTH)))
        .toList();
  }

  /// A bin for each percent, up to a multiple of five.
  private static List<Bin> percents(long atLeast) {
    var bins = new ArrayList<Bin>();
    for (long i = 0; i <= Math.ceilDiv(atLeast, 5L) * 5; i++) {
      bins.add(new Bin(i, i + 1, i + " %", i % 5 == 0 ? Long.toString(i) : ""));
    }
    return bins;
  }

  /// How far each decision right over concessions goes.
  private List<Place> rights() {
    return policy.rights().getOrDefault("concede", List.of()).stream()
        .filter(right -> right.measure().equals("percent"))
        .sorted(Comparator.comparingLong(Policy.Right::upTo))
        .map(right -> new Place(right.upTo(), holder(right)))
        .toList();
  }

  private static String holder(Policy.Right right) {
    return switch (right.holder()) {
      case Policy.Right.Holder.ByRole(var role) -> Show.holder(role.name());
      case Policy.Right.Holder.ByOperator() -> "Person";
    };
  }
}
