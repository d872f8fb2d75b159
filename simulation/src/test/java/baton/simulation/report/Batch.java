package baton.simulation.report;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.Buyer;
import baton.simulation.Played;
import baton.simulation.Simulation;
import java.time.Duration;
import java.util.List;

/// Conversations as they are really played, to report on.
final class Batch {
  static final PolicyDocument POLICY = PolicyCompiler.sample("inbound-trial").orThrow();

  private Batch() {}

  /// Fifteen percent off by Kim's yes, and the order.
  static Buyer orders() {
    var buyer = quoted();
    buyer.says("could I get 30% off?").says("I was hoping for 15% off");
    return buyer.isGrantedBy("kim").says("yes");
  }

  /// The first price is taken.
  static Buyer paysTheListPrice() {
    return quoted().says("yes");
  }

  static Buyer wantsNoMore() {
    return buyer().says("please stop contacting me");
  }

  static Buyer fallsSilent() {
    return buyer().staysSilent(Duration.ofDays(3));
  }

  /// It is not over.
  static Buyer isStillThere() {
    return buyer().says("yes, that is fine");
  }

  static Buyer isTakenOver() {
    return buyer().says("yes, that is fine").isTakenOverBy("kim").hearsOperator("kim", "Hi!");
  }

  static Buyer says(String words) {
    return buyer().says(words);
  }

  static Played met(String scenario, int number, Buyer buyer) {
    return buyer.played(scenario, number, List.of());
  }

  static Played unmet(String scenario, int number, Buyer buyer, String... unmet) {
    return buyer.played(scenario, number, List.of(unmet));
  }

  private static Buyer quoted() {
    var buyer = buyer().says("yes, that is fine");
    buyer.says("the team plan for 12 people, please").says("Tuesday at 10 am").says("yes please");
    return buyer.says("no e-mail, thanks").says("yes, that is right");
  }

  private static Buyer buyer() {
    return Simulation.sample("inbound-trial").buyer("America/Denver");
  }
}
