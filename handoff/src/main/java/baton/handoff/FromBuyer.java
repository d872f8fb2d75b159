package baton.handoff;

import baton.handoff.Decision.Nothing;
import baton.handoff.Decision.Refusal;
import baton.handoff.Decision.Rejected;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the buyer does: appears, and speaks.
final class FromBuyer {
  /// Messages in one conversation, over all its contacts.
  static final int MESSAGES_MAX = 1_000;

  /// The least confidence, in percent, at which a yes or no counts as said.
  private static final int SURE = 60;

  /// The least confidence at which a wish to be left alone is believed. It is low: a mistake this
  /// way costs a sale, a mistake the other way calls a person who said no.
  private static final int STOP = 40;

  /// Topic of the question whether the buyer wishes to be left alone.
  private static final String STOP_QUESTION = "stop";

  /// Signals that become facts of the same name.
  private static final Set<String> FACTS =
      Set.of(
          Signal.PRODUCT,
          Signal.SEATS,
          Signal.TIME,
          Signal.TIME_UNTIL,
          Signal.DAY_PART,
          Signal.TIME_ZONE,
          Signal.WISH,
          Signal.BUDGET,
          Signal.LANGUAGE,
          Signal.CHOICE,
          Signal.NAME,
          Signal.EMAIL,
          Signal.PHONE,
          Signal.ASK_DISCOUNT,
          Signal.WANT_HUMAN,
          Signal.OBJECTION);

  private FromBuyer() {}

  static Decision open(Draft draft, Command.Open open) {
    if (!draft.policy().channels().contains(open.channel())) {
      return new Rejected(Refusal.INVALID, "this campaign does not use that channel");
    }
    draft.add(new Event.Opened(open.campaign(), open.channel(), open.buyer()));
    draft.add(new Event.PolicyMoved("", draft.policy().hash()));
    if (!Reaching.isFirst(draft, open.channel())) {
      draft.add(new Event.ContactBegan(open.channel()));
    }
    draft.observe(given(draft, open.buyer()));
    draft.grant(draft.policy().start(), "");
    if (draft.now().standing().optedOut()) draft.optOut(0);
    return Course.proceed(draft, false);
  }

  /// How the buyer can be reached, as whoever opened the conversation said.
  private static TreeMap<String, Fact> given(Draft draft, Command.Buyer buyer) {
    var source = draft.policy().inbound() ? Fact.Source.BUYER : Fact.Source.OPERATOR;
    var facts = new TreeMap<String, Fact>();
    buyer
        .email()
        .ifPresent(email -> {
          var fact = draft.fact(Value.of(email), source, 100, Signal.EMAIL);
          facts.put(Signal.EMAIL, fact);
        });
    buyer
        .phone()
        .ifPresent(phone -> {
          var fact = draft.fact(Value.of(phone), source, 100, Signal.PHONE);
          facts.put(Signal.PHONE, fact);
        });
    return facts;
  }

  static Decision openedAgain(Live live, Command.Open open) {
    var opening = live.opening();
    boolean same =
        opening.campaign().equals(open.campaign())
            && opening.channel().equals(open.channel())
            && opening.buyer().body().equals(open.buyer().body());
    return same
        ? new Nothing()
        : new Rejected(Refusal.CONFLICT, "this conversation id was used before with another body");
  }

  static Decision hear(Draft draft, Live live, Command.Hear hear) {
    var before = live.counted().messages().get(hear.message());
    if (before != null) return before.equals(hear.body()) ? new Nothing() : otherBody();
    String answering = live.known().question();
    boolean stops = says(hear, Signal.OPT_OUT, STOP) || agreesToStop(hear, answering);
    // A first wish to be left alone is never too much.
    if (isFull(live) && (!stops || live.known().optedOut())) return full();
    if (live.known().contact().isEmpty()) Presence.begin(draft, Presence.whence(live));
    long heard =
        draft.add(
            new Event.Heard(
                hear.message(),
                hear.body(),
                hear.text(),
                hear.signals(),
                hear.confidence(),
                answering));
    if (stops) {
      draft.optOut(heard);
      return Course.proceed(draft, false);
    }
    var facts = facts(draft, hear, answering);
    withdraw(draft, hear, heard);
    draft.observe(facts);
    Presence.supersede(draft, heard);
    // Nobody holds the conversation: the buyer is at least told that a person will.
    if (draft.live().lease() instanceof Lease.Nobody && !isEnding(draft)) draft.say("human-soon");
    return Course.proceed(draft, false);
  }

