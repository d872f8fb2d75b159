package baton.bench.load;

import baton.agents.Agent;
import baton.agents.Desk;
import baton.agents.Offer;
import baton.agents.Reply;
import baton.agents.Thought;
import baton.handoff.Prompt;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.agent.Briefing;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An agent that does not think: booking says four sentences and passes on, transfer says three and
/// passes on, closing says whatever is left.
final class QuickAgent implements Agent {
  /// Messages in one conversation.
  static final int STEPS = 12;

  private static final String SAID = "said";

  /// Whether this message, counted from 1, is answered by a hand-off.
  static boolean passesOn(int message) {
    return message == 5 || message == 9;
  }

  @Override
  public Thought think(Briefing briefing, SortedMap<String, String> notes, Desk desk) {
    boolean heard = briefing.prompts().stream().anyMatch(Prompt.Heard.class::isInstance);
    if (!heard) return new Thought(List.of(), notes);
    int said = Integer.parseInt(notes.getOrDefault(SAID, "0"));
    var role = briefing.role();
    if (role.equals(Role.BOOKING) && said == 4) return passOn(Role.TRANSFER, notes);
    if (role.equals(Role.TRANSFER) && said == 3) return passOn(Role.CLOSING, notes);
    var next = new TreeMap<>(notes);
    next.put(SAID, Integer.toString(said + 1));
    var words = desk.words("Thank you for telling me, that helps. What else should I know?");
    return new Thought(List.of(new Action.Speak(words, "")), next);
  }

  private static Thought passOn(Role to, SortedMap<String, String> notes) {
    return new Thought(List.of(new Action.RequestHandOff(to, "done here")), notes);
  }

  @Override
  public Reply consider(Offer offer) {
    return Reply.YES;
  }
}
