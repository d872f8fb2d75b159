package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.persistence.policy.PolicyCompiler;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The simulator is not on the class path of these tests.
class RehearsalTest {
  @Test
  void thePolicyWithoutScenariosNeedsNobodyToPlayThem() {
    var sample = PolicyCompiler.sample("inbound-trial").orThrow();
    assertEquals(Optional.empty(), Rehearsal.wrong(sample));
  }

  @Test
  void aPolicyWithScenariosThatNothingCanPlayIsRefused() {
    var sample = PolicyCompiler.sample("inbound-trial").orThrow().json();
    var brings =
        sample.replaceFirst(
            "\\\"start\\\":",
            "\"scenarios\":[{\"expect\":[{\"effect\":\"book\"}],\"scenario\":\"books\","
                + "\"shows\":\"A call is booked.\"}],\"start\":");
    assertEquals(
        Optional.of(
            "scenario \"books\": nothing here can play it; put Baton's simulation module on the"
                + " class path, as ./baton does"),
        Rehearsal.wrong(PolicyCompiler.fromJson(brings).orThrow()));
  }
}
