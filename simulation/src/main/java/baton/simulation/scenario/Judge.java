package baton.simulation.scenario;

import baton.handoff.Outcome;
import baton.simulation.Buyer;
import baton.simulation.Happening;
import baton.simulation.Played;
import baton.simulation.scenario.Expectation.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Holds a conversation that is over against what was expected of it.
record Judge(Buyer buyer, List<Played.Timed> timeline) {
  /// What was expected and what there is instead, or empty where it is met.
  Optional<String> unmet(Wanted wanted) {
    return met(wanted)
        ? Optional.empty()
        : Optional.of("it was " + wanted.words() + instead(wanted));
  }

  boolean met(Wanted wanted) {
    return switch (wanted) {
      case Wanted.Holder(var role) -> buyer.holder().equals(role);
      case Wanted.Closed(var reason) -> any(each -> each.equals(new Happening.Closed(reason)));
      case Wanted.Effect(var kind) -> any(each -> did(each, kind));
      case Wanted.NoEffect(var kind) -> !any(each -> did(each, kind));
      case Wanted.Said(var text) -> any(each -> said(each, text));
      case Wanted.NeverSaid(var text) -> !any(each -> said(each, text));
      case Wanted.Stopped stopped -> any(each -> stopped(each, stopped));
      case Wanted.Waits(var right) -> any(each -> each.equals(new Happening.Waits(right)));
      case Wanted.PersonAsked(var reason) ->
          any(each -> each.equals(new Happening.Escalated(reason)));
      case Wanted.OptedOut(var whether) ->
          any(each -> each instanceof Happening.OptedOut) == whether;
      case Wanted.Consented(var purpose, var state) -> buyer.consent(purpose).equals(state);
      case Wanted.Known(var fact, var value) -> buyer.fact(fact).filter(value::equals).isPresent();
    };
  }

  private String instead(Wanted wanted) {
    return switch (wanted) {
      case Wanted.Holder _ -> ", and is with " + buyer.holder();
      case Wanted.Closed _ ->
          timeline.stream()
              .filter(each -> each.happening() instanceof Happening.Closed)
              .map(each -> ", and was closed for " + ((Happening.Closed) each.happening()).reason())
              .findFirst()
              .orElse(", and is open with " + buyer.holder());
      case Wanted.Consented(var purpose, _) -> ", and it is " + buyer.consent(purpose);
      case Wanted.Known(var fact, _) -> ", and it is " + buyer.fact(fact).orElse("not known");
      case Wanted.Effect _,
          Wanted.NoEffect _,
          Wanted.Said _,
          Wanted.NeverSaid _,
          Wanted.Stopped _,
          Wanted.Waits _,
          Wanted.PersonAsked _,
          Wanted.OptedOut _ ->
          "";
    };
  }

  private boolean any(Predicate<Happening> sort) {
    return timeline.stream().map(Played.Timed::happening).anyMatch(sort);
  }

  /// Words that reached the buyer were spoken outside as well.
  private static boolean did(Happening each, String kind) {
    return each instanceof Happening.Done(_, var done, Outcome.Confirmed _) && done.equals(kind);
  }

  private static boolean said(Happening each, String text) {
    return each instanceof Happening.Said said && said.text().contains(text);
  }

  private static boolean stopped(Happening each, Wanted.Stopped wanted) {
    return each instanceof Happening.Stopped stopped
        && stopped.kind().equals(wanted.kind())
        && stopped.verdict() == wanted.verdict()
        && stopped.findings().stream()
            .anyMatch(found ->
                found.verdict() == wanted.verdict() && found.clause().equals(wanted.clause()));
  }
}
