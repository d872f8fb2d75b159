package baton.simulation.check;

import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.simulation.history.Occurrence;
import baton.simulation.history.Occurrence.Operation.Say;
import baton.simulation.history.Occurrence.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A message that was acknowledged is in the journal exactly once, one that was refused is not in
/// it, and one of which nobody knows is in it at most once. Under one id there is one body.
final class NothingAcknowledgedIsLost implements Checker {
  private record Message(ConversationId conversation, String id) {}

  /// @param body the one that was acknowledged
  /// @param asked how often it was said, in this history
  /// @param undecided how many of these may have been taken
  private record Standing(Optional<String> body, int asked, int undecided, int journaled) {
    static final Standing NOTHING = new Standing(Optional.empty(), 0, 0, 0);
  }

  private final Map<Long, Say> said = new HashMap<>();
  private final Map<Message, Standing> messages = new HashMap<>();

  @Override
  public void see(Occurrence occurrence) {
    switch (occurrence) {
      case Occurrence.Invoked(_, var number, Say say) -> invoked(number, say);
      case Occurrence.Returned(_, var number, var result, _) ->
          Optional.ofNullable(said.remove(number)).ifPresent(say -> returned(say, result));
      case Occurrence.Journaled(var id, var entry, _, _) ->
          entry.events().forEach(event -> journaled(id, event));
      case Occurrence.Invoked _,
          Occurrence.Advanced _,
          Occurrence.Claimed _,
          Occurrence.Called _,
          Occurrence.Settled _,
          Occurrence.Killed _ -> {}
    }
  }

  @Override
  public void end() {
    messages.forEach((message, standing) -> {
      if (standing.body.isPresent()) {
        require(standing.journaled == 1, "%s was acknowledged and is lost", message);
      } else if (standing.asked > 0 && standing.undecided == 0) {
        require(standing.journaled == 0, "%s was refused and is in the journal", message);
      }
    });
  }

  private void invoked(long number, Say say) {
    said.put(number, say);
    var before = of(message(say));
    put(
        message(say),
        new Standing(before.body, before.asked + 1, before.undecided + 1, before.journaled));
  }

  private void returned(Say say, Result result) {
    var message = message(say);
    var before = of(message);
    switch (result) {
      case OK -> {
        require(
            before.body.orElse(say.body()).equals(say.body()),
            "%s was acknowledged with two bodies",
            message);
        put(
            message,
            new Standing(
                Optional.of(say.body()), before.asked, before.undecided - 1, before.journaled));
      }
      case FAIL ->
          put(
              message,
              new Standing(before.body, before.asked, before.undecided - 1, before.journaled));
      case UNKNOWN -> {}
    }
  }

  private void journaled(ConversationId id, Event event) {
    switch (event) {
      case Event.Heard heard -> journaled(new Message(id, heard.message()));
      case Event.HumanSaid human -> journaled(new Message(id, human.message()));
      case Event _ -> {}
    }
  }

  /// Also of messages whose sender is not in the history, as a link in a letter.
  private void journaled(Message message) {
    var before = of(message);
    require(before.journaled == 0, "%s is in the journal twice", message);
    put(message, new Standing(before.body, before.asked, before.undecided, 1));
  }

  private Standing of(Message message) {
    return messages.getOrDefault(message, Standing.NOTHING);
  }

  private void put(Message message, Standing standing) {
    messages.put(message, standing);
  }

  private static Message message(Say say) {
    return new Message(say.conversation(), say.message());
  }

  private static void require(boolean holds, String words, Message message) {
    Violation.require(
        holds,
        () ->
            "nothing acknowledged is lost: "
                + words.formatted("message " + message.id + " of " + message.conversation.key()));
  }
}
