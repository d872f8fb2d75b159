package baton.runtime.observe;

import baton.agents.Agent;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Thought;
import baton.agents.Thoughts;
import baton.handoff.Role;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Origin;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Optional;
import java.util.SortedMap;

/// An agent whose thinking is a span below what asked it.
public final class WatchedAgent implements Agent {
  private final Agent agent;
  private final Role role;
  private final Traces traces;
  private final String asked;
  private volatile String place;

  private WatchedAgent(Agent agent, Role role, Traces traces, String asked) {
    this.agent = agent;
    this.role = role;
    this.traces = traces;
    this.asked = asked;
    this.place = asked;
  }

  /// Empty where this thread is nowhere in a tree.
  public static Optional<WatchedAgent> of(Agent agent, Role role, Traces traces) {
    return Optional.of(traces.here())
        .filter(here -> !here.isEmpty())
        .map(here -> new WatchedAgent(agent, role, traces, here));
  }

  /// Of its last thought, or of what asked it.
  public String place() {
    return place;
  }

  @Override
  public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    return watched(() -> agent.think(briefing, notes, desk));
  }

  @Override
  public Thoughts thoughts(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    var thoughts = agent.thoughts(briefing, notes, desk);
    return new Thoughts() {
      @Override
      public Thought next() {
        return watched(thoughts);
      }

      @Override
      public void close() {
        thoughts.close();
      }
    };
  }

  private Thought watched(Thoughts thoughts) {
    try (var think = begun("think ")) {
      var thought = thoughts.next();
      think.with("baton.proposals", thought.actions().size());
      thought.origin().ifPresent(origin -> describe(think, origin));
      return thought;
    }
  }

  private static void describe(Stretch think, Origin origin) {
    think
        .with("baton.model", origin.model())
        .with("baton.tokens.in", origin.tokensIn())
        .with("baton.tokens.out", origin.tokensOut())
        .with("baton.factors", origin.factors());
  }

  @Override
  public Reply consider(Offer offer) {
    try (var _ = begun("consider ")) {
      return agent.consider(offer);
    }
  }

  private Stretch begun(String what) {
    var begun = traces.begun(what + role, SpanKind.INTERNAL, asked, 0);
    place = begun.place();
    return begun.with("baton.role", role.name());
  }
}
