package acme;

import baton.simulation.Simulation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QualificationTest {
  private static Simulation simulation() {
    return Simulation.of(Path.of("qualification.yaml"));
  }

  @Test
  void aVisitorIsToldWhatItTalksTo_andAskedHowManyTheyAre() {
    var buyer = simulation().buyer("Europe/Berlin");
    buyer
        .then()
        .holder("qualification")
        .disclosed("ai")
        .said("How many people will work with it?")
        .nothingElseHappened();
  }

  @Test
  void aSmallTeamIsToldWhereToStart() {
    var buyer = simulation().buyer("Europe/Berlin");
    buyer.says("4");
    buyer.then().fact("seats", "4").said("You can start by yourself").closed("small-team");
  }

  @Test
  void aLargeTeamIsPassedToAPerson() {
    var buyer = simulation().operator("ann").buyer("Europe/Berlin");
    buyer.says("we are 45 people");
    buyer.then().effect("transfer-to-human").said("A colleague will join us soon.");
  }

  @Test
  void whereNobodyIsThereALargeTeamIsNoted() {
    var buyer = simulation().buyer("Europe/Berlin");
    buyer.says("45");
    buyer.then().said("Nobody is free right now.").escalated("large-team");
  }

  /// The engine sees to it, whatever the agent would say.
  @Test
  void whoeverWantsToBeLeftAloneIs() {
    var buyer = simulation().buyer("Europe/Berlin");
    buyer.says("leave me alone");
    buyer.then().optedOut().closed("opted-out");
  }
}
