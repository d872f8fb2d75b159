package baton.simulation.check;

import baton.simulation.history.Occurrence;
import java.util.List;

/// All of them, one small class for each, by the numbers that the invariants have.
public final class Checkers implements Checker {
  private final List<Checker> all =
      List.of(
          new Numbered(),
          new OneHolder(),
          new OnlyTheHolderProposes(),
          new Fenced(),
          new OneKeyPerProposal(),
          new ApprovalBinds(),
          new OneEffectPerKey(),
          new FailClosed(),
          new LegalTransitions(),
          new Replays(),
          new OutcomesJoin(),
          new OptedOut(),
          new Segmentation());

  @Override
  public void see(Occurrence occurrence) {
    for (var checker : all) checker.see(occurrence);
  }

  @Override
  public void end() {
    all.forEach(Checker::end);
  }
}
