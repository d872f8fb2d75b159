package baton.runtime.outreach;

import baton.handoff.State;
import baton.handoff.action.Action;

/// How far a lead has come, read from its conversation.
///
/// @param reason why it ended where it did, empty while it goes on
/// @param invitations how many were sent
record Progress(Lead.State state, String reason, int invitations) {
  static Progress of(State conversation) {
    return switch (conversation) {
      case State.Blank _ -> new Progress(Lead.State.OPENING, "", 0);
      case State.Live live -> {
        if (live.known().optedOut()) yield optedOut(live);
        var state =
            !live.known().contacts().isEmpty()
                ? Lead.State.ARRIVED
                : invitations(live) > 0 ? Lead.State.INVITED : Lead.State.OPENED;
        yield new Progress(state, "", invitations(live));
      }
      case State.Closed(var last, var reason) -> {
        if (last.known().optedOut()) yield optedOut(last);
        boolean reached =
            invitations(last) > 0 || mayHaveALetter(last) || !last.known().contacts().isEmpty();
        yield new Progress(
            reached ? Lead.State.DONE : Lead.State.REFUSED, reason, invitations(last));
      }
    };
  }

  private static Progress optedOut(State.Live live) {
    return new Progress(Lead.State.OPTED_OUT, "said-so", invitations(live));
  }

  private static boolean mayHaveALetter(State.Live live) {
    return live.work().flights().values().stream()
        .filter(flight -> flight.stage() == State.Flight.Stage.UNKNOWN)
        .anyMatch(flight -> flight.proposal().action() instanceof Action.InitiateContact);
  }

  private static int invitations(State.Live live) {
    return (int) live.counted().of("kind:initiate-contact");
  }
}
