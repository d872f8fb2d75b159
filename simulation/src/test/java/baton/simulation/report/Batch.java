package baton.simulation.report;

import baton.handoff.Command;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.simulation.Buyer;
import baton.simulation.Played;
import baton.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
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

  static Buyer isHandedBack() {
    return isTakenOver().isHandedBackBy("kim");
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

  /// The same conversation of a buyer of another segment.
  static Played inSegment(String segment, Played played) {
    var entries = new ArrayList<>(played.entries());
    var first = entries.getFirst();
    var events = first.events().stream().map(event -> opened(segment, event)).toList();
    entries.set(0, new Entry(first.first(), first.command(), first.now(), events));
    return with(played, entries);
  }

  private static Event opened(String segment, Event event) {
    return switch (event) {
      case Event.Opened(var campaign, var channel, var b) ->
          new Event.Opened(
              campaign,
              channel,
              new Command.Buyer(
                  b.subject(),
                  b.body(),
                  b.id(),
                  b.phone(),
                  b.email(),
                  b.zone(),
                  b.region(),
                  segment));
      case Event other -> other;
    };
  }

  /// The same conversation, in which this happened last.
  static Played then(Played played, Event... events) {
    var entries = new ArrayList<>(played.entries());
    var last = entries.getLast();
    entries.add(new Entry(last.last() + 1, new Command.Wake(), last.now(), List.of(events)));
    return with(played, entries);
  }

  private static Played with(Played played, List<Entry> entries) {
    return new Played(
        played.scenario(), played.number(), entries, played.timeline(), played.unmet());
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
