package baton.handoff;

import baton.handoff.Command.Leave.How;
import baton.handoff.Decision.Nothing;
import baton.handoff.Decision.Refusal;
import baton.handoff.Decision.Rejected;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import java.util.TreeMap;

/// What becomes of a conversation as its buyer comes and goes.
final class Presence {
  /// Contacts in one conversation that a channel may begin; the buyer's words may begin more.
  static final int CONTACTS_MAX = 100;

  /// Where a buyer's words come from who was never known to be there.
  private static final String CHAT = "chat";

  private Presence() {}

  static Decision arrive(Draft draft, String channel) {
    if (draft.live().known().contact().isPresent()) return new Nothing();
    if (!draft.policy().channels().contains(channel)) {
      return new Rejected(Refusal.INVALID, "this campaign does not use that channel");
    }
    if (draft.live().known().contacts().size() >= CONTACTS_MAX) {
      return new Rejected(
          Refusal.CONFLICT, "this conversation has had as many contacts as one may have");
    }
    begin(draft, channel);
    return Course.proceed(draft, false);
  }

  /// What was on its way to somebody who was not there is not needed any more.
  static void begin(Draft draft, String channel) {
    draft.add(new Event.ContactBegan(channel));
    supersede(draft, draft.live().seq());
  }

  /// The contact is over, the conversation is not: whoever holds it waits.
  static Decision leave(Draft draft, How how) {
    var contact = draft.live().known().contact();
    if (contact.isEmpty()) return new Nothing();
    long left = draft.add(new Event.ContactEnded(how.word()));
    supersede(draft, left);
    if (how == How.VOICEMAIL) takeBack(draft, contact.get());
    if (draft.live().lease() instanceof Lease.Held) Reaching.waitAfter(draft, contact.get());
    return Course.proceed(draft, false);
  }

  /// A machine answered, and what it said is nobody's word: no consent, and no fact to act on. A
  /// wish to be left alone stays.
  private static void takeBack(Draft draft, State.Contact contact) {
    draft.voidApprovals(How.VOICEMAIL.word());
    var known = draft.live().known();
    known
        .consents()
        .forEach((purpose, consent) -> {
          if (consent.state() != Consent.State.GRANTED || consent.at().isBefore(contact.from()))
            return;
          var unclear = new Consent(Consent.State.UNCLEAR, draft.at(), consent.evidence());
          draft.add(new Event.ConsentChanged(purpose, unclear));
        });
    var stale = new TreeMap<String, Fact>();
    known
        .facts()
        .forEach((name, fact) -> {
          boolean said = fact.source() == Fact.Source.BUYER && !fact.at().isBefore(contact.from());
          if (said && fact.freshAt(draft.at())) stale.put(name, fact.until(draft.at()));
        });
    draft.observe(stale);
  }

  static String whence(Live live) {
    var contacts = live.known().contacts();
    return contacts.isEmpty() ? CHAT : contacts.getLast().channel();
  }

  /// New words make worthless what was thought before them. To whoever has gone nothing is said,
  /// whoever was about to say it.
  static void supersede(Draft draft, long cause) {
    boolean held = draft.live().lease() instanceof Lease.Held;
    if (!held && draft.live().known().gone().isEmpty()) return;
    var work = draft.live().work();
    boolean open = work.flights().values().stream().anyMatch(f -> f.stage() == Flight.Stage.OPEN);
    boolean thought = held && (work.ask().isPresent() || !work.queue().isEmpty());
    if (open || thought) draft.add(new Event.Superseded(cause));
  }
}
