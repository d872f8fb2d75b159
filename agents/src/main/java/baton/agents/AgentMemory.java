package baton.agents;

import baton.handoff.Command;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.agent.AgentEvent;
import baton.handoff.agent.Briefing;
import baton.handoff.agent.Origin;
import baton.handoff.agent.Part;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the journal of one role's agent comes to.
///
/// @param head hash of the journal's last row
/// @param ask number of the last ask that was answered, 0 for none
/// @param part of the last answer, where it came in parts
/// @param epoch of the last offer that was replied to, 0 for none
/// @param notes private: no other agent and no decision ever reads them
/// @param before the notes with which the last answer was begun
public record AgentMemory(
    String head,
    long ask,
    List<Action> actions,
    Optional<Origin> origin,
    Optional<Part> part,
    long epoch,
    boolean accepted,
    String reason,
    SortedMap<String, String> notes,
    SortedMap<String, String> before) {
  public static AgentMemory blank(String head) {
    var none = new TreeMap<String, String>();
    return new AgentMemory(
        head, 0, List.of(), Optional.empty(), Optional.empty(), 0, false, "", none, none);
  }

  /// What an agent begins an answer with, or begins it anew with.
  public SortedMap<String, String> notesFor(Briefing briefing) {
    return briefing.part() > 0 ? before : notes;
  }

  /// @param hash of the row that the event is in
  public AgentMemory after(AgentEvent event, String hash) {
    return switch (event) {
      case AgentEvent.Answered(var ask, _, var actions, var after, var origin, var part) -> {
        boolean first = part.map(Part::number).orElse(0) == 0;
        yield new AgentMemory(
            hash,
            ask,
            actions,
            origin,
            part,
            epoch,
            accepted,
            reason,
            after,
            first ? notes : before);
      }
      case AgentEvent.Replied(var epoch, var accepts, var reason) ->
          new AgentMemory(hash, ask, actions, origin, part, epoch, accepts, reason, notes, before);
    };
  }

  /// The last answer, to whoever asks for it again.
  public Command.Answer answer(Role role, Briefing briefing) {
    return new Command.Answer(role, briefing.epoch(), briefing.ask(), actions, origin, part);
  }
}
