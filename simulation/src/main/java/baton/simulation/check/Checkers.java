package baton.simulation.check;

import baton.simulation.history.Occurrence;
import java.util.List;

/// Many checkers as one.
public final class Checkers implements Checker {
  private final List<Checker> checkers;

  public Checkers() {
    this(all());
  }

  public Checkers(List<Checker> checkers) {
    this.checkers = List.copyOf(checkers);
  }

  /// Each of them anew, one small class for each property.
  public static List<Checker> all() {
    return List.of(
        new Numbered(),
        new OneHolder(),
        new OnlyTheHolderProposes(),
        new Fenced(),
        new OneKeyPerProposal(),
        new OneEffectPerKey(),
        new ApprovalBinds(),
        new FailClosed(),
        new LegalTransitions(),
        new OutcomesJoin(),
        new OptedOut(),
        new Segmentation(),
        new NothingAcknowledgedIsLost(),
        new StopMeansStop(),
        new TighteningHolds(),
        new TakeOverHolds(),
        // The last: it notices any other decision, and the others say what is wrong with it.
        new Replays());
  }

  @Override
  public void see(Occurrence occurrence) {
    for (var checker : checkers) checker.see(occurrence);
  }

  @Override
  public void end() {
    checkers.forEach(Checker::end);
  }
}
