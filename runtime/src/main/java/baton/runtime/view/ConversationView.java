package baton.runtime.view;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A conversation as its journal tells it.
///
/// @param status `open`, `passing`, `with-human`, `paused` or `closed`
/// @param holder a role, `human`, or null
public record ConversationView(
    String id,
    String campaign,
    String channel,
    String status,
    String holder,
    long epoch,
    Map<String, FactView> facts,
    Map<String, ConsentView> consents,
    List<Transcript.Line> transcript,
    List<Permits.Shown> permits,
    List<Approvals.Shown> approvals) {

  /// @param confidence 0 to 1
  public record FactView(
      Object value,
      String source,
      long evidence,
      double confidence,
      Instant at,
      Instant freshUntil) {}

  public record ConsentView(String state, Instant at, long evidence) {}

  /// The view for a reader, or empty where the conversation was never opened.
  ///
  /// @param taken permits that are claimed and not settled
  public static Optional<ConversationView> of(
      ConversationId id, List<Entry> entries, Sight sight, Set<String> taken) {
    State state = Conversation.blank(id);
    for (var entry : entries) state = Conversation.evolve(state, entry);
    return switch (state) {
      case State.Blank _ -> Optional.empty();
      case State.Live live -> Optional.of(view(live, false, entries, sight, taken));
      case State.Closed(var last, _) -> Optional.of(view(last, true, entries, sight, taken));
    };
  }

  /// The same while the engine may not act here.
  public ConversationView whilePaused() {
    if (status.equals("closed")) return this;
    return new ConversationView(
        id,
        campaign,
        channel,
        "paused",
        holder,
        epoch,
        facts,
        consents,
        transcript,
        permits,
        approvals);
  }

  private static ConversationView view(
      State.Live live, boolean closed, List<Entry> entries, Sight sight, Set<String> taken) {
    boolean operator = sight.reader() == Sight.Reader.OPERATOR;
    var happened = Happened.in(entries);
    return new ConversationView(
        live.id().id(),
        live.opening().campaign(),
        live.opening().channel(),
        closed ? "closed" : status(live.lease()),
        closed ? null : holder(live.lease()),
        live.lease().epoch(),
        facts(live.known().facts(), sight),
        consents(live.known().consents()),
        Transcript.of(happened, sight),
        operator ? Permits.of(happened, taken) : List.of(),
        operator ? Approvals.of(live.id(), entries, sight) : List.of());
  }

  private static String status(Lease lease) {
    return switch (lease) {
      case Lease.Held _, Lease.Nobody _ -> "open";
      case Lease.Passing _ -> "passing";
      case Lease.WithHuman _ -> "with-human";
    };
  }

  private static String holder(Lease lease) {
    return switch (lease) {
      case Lease.Held(var role, _) -> role.name();
      case Lease.Passing _, Lease.Nobody _ -> null;
      case Lease.WithHuman _ -> Role.HUMAN.name();
    };
  }

  /// A buyer sees what was learnt from the buyer or from a tool, not what our side noted.
  static Map<String, FactView> facts(Map<String, Fact> facts, Sight sight) {
    var shown = new Shown(sight);
    var visible = new TreeMap<String, FactView>();
    facts.forEach((name, fact) -> {
      boolean ours =
          switch (fact.source()) {
            case BUYER, TOOL -> false;
            case OPERATOR, AGENT -> true;
          };
      if (ours && sight.reader() == Sight.Reader.BUYER) return;
      visible.put(
          name,
          new FactView(
              shown.fact(fact.value()),
              Shown.kebab(fact.source().name()),
              fact.evidence(),
              Shown.fraction(fact.confidence()),
              fact.at(),
              fact.freshUntil()));
    });
    return visible;
  }

  static Map<String, ConsentView> consents(Map<String, Consent> consents) {
    var shown = new TreeMap<String, ConsentView>();
    consents.forEach((purpose, consent) ->
        shown.put(
            purpose,
            new ConsentView(
                Shown.kebab(consent.state().name()), consent.at(), consent.evidence())));
    return shown;
  }
}
