package baton.agents.model;

import baton.agents.Agent;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Thought;
import baton.agents.Thoughts;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Origin;
import baton.handoff.gate.Finding;
import baton.handoff.policy.Model;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.Policy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// A language model in a role. It is told what its role may know and offered what its role may do
/// at this moment; each call it makes and each text it writes is a proposal like any other. Where
/// it does not answer, or a limit of the policy is reached, what the policy names takes its place.
public final class ModelAgent implements Agent {
  private final Model model;
  private final List<Policy.Disclosure> disclosures;
  private final SortedSet<String> topics;
  private final Equipment equipment;

  /// What it works with.
  ///
  /// @param playbook answers in its place where the policy says so
  /// @param schemas JSON Schema of a kind's arguments, empty where no tool carries it out
  /// @param outside tools that the policy declares, by name
  /// @param words a finding in one sentence
  /// @param guards look at its words, in this order
  /// @param counts tokens, where a server does not
  /// @param clock for how long an answer takes
  public record Equipment(
      Chat chat,
      Optional<Agent> playbook,
      Function<String, Optional<String>> schemas,
      Map<String, OutsideTool> outside,
      Function<Finding, String> words,
      List<Guard> guards,
      Tokens counts,
      InstantSource clock) {
    public Equipment {
      guards = List.copyOf(guards);
    }
  }

  /// @param disclosures that come before its first words
  /// @param topics to which the policy wants a buyer's yes
  public ModelAgent(
      Model model,
      List<Policy.Disclosure> disclosures,
      SortedSet<String> topics,
      Equipment equipment) {
    this.model = model;
    this.disclosures = List.copyOf(disclosures);
    this.topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    this.equipment = equipment;
  }

  @Override
  public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    return answer(briefing, Memory.of(notes).hearing(briefing), desk, Optional.empty());
  }

  @Override
  public Thoughts thoughts(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    if (model.streaming().isEmpty()) return Agent.super.thoughts(briefing, notes, desk);
    var memory = Memory.of(notes).hearing(briefing);
    return new Streamed(parts ->
        answer(
            briefing,
            memory,
            desk,
            Optional.of((number, words, origin) ->
                parts.accept(part(briefing, memory, number, words, origin)))));
  }

  private Thought part(
      Briefing briefing, Memory memory, int number, Action.Speak words, Origin origin) {
    List<Action> actions = List.of(words);
    return new Thought(
        number == 0 ? disclosed(briefing, actions) : actions,
        memory.notes(model.limits().memoryLines()),
        Optional.of(origin),
        true);
  }

  private Thought answer(
      Briefing briefing, Memory memory, Desk desk, Optional<Turn.Listener> atOnce) {
    var turn = new Turn(model, topics, briefing, memory, desk, equipment, atOnce);
    try {
      if (briefing.tokens() >= model.limits().tokensPerConversation()) {
        throw new Unanswered("tokens-per-conversation");
      }
      var actions = turn.answered();
      return new Thought(
          turn.said() == 0 ? disclosed(briefing, actions) : actions,
          memory.notes(model.limits().memoryLines()),
          Optional.of(turn.origin(List.of())));
    } catch (Unanswered failure) {
      return instead(briefing, memory, desk, turn.origin(List.of(failure.factor())));
    }
  }

  private Thought instead(Briefing briefing, Memory memory, Desk desk, Origin origin) {
    int linesMax = model.limits().memoryLines();
    return switch (model.onFailure()) {
      case PLAYBOOK -> {
        var played = equipment.playbook().orElseThrow().think(briefing, memory.other(), desk);
        var notes = memory.with(played.notes()).notes(linesMax);
        yield new Thought(played.actions(), notes, Optional.of(origin));
      }
      case HUMAN ->
          new Thought(
              List.of(new Action.TransferToHuman("model-failed")),
              memory.notes(linesMax),
              Optional.of(origin));
      case END ->
          new Thought(
              List.of(
                  new Action.Speak(new Words.Line("goodbye"), ""),
                  new Action.Close("model-failed")),
              memory.notes(linesMax),
              Optional.of(origin));
    };
  }

  /// What must be said before the first words is said before them, whatever the model thinks.
  private List<Action> disclosed(Briefing briefing, List<Action> actions) {
    var all = new ArrayList<Action>();
    boolean owed = true;
    for (var action : actions) {
      if (owed && action instanceof Action.Spoken && !(action instanceof Action.Disclose)) {
        owed = false;
        for (var disclosure : disclosures) {
          var said = new Action.Disclose(disclosure.id(), new Words.Line(disclosure.line()));
          if (!briefing.disclosed().contains(disclosure.id()) && !all.contains(said)) all.add(said);
        }
      }
      all.add(action);
    }
    return all;
  }

  /// No model is asked: accepting gives no authority.
  @Override
  public Reply consider(Offer offer) {
    return offer.to().equals(model.role()) ? Reply.YES : Reply.no("not-my-role");
  }
}
