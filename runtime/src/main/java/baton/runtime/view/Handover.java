package baton.runtime.view;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.runtime.view.ConversationView.ConsentView;
import baton.runtime.view.ConversationView.FactView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What an operator should know before taking a conversation that is on offer: a fold over its
/// journal, by no model.
///
/// @param from the role that had it
/// @param until when it goes back or on without a person
/// @param facts what the policy passes on, and who the buyer is
/// @param said the buyer's last words, or null
/// @param asked the last words in which the buyer asked for something, or null
/// @param minded what the buyer objected to, complained of or was angry about, the latest last
/// @param promised what was quoted, booked, ordered or promised, in order
/// @param open the question that is open, or null
public record Handover(
    String conversation,
    String campaign,
    String channel,
    String from,
    String reason,
    Instant since,
    Instant until,
    long epoch,
    Map<String, FactView> facts,
    Map<String, ConsentView> consents,
    Words said,
    Words asked,
    List<Minded> minded,
    List<Promises.Promise> promised,
    Question open) {

  /// Words of the buyer.
  ///
  /// @param text null where it has been erased
  public record Words(long seq, Instant at, String text) {}

  /// Something that went against the buyer.
  ///
  /// @param how `objection`, `complaint` or `anger`
  /// @param about what it was, such as `price`; empty where nobody could tell
  /// @param text null where it has been erased
  public record Minded(long seq, Instant at, String how, String about, String text) {}

  /// A question that nothing has answered.
  ///
  /// @param by who asked: a role, `human` or `buyer`
  /// @param about the topic, where we asked
  /// @param text null where it has been erased
  public record Question(long seq, Instant at, String by, String about, String text) {}

  private static final List<String> WHO =
      List.of("name", "company", "email", "phone", "language", "time-zone");
  private static final int MINDED_MAX = 5;
  private static final Set<String> AGAINST =
      Set.of(Signal.OBJECTION, Signal.COMPLAINT, Signal.ANGER);
  private static final Set<String> ASKING =
      Set.of(
          Signal.ASK_PRICE,
          Signal.ASK_PRODUCT,
          Signal.ASK_IDENTITY,
          Signal.ASK_DISCOUNT,
          Signal.WISH,
          Signal.RESCHEDULE,
          Signal.CANCEL,
          Signal.COMPLAINT,
          Signal.OBJECTION);

  /// Empty where the conversation is not on offer to people.
  public static Optional<Handover> of(ConversationId id, List<Entry> entries, Sight sight) {
    State state = Conversation.blank(id);
    for (var entry : entries) state = Conversation.evolve(state, entry);
    return state instanceof State.Live live
            && live.lease() instanceof Lease.Passing passing
            && passing.to().equals(Role.HUMAN)
        ? Optional.of(of(live, passing, Happened.in(entries), sight))
        : Optional.empty();
  }

  private static Handover of(
      State.Live live, Lease.Passing passing, List<Happened> all, Sight sight) {
    var revoked = last(all, Event.Revoked.class);
    return new Handover(
        live.id().id(),
        live.opening().campaign(),
        live.opening().channel(),
        passing.from().name(),
        reason(all, revoked),
        revoked.at(),
        passing.answerBy(),
        passing.epoch(),
        ConversationView.facts(worthKnowing(live.known().facts(), passing.contract()), sight),
        ConversationView.consents(live.known().consents()),
        words(all, Set.of(), sight),
        words(all, ASKING, sight),
        minded(all, sight),
        Promises.of(all),
        open(all, sight));
  }

  private static Happened last(List<Happened> all, Class<? extends Event> kind) {
    return all.reversed().stream()
        .filter(happened -> kind.isInstance(happened.event()))
        .findFirst()
        .orElseThrow();
  }

  /// The reason that was proposed in what led to the revocation, else the kernel's own word for it.
  private static String reason(List<Happened> all, Happened revoked) {
    var proposed = new HashMap<Long, Action>();
    String reason = ((Event.Revoked) revoked.event()).cause();
    for (var happened : all) {
      if (happened.seq() >= revoked.seq()) break;
      Action led =
          switch (happened.event()) {
            case Event.Proposed proposal -> {
              proposed.put(happened.seq(), proposal.action());
              yield null;
            }
            case Event.Decided decided when happened.entry() == revoked.entry() ->
                proposed.get(decided.proposal());
            case Event.Settled settled when happened.entry() == revoked.entry() ->
                proposed.get(settled.proposal());
            case Event _ -> null;
          };
      if (led instanceof Action.TransferToHuman(var why)) reason = why;
      if (led instanceof Action.RequestHandOff(_, var why)) reason = why;
    }
    return reason;
  }

  private static Map<String, Fact> worthKnowing(Map<String, Fact> facts, List<String> contract) {
    if (contract.isEmpty() || contract.contains("*")) return facts;
    var some = new TreeMap<>(facts);
    some.keySet().removeIf(name -> !WHO.contains(name) && !contract.contains(name));
    return some;
  }

  /// @param signals one of which the words have; none for any words
  private static Words words(List<Happened> all, Set<String> signals, Sight sight) {
    for (var happened : all.reversed()) {
      if (happened.event() instanceof Event.Heard heard
          && (signals.isEmpty()
              || heard.signals().stream().anyMatch(s -> signals.contains(s.name())))) {
        return new Words(
            happened.seq(), happened.at(), sight.open().apply(heard.text()).orElse(null));
      }
    }
    return null;
  }

  private static List<Minded> minded(List<Happened> all, Sight sight) {
    var minded = new ArrayList<Minded>();
    for (var happened : all) {
      if (!(happened.event() instanceof Event.Heard heard)) continue;
      heard.signals().stream()
          .filter(signal -> AGAINST.contains(signal.name()))
          .map(signal ->
              new Minded(
                  happened.seq(),
                  happened.at(),
                  signal.name(),
                  signal.name().equals(Signal.OBJECTION) ? signal.value().shown() : "",
                  sight.open().apply(heard.text()).orElse(null)))
          .distinct()
          .forEach(minded::add);
    }
    return minded.subList(Math.max(0, minded.size() - MINDED_MAX), minded.size());
  }

  /// What we asked last where nothing has answered it, else what the buyer said that nobody has
  /// answered.
  private static Question open(List<Happened> all, Sight sight) {
    var spoken = new Spoken(sight);
    Question ours = null;
    Question theirs = null;
    for (var happened : all) {
      var voiced = spoken.next(happened);
      if (voiced.isPresent()) {
        theirs = null;
        var said = voiced.get();
        if (!said.asks().isEmpty()) {
          ours = new Question(happened.seq(), happened.at(), said.by(), said.asks(), said.text());
        }
      }
      if (happened.event() instanceof Event.Heard heard) {
        String text = sight.open().apply(heard.text()).orElse(null);
        theirs = new Question(happened.seq(), happened.at(), "buyer", "", text);
      }
      if (ours != null && answers(happened.event(), ours.about())) ours = null;
    }
    return ours == null ? theirs : ours;
  }

  private static boolean answers(Event event, String topic) {
    return switch (event) {
      case Event.Observed(var facts) ->
          facts.containsKey("confirmed." + topic) || facts.containsKey(topic);
      case Event.ConsentChanged(var purpose, _) -> topic.equals("consent." + purpose);
      case Event _ -> false;
    };
  }
}