  /// Asked whether we shall stop, who says yes, or hesitates, or says it in other words once more,
  /// has said it: only a no is a reason to go on.
  private static boolean agreesToStop(Command.Hear hear, String answering) {
    return answering.equals(STOP_QUESTION)
        && !says(hear, Signal.NO, 0)
        && (says(hear, Signal.YES, 0)
            || says(hear, Signal.VAGUE, 0)
            || says(hear, Signal.MAYBE_OPT_OUT, 0));
  }

  /// The engine is about to close the conversation.
  private static boolean isEnding(Draft draft) {
    return draft.live().work().queue().stream()
        .anyMatch(waiting -> waiting.action() instanceof Action.Close);
  }

  static boolean isFull(Live live) {
    return live.counted().messages().size() >= MESSAGES_MAX;
  }

  static Rejected full() {
    return new Rejected(Refusal.CONFLICT, "this conversation has as many messages as one may have");
  }

  private static boolean says(Command.Hear hear, String signal, int confidence) {
    return hear.signals().stream()
        .anyMatch(s -> s.name().equals(signal) && s.confidence() >= confidence);
  }

  private static void withdraw(Draft draft, Command.Hear hear, long heard) {
    for (var signal : hear.signals()) {
      if (!signal.name().equals(Signal.WITHDRAW_CONSENT) || signal.confidence() < STOP) continue;
      String named = signal.value().shown();
      var consents = draft.live().known().consents();
      var purposes = consents.containsKey(named) ? Set.of(named) : consents.keySet();
      for (var purpose : List.copyOf(purposes)) {
        var withdrawn = new Consent(Consent.State.WITHDRAWN, draft.at(), heard);
        draft.add(new Event.ConsentChanged(purpose, withdrawn));
      }
    }
  }

  /// What the buyer's words show, as sure as they were heard.
  private static TreeMap<String, Fact> facts(Draft draft, Command.Hear hear, String answering) {
    var facts = new TreeMap<String, Fact>();
    String counted = counted(draft, answering);
    for (var signal : hear.signals()) {
      String name = meant(signal, hear, counted);
      if (!FACTS.contains(name)) continue;
      int sure = Math.min(signal.confidence(), hear.confidence());
      var fact = draft.fact(signal.value(), Fact.Source.BUYER, sure, name);
      facts.merge(name, fact, (a, b) -> b.confidence() >= a.confidence() ? b : a);
    }
    if (!answering.isEmpty() && !answering.startsWith("consent.")) {
      plainAnswer(hear)
          .ifPresent(yes -> {
            String topic = "confirmed." + answering;
            var value = Value.of(yes ? "yes" : "no");
            facts.put(topic, draft.fact(value, Fact.Source.BUYER, hear.confidence(), topic));
          });
    }
    return facts;
  }

  /// What a bare number counts: what was asked for, and among those who haggle percent.
  private static String counted(Draft draft, String answering) {
    return switch (answering) {
      case "seats" -> Signal.SEATS;
      case "slots" -> Signal.CHOICE;
      case "commitment" ->
          draft.live().known().facts().containsKey(Signal.ASK_DISCOUNT) ? Signal.ASK_DISCOUNT : "";
      default -> "";
    };
  }

  /// The fact that a signal is about. A bare number counts nothing else than what it was asked for.
  private static String meant(Signal signal, Command.Hear hear, String counted) {
    if (counted.isEmpty() || !says(hear, Signal.NUMBER, 0)) return signal.name();
    return switch (signal.name()) {
      case Signal.NUMBER -> counted;
      case Signal.SEATS, Signal.CHOICE -> "";
      default -> signal.name();
    };
  }

  /// A yes or a no, if exactly one of them was said, and clearly.
  private static Optional<Boolean> plainAnswer(Command.Hear hear) {
    if (hear.confidence() < SURE || says(hear, Signal.VAGUE, 0)) return Optional.empty();
    boolean yes = says(hear, Signal.YES, SURE);
    boolean no = says(hear, Signal.NO, SURE);
    return yes == no ? Optional.empty() : Optional.of(yes);
  }

  /// @return nothing to do, where the same message was taken before
  static Decision repeated(Live live, String message, String body) {
    var before = live.counted().messages().get(message);
    if (before == null) return Conversation.over();
    return before.equals(body) ? new Nothing() : otherBody();
  }

  static Rejected otherBody() {
    return new Rejected(Refusal.CONFLICT, "this message id was used before with another body");
  }
}
