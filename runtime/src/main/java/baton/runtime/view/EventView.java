package baton.runtime.view;

import baton.handoff.Command.Leave.How;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One event as readers get it.
///
/// @param type the event's name in kebab-case
/// @param data for operators all of it; for a buyer what was said and who is speaking, and of all
///   else the number alone
public record EventView(long seq, Instant at, String type, Map<String, Object> data) {

  /// The type of an event that is not for the reader: its number stands, so that nobody takes it
  /// for lost.
  private static final String WITHHELD = "internal";

  /// The events after number `after` as the reader may see them, in order and without a gap. The
  /// entries must begin with the journal's first.
  public static List<EventView> of(List<Entry> entries, long after, Sight sight) {
    var feed = new Feed(sight);
    return feed.next(entries).stream().filter(event -> event.seq > after).toList();
  }

  /// Turns entries into events as they come. It remembers what was proposed, so that it can show
  /// what was said once it is settled.
  public static final class Feed {
    private final Sight sight;
    private final Shown shown;
    private final Spoken spoken;

    public Feed(Sight sight) {
      this.sight = sight;
      this.shown = new Shown(sight);
      this.spoken = new Spoken(sight);
    }

    public List<EventView> next(List<Entry> entries) {
      var events = new ArrayList<EventView>();
      for (var happened : Happened.in(entries)) {
        var data = data(happened, spoken.next(happened));
        events.add(
            new EventView(
                happened.seq(),
                happened.at(),
                data.isPresent() ? type(happened.event()) : WITHHELD,
                data.orElse(Map.of())));
      }
      return events;
    }

    private static String type(Event event) {
      return Shown.kebab(event.getClass().getSimpleName());
    }

    private Optional<Map<String, Object>> data(Happened happened, Optional<Spoken.Said> said) {
      return switch (sight.reader()) {
        case OPERATOR -> Optional.of(whole(happened.event(), said));
        case BUYER -> reduced(happened.event(), said);
      };
    }

    private Map<String, Object> whole(Event event, Optional<Spoken.Said> said) {
      var data = shown.members((Record) event);
      if (event instanceof Event.Decided decided) {
        data.put("findings", DecisionView.findings(decided.findings()));
        data.put("permit", decided.permit().map(Permit::id).orElse(null));
      }
      said.ifPresent(words -> {
        data.put("by", words.by());
        data.put("text", words.text());
      });
      return data;
    }

    /// What a buyer sees: what was said, who speaks, and what became of the buyer's own choices.
    private Optional<Map<String, Object>> reduced(Event event, Optional<Spoken.Said> said) {
      return switch (event) {
        case Event.Opened opened ->
            data("campaign", opened.campaign(), "channel", opened.channel());
        case Event.ContactBegan(var channel) -> data("channel", channel);
        case Event.ContactEnded(var reason) ->
            How.of(reason).isPresent() ? data("how", reason) : data();
        case Event.Heard heard ->
            data("message", heard.message(), "by", "buyer", "text", shown.value(heard.text()));
        case Event.ConsentChanged(var purpose, var consent) ->
            data("purpose", purpose, "state", shown.value(consent.state()));
        case Event.OptedOut _ -> data();
        case Event.Settled _ ->
            said.flatMap(
                words -> data("kind", words.kind(), "by", words.by(), "text", words.text()));
        case Event.Granted granted -> data("role", granted.role().name());
        case Event.Released _ -> data();
        case Event.Closed _ -> data();
        case Event.FollowUpScheduled(var at, var channel) ->
            data("at", at.toString(), "channel", channel);
        case Event.PolicyMoved _,
            Event.Observed _,
            Event.Superseded _,
            Event.Asked _,
            Event.Answered _,
            Event.Unanswered _,
            Event.Stale _,
            Event.RoundsSpent _,
            Event.Proposed _,
            Event.HumanSaid _,
            Event.Dropped _,
            Event.Decided _,
            Event.Lapsed _,
            Event.Attested _,
            Event.ApprovalOpened _,
            Event.ApprovalResolved _,
            Event.ApprovalExpired _,
            Event.ApprovalVoided _,
            Event.Revoked _,
            Event.HandOffFailed _,
            Event.BuyersTurn _,
            Event.SilenceFell _,
            Event.FollowUpDue _,
            Event.Escalated _ ->
            Optional.empty();
      };
    }

    private static Optional<Map<String, Object>> data(Object... namesAndValues) {
      var data = new LinkedHashMap<String, Object>();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        data.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
      return Optional.of(data);
    }
  }
}
