package baton.runtime.view;

import baton.handoff.Call;
import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State;
import java.util.List;

/// What goes on in a conversation right now, as far as its buyer may know.
///
/// @param busy whether an answer is being thought of or said
/// @param checking whether something waits for a colleague's word
/// @param question topic of the question that was put last, or empty
public record Moment(
    Presence presence,
    boolean busy,
    boolean checking,
    boolean waitsForPerson,
    boolean optedOut,
    String question) {

  /// Whether somebody is there to hear what is said.
  public enum Presence {
    NOT_YET,
    HERE,
    GONE
  }

  /// The entries begin with the journal's first. A conversation that is over has nothing going on.
  public static Moment of(ConversationId id, List<Entry> entries) {
    State state = Conversation.blank(id);
    for (var entry : entries) state = Conversation.evolve(state, entry);
    return switch (state) {
      case State.Blank _ -> new Moment(Presence.NOT_YET, false, false, false, false, "");
      case State.Live live -> of(live);
      case State.Closed(var last, _) ->
          new Moment(Presence.HERE, false, false, false, last.known().optedOut(), "");
    };
  }

  private static Moment of(State.Live live) {
    boolean checking = !live.work().approvals().isEmpty();
    boolean toPerson =
        live.lease() instanceof Lease.Passing passing && passing.to().equals(Role.HUMAN);
    return new Moment(
        presence(live),
        !checking && isBusy(live),
        checking,
        toPerson,
        live.known().optedOut(),
        live.known().question());
  }

  private static Presence presence(State.Live live) {
    if (live.known().contact().isPresent()) return Presence.HERE;
    return live.known().gone().isPresent() ? Presence.GONE : Presence.NOT_YET;
  }

  private static boolean isBusy(State.Live live) {
    return !live.work().queue().isEmpty()
        || Conversation.outbox(live).stream()
            .anyMatch(call ->
                switch (call) {
                  case Call.Ask _, Call.Offer _, Call.Perform _ -> true;
                  case Call.Conclude _, Call.LookUp _, Call.WakeAt _ -> false;
                });
  }
}
