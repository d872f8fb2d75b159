package acme;

import baton.agents.Agent;
import baton.agents.AgentProvider;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Thought;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Briefing;
import baton.handoff.fact.Value;
import baton.handoff.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Asks a buyer how large the team is. A large one is worth a person's time; a small one is told
/// where to buy.
public final class Qualification implements AgentProvider {
  private static final long LARGE = 20;

  @Override
  public String name() {
    return "acme-qualification";
  }

  @Override
  public Agent agent(PolicyDocument policy, Role role) {
    return new Qualifier(role);
  }

  private record Qualifier(Role role) implements Agent {
    @Override
    public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
      return new Thought(proposals(briefing, desk), notes);
    }

    private static List<Action> proposals(Briefing briefing, Desk desk) {
      var seats = briefing.facts().get("seats");
      if (seats == null) return asking(briefing, desk);
      boolean large = seats.value() instanceof Value.Whole(var many) && many >= LARGE;
      if (!large) {
        var words = desk.words("You can start by yourself, on our web site. Welcome!");
        return List.of(new Action.Speak(words, ""), new Action.Close("small-team"));
      }
      if (notYetOffered(briefing)) return List.of(new Action.TransferToHuman("large-team"));
      var words = desk.words("Nobody is free right now. We have noted that you would like to talk.");
      return List.of(new Action.Speak(words, ""), new Action.Escalate("large-team"));
    }

    private static List<Action> asking(Briefing briefing, Desk desk) {
      var proposals = new ArrayList<Action>();
      if (!briefing.disclosed().contains("ai")) {
        proposals.add(new Action.Disclose("ai", new Words.Line("disclosure-ai")));
      }
      // Its topic says what a bare number is an answer to.
      proposals.add(new Action.Speak(desk.words("How many people will work with it?"), "seats"));
      return proposals;
    }

    /// What was refused, or failed, is told with the next ask.
    private static boolean notYetOffered(Briefing briefing) {
      return briefing.prompts().stream()
          .noneMatch(prompt ->
              switch (prompt) {
                case Prompt.Refused refused -> refused.kind().equals("transfer-to-human");
                case Prompt.Settled settled -> settled.kind().equals("transfer-to-human");
                default -> false;
              });
    }

    @Override
    public Reply consider(Offer offer) {
      return offer.to().equals(role) ? Reply.YES : Reply.no("not-my-role");
    }
  }
}
