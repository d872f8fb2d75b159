package baton.persistence.audit;

import baton.handoff.Conversation;
import baton.handoff.ConversationId;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.policy.Policy;
import baton.persistence.codec.JournalCodec;
import baton.persistence.codec.Link;
import baton.persistence.codec.LinkSerializer;
import baton.persistence.codec.Unreadable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Decides the steps of one conversation again, each from its recorded command, its recorded
/// circumstances and the policy of that time, and compares what comes out byte for byte with what
/// is stored.
final class Replay {
  /// A policy that some step was decided under.
  sealed interface OfThatTime {
    record Found(Policy policy) implements OfThatTime {}

    /// @param why in words that follow "policy HASH"
    record Missing(String why) implements OfThatTime {}
  }

  private final ConversationId id;
  private final Function<String, OfThatTime> policies;
  private final Outcomes outcomes;
  private final ChainCheck chain = new ChainCheck();
  private State state;
  private long events;

  /// @param policies by hash, of the conversation's tenant
  Replay(ConversationId id, Function<String, OfThatTime> policies) {
    this.id = id;
    this.policies = policies;
    this.outcomes = new Outcomes(id);
    this.state = Conversation.blank(id);
  }

  /// What is wrong with the next row, if anything. Nothing may follow a row that is wrong.
  Optional<Difference> next(StoredRow stored) {
    String before = chain.head();
    var broken = chain.next(stored);
    return broken.isPresent() ? broken : decide(stored, before);
  }

  long events() {
    return events;
  }

  ChainCheck chain() {
    return chain;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  private Optional<Difference> decide(StoredRow stored, String previous) {
    boolean known =
        stored.serializer() == LinkSerializer.ID && LinkSerializer.ENTRY.equals(stored.manifest());
    if (!known) return Optional.of(Difference.atRow(stored, "it is not of the kind entry/1"));
    Link link;
    try {
      link = Link.read(stored.bytes());
    } catch (Unreadable damage) {
      return Optional.of(Difference.atRow(stored, damage.getMessage()));
    }
    var entry = link.entry();
    if (entry.first() != events + 1) {
      return Optional.of(
          Difference.atRow(stored, "event " + (events + 1) + " was expected: events are missing"));
    }
    int kernel = entry.now().versions().kernel();
    if (kernel != Conversation.KERNEL) {
      // Other rules may decide otherwise, and nothing was altered.
      String words = kernel > Conversation.KERNEL ? "a newer kernel" : "an older kernel";
      return Optional.of(
          Difference.atRow(
              stored, "it was decided by " + words + ": verify with a version that has it"));
    }
    var wrong = decideAgain(stored, previous, link);
    if (wrong.isPresent()) return wrong;
    state = Conversation.evolve(state, entry);
    events = entry.last();
    long seq = entry.first();
    for (var event : entry.events()) outcomes.take(seq++, event);
    return Optional.empty();
  }

  private Optional<Difference> decideAgain(StoredRow stored, String previous, Link link) {
    var entry = link.entry();
    return switch (policies.apply(entry.now().policy())) {
      case OfThatTime.Missing(var why) ->
          Optional.of(
              Difference.atEvent(
                  stored,
                  entry.first(),
                  "policy " + entry.now().policy() + ", under which it was decided, " + why));
      case OfThatTime.Found(var policy) -> compare(stored, previous, link, policy);
    };
  }

  private Optional<Difference> compare(
      StoredRow stored, String previous, Link link, Policy policy) {
    var entry = link.entry();
    return switch (Step.take(state, entry.command(), entry.now(), policy)) {
      case Step.Taken(var again, _, _, _) -> {
        if (Arrays.equals(Link.of(link.format(), previous, again).bytes(), stored.bytes())) {
          yield Optional.empty();
        }
        yield Optional.of(firstOther(stored, entry, again));
      }
      case Step.Unchanged _ ->
          Optional.of(
              Difference.atEvent(
                  stored, entry.first(), kind(entry) + ", decided again, changes nothing"));
      case Step.Rejected(var refusal, _) ->
          Optional.of(
              Difference.atEvent(
                  stored,
                  entry.first(),
                  kind(entry) + ", decided again, is refused: " + refusal.name().toLowerCase()));
    };
  }

  private static String kind(Entry entry) {
    return "the command `" + JournalCodec.type(entry.command()) + "`";
  }

  private static Difference firstOther(StoredRow stored, Entry entry, Entry again) {
    int shared = Math.min(entry.events().size(), again.events().size());
    for (int i = 0; i < shared; i++) {
      var recorded = entry.events().get(i);
      var derived = again.events().get(i);
      if (!recorded.equals(derived)) {
        return Difference.atEvent(stored, entry.first() + i, otherwise(recorded, derived));
      }
    }
    if (entry.events().size() > shared) {
      return Difference.atEvent(
          stored,
          entry.first() + shared,
          "`" + JournalCodec.type(entry.events().get(shared)) + "` was recorded and follows not");
    }
    if (again.events().size() > shared) {
      return Difference.atEvent(
          stored,
          entry.first() + shared,
          "`" + JournalCodec.type(again.events().get(shared)) + "` follows and was not recorded");
    }
    return Difference.atRow(stored, "its bytes are not those that such a step is written with");
  }

  private static String otherwise(Event recorded, Event derived) {
    String was = JournalCodec.type(recorded);
    String is = JournalCodec.type(derived);
    if (!was.equals(is)) {
      return "`" + was + "` is recorded; decided again it is `" + is + "`";
    }
    return "`"
        + was
        + "` is recorded with another "
        + JsonPath.firstOther(JournalCodec.data(recorded), JournalCodec.data(derived))
        + " than follows when it is decided again";
  }
}
