package baton.simulation.scenario;

import baton.handoff.Outcome;
import baton.handoff.policy.PolicyDocument;
import baton.simulation.Buyer;
import baton.simulation.Happening;
import baton.simulation.Played;
import baton.simulation.Simulation;
import baton.simulation.scenario.Scenario.Act;
import baton.simulation.scenario.Scenario.Reply;
import baton.simulation.scenario.Scenario.When;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// One conversation of a scenario, in a simulation of its own.
final class Performance {
  private static final int SURE = 100;

  private final Scenario scenario;
  private final Draw draw;
  private final Simulation simulation;
  private final Map<Reply, Integer> taken = new IdentityHashMap<>();
  private final Buyer buyer;
  private int confidence = SURE;
  private String operator;

  private Performance(Scenario scenario, PolicyDocument policy, Draw draw) {
    this.scenario = scenario;
    this.draw = draw;
    this.simulation = Simulation.under(policy);
    scenario.operators().forEach(simulation::operator);
    this.operator = scenario.operators().stream().findFirst().orElse("");
    this.buyer =
        simulation.buyer("buyer", draw.fill(scenario.zone()), draw.fill(scenario.region()));
  }

  /// A conversation that is over.
  ///
  /// @param met for each expectation of the scenario, in order
  record Shown(Played played, List<Boolean> met) {}

  /// @param number within the batch
  static Shown play(Scenario scenario, PolicyDocument policy, Draw draw, int number) {
    var performance = new Performance(scenario, policy, draw);
    var unmet = new ArrayList<String>();
    try {
      performance.play();
    } catch (AssertionError stuck) {
      unmet.add("it got stuck: " + stuck.getMessage().lines().findFirst().orElseThrow());
    }
    var buyer = performance.buyer;
    var timeline = buyer.timeline();
    var judge = new Judge(buyer, timeline);
    var met = new ArrayList<Boolean>();
    for (var expectation : scenario.expectations()) {
      var missed = judge.unmet(expectation.wanted());
      met.add(missed.isEmpty());
      if (!expectation.isShare()) missed.ifPresent(unmet::add);
    }
    return new Shown(buyer.played(scenario.name(), number, unmet), List.copyOf(met));
  }

  private void play() {
    for (int turn = 1; turn <= scenario.turns() && !buyer.isClosed(); turn++) {
      var reply = next(turn);
      if (reply.isEmpty()) return;
      taken.merge(reply.get(), 1, Integer::sum);
      for (var act : reply.get().acts()) {
        if (buyer.isClosed()) return;
        perform(act);
      }
    }
  }

  private Optional<Reply> next(int turn) {
    var since = sinceTheBuyerSpoke();
    return scenario.replies().stream()
        .filter(reply -> taken.getOrDefault(reply, 0) < reply.times())
        .filter(reply -> fits(reply.when(), turn, since))
        .findFirst();
  }

  private List<Happening> sinceTheBuyerSpoke() {
    var all = buyer.timeline().stream().map(Played.Timed::happening).toList();
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) instanceof Happening.Heard) from = i + 1;
    }
    return all.subList(from, all.size());
  }

  private boolean fits(When when, int turn, List<Happening> since) {
    Predicate<Happening> heard =
        each ->
            each instanceof Happening.Said said && said.text().contains(when.hears().orElse(""));
    Predicate<Happening> done =
        each ->
            each instanceof Happening.Done(_, var kind, Outcome.Confirmed _)
                && kind.equals(when.after().orElse(""));
    return when.asks().filter(topic -> !topic.equals(buyer.question())).isEmpty()
        && when.waits().filter(right -> !buyer.waits().contains(right)).isEmpty()
        && when.holder().filter(role -> !role.equals(buyer.holder())).isEmpty()
        && (when.turn().isEmpty() || when.turn().getAsInt() == turn)
        && (when.hears().isEmpty() || since.stream().anyMatch(heard))
        && (when.after().isEmpty() || since.stream().anyMatch(done))
        && when.traits().entrySet().stream()
            .allMatch(each -> each.getValue().contains(draw.trait(each.getKey())));
  }

  private void perform(Act act) {
    switch (act) {
      case Act.Say(var wordings) -> buyer.isTranscribed(draw.wording(wordings), confidence);
      case Act.Grant(var operator) -> buyer.isGrantedBy(operator);
      case Act.Refuse(var operator) -> buyer.isRefusedBy(operator);
      case Act.TakeOver(var name) -> buyer.isTakenOverBy(operator = name);
      case Act.Speak(var text) -> buyer.hearsOperator(operator, draw.fill(text));
      case Act.HandBack(var operator) -> buyer.isHandedBackBy(operator);
      case Act.Suffer(var fault) -> suffer(fault);
    }
  }

  private void suffer(Fault fault) {
    switch (fault) {
      case Fault.Pause(var scope) -> simulation.pauses(scope);
      case Fault.Resume(var scope) -> simulation.resumes(scope);
      case Fault.DoubtfulTranscription(var percent) -> confidence = percent;
      case Fault.Silence(var duration) -> buyer.staysSilent(duration);
      case Fault.HangsUp _ -> buyer.hangsUp();
      case Fault.ReachesVoicemail _ -> buyer.reachesVoicemail();
      case Fault.Crash _ -> simulation.crashes();
      case Fault.SlowTool(var kind) -> simulation.slow(kind);
      case Fault.LostAnswer(var kind) -> simulation.losesAnswer(kind);
      case Fault.FailingTool(var kind, var reason) -> simulation.fails(kind, reason);
      case Fault.AnswersTwice(var kind) -> simulation.answersTwice(kind);
    }
  }
}
