package baton.handoff;

import baton.handoff.Decision.Nothing;
import baton.handoff.Decision.Refusal;
import baton.handoff.Decision.Rejected;
import baton.handoff.State.Blank;
import baton.handoff.State.Closed;
import baton.handoff.State.Live;
import baton.handoff.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One buyer's journey: at most one holder of the lease, and nothing happens that was not decided
/// here. Pure and total: every command has an answer in every state.
public final class Conversation {
  /// Version of the rules in this module. A change of what is decided raises it, and old journals
  /// are still decided by the rules that their entries name.
  public static final int KERNEL = 2;

  private Conversation() {}

  public static State blank(ConversationId id) {
    return new Blank(id);
  }

  public static State evolve(State state, Event event, Instant at) {
    return Evolution.apply(state, event, at);
  }

  public static State evolve(State state, Entry entry) {
    for (var event : entry.events()) state = Evolution.apply(state, event, entry.now().at());
    return state;
  }

  public static List<Call> outbox(State state) {
    return Outbox.of(state);
  }

  /// When the next deadline falls, of a conversation that has one.
  public static Optional<Instant> dueAt(State state) {
    return state instanceof Live live ? Outbox.dueAt(live) : Optional.empty();
  }

  /// @param policy the campaign's active policy, whose hash `now` names
  public static Decision decide(State state, Command command, Circumstances now, Policy policy) {
    return decide(state, command, new Draft(state, now, policy));
  }

  static Decision decide(State state, Command command, Draft draft) {
    return switch (state) {
      case Blank _ -> blank(command, draft);
      case Live live -> live(live, command, draft);
      case Closed closed -> closed(closed, command, draft);
    };
  }

  private static Decision blank(Command command, Draft draft) {
    return switch (command) {
      case Command.Open open -> FromBuyer.open(draft, open);
      case Command.Arrive _,
          Command.Leave _,
          Command.Hear _,
          Command.Say _,
          Command.Answer _,
          Command.Reply _,
          Command.Unclaimed _,
          Command.Settle _,
          Command.TakeOver _,
          Command.HandBack _,
          Command.End _,
          Command.Resolve _,
          Command.Attest _,
          Command.Wake _ ->
          new Rejected(Refusal.UNKNOWN, "there is no such conversation");
    };
  }

  private static Decision live(Live live, Command command, Draft draft) {
    return switch (command) {
      case Command.Open open -> FromBuyer.openedAgain(live, open);
      case Command.Arrive(var channel) -> Presence.arrive(draft, channel);
      case Command.Leave(var how) -> Presence.leave(draft, how);
      case Command.Hear hear -> FromBuyer.hear(draft, live, hear);
      case Command.Say say -> FromPeople.say(draft, live, say);
      case Command.Answer answer -> FromAgents.answer(draft, live, answer);
      case Command.Reply reply -> FromAgents.reply(draft, live, reply);
      case Command.Unclaimed unclaimed -> FromEffects.unclaimed(draft, live, unclaimed);
      case Command.Settle settle -> FromEffects.settle(draft, live, settle);
      case Command.TakeOver(var operator) -> FromPeople.takeOver(draft, live, operator);
      case Command.HandBack(var operator) -> FromPeople.handBack(draft, live, operator);
      case Command.End(_, var reason) -> FromPeople.end(draft, reason);
      case Command.Resolve resolve -> FromPeople.resolve(draft, live, resolve);
      case Command.Attest attest -> FromEffects.attest(draft, live, attest);
      case Command.Wake _ -> {
        Course.due(draft);
        yield Course.proceed(draft, true);
      }
    };
  }

  /// After the end only what was in flight can still be concluded.
  private static Decision closed(Closed closed, Command command, Draft draft) {
    return switch (command) {
      case Command.Settle settle -> FromEffects.settle(draft, closed.last(), settle);
      case Command.Attest attest -> FromEffects.attest(draft, closed.last(), attest);
      case Command.Unclaimed unclaimed -> FromEffects.unclaimed(draft, closed.last(), unclaimed);
      case Command.Open open -> FromBuyer.openedAgain(closed.last(), open);
      case Command.Hear hear -> FromBuyer.repeated(closed.last(), hear.message(), hear.body());
      case Command.Say say -> FromBuyer.repeated(closed.last(), say.message(), say.body());
      case Command.Arrive _,
          Command.Leave _,
          Command.Answer _,
          Command.Reply _,
          Command.Wake _,
          Command.End _ ->
          new Nothing();
      case Command.TakeOver _, Command.HandBack _, Command.Resolve _ -> over();
    };
  }

  static Rejected over() {
    return new Rejected(Refusal.CLOSED, "the conversation is closed; open a new one");
  }
}
