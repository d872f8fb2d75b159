package baton.simulation.guide;

import baton.simulation.Simulation;
import java.nio.file.Path;

/// The test of docs/testing.md, word for word but for where the policy lies.
final class TenPercent {
  private TenPercent() {}

  static void tenPercentTakesSomebodysYes(Path policy) {
    var simulation = Simulation.of(policy);
    var buyer = simulation.buyer("America/Denver");
    buyer.says("yes, that is fine");
    buyer.says("the team plan for 12 people, Tuesday at 10 am");
    buyer.says("yes please").says("no e-mail, thanks").says("yes, that is right");
    buyer.then().effect("quote").holder("closing");

    buyer.says("could I get 10% off?");
    buyer.then().wasEscalated("concede", "right.concession-20").waitsFor("concession-20");

    buyer.isGrantedBy("kim");
    buyer.then().effect("concede").said("USD 270.00");
  }
}
