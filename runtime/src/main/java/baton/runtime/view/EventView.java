package baton.runtime.view;

import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.action.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One event as readers get it.
///
/// @param type the event's name in kebab-case
/// @param data for operators all of it; for a buyer what was said and who is speaking
public record EventView(long seq, Instant at, String type, Map<String, Object> data) {

  /// The events after number `after` that the reader may see, in order. The entries must begin with
  /// the journal's first.
  public static List<EventView> of(List<Entry> entries, long after, Sight sight) {
    var feed = new Feed(sight);
    return feed.next(entries).stream().filter(event -> event.seq > after).toList();
  }

  /// Turns entries into events as they come. It remembers what was proposed, so that it can show
  /// what was said once it is settled.
  public static final class Feed {
    private final Sight sight;
    private final Shown shown;
    private final Map<Long, Event.Proposed> proposals = new HashMap<>();
    private final Map<String, String> policies = new HashMap<>();

    public Feed(Sight sight) {
      this.sight = sight;
      this.shown = new Shown(sight);
    }

    public List<EventView> next(List<Entry> entries) {
      var events = new ArrayList<EventView>();
      for (var happened : Happened.in(entries)) {
        remember(happened);
        data(happened)
            .ifPresent(
                data ->
                    events.add(
                        new EventView(
                            happened.seq(),
                            happened.at(),
                            Shown.kebab(happened.event().getClass().getSimpleName()),
                            data)));
      }
      return events;
    }

    private void remember(Happened happened) {
      switch (happened.event()) {
        case Event.Proposed proposed -> proposals.put(happened.seq(), proposed);
        case Event.Decided decided ->
            decided.permit().ifPresent(permit -> policies.put(permit.id(), permit.policy()));
        case Event _ -> {}
      }
    }

    private Optional<Map<String, Object>> data(Happened happened) {
      return switch (sight.reader()) {
        case OPERATOR -> Optional.of(whole(happened));
        case BUYER -> reduced(happened);
      };
    }

    private Map<String, Object> whole(Happened happened) {
      var data = shown.members((Record) happened.event());
      switch (happened.event()) {
        case Event.Decided decided -> {
          data.put("findings", DecisionView.findings(decided.findings()));
          data.put("permit", decided.permit().map(permit -> permit.id()).orElse(null));
        }
        case Event.Settled settled ->
            spoken(settled)
                .ifPresent(
                    said -> {
                      data.put("by", said.role().name());
                      data.put("text", text(happened, settled, said));
                    });
        case Event _ -> {}
      }
      return data;
    }

    /// What a buyer sees: what was said, who speaks, and what became of the buyer's own choices.
    private Optional<Map<String, Object>> reduced(Happened happened) {
      return switch (happened.event()) {
        case Event.Opened opened ->
            data("campaign", opened.campaign(), "channel", opened.channel());
        case Event.ContactBegan(var channel) -> data("channel", channel);
        case Event.ContactEnded _ -> data();
        case Event.Heard heard ->
            data("message", heard.message(), "by", "buyer", "text", shown.value(heard.text()));
        case Event.ConsentChanged(var purpose, var consent) ->
            data("purpose", purpose, "state", shown.value(consent.state()));
        case Event.OptedOut _ -> data();
        case Event.Settled settled ->
            spoken(settled)
                .flatMap(
                    said ->
                        data(
                            "kind",
                            said.action().kind(),
                            "by",
                            said.role().name(),
                            "text",
                            text(happened, settled, said)));
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
            Event.Proposed _,
            Event.Decided _,
            Event.Lapsed _,
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

    /// The proposal whose words were voiced, if that is what was settled.
    private Optional<Event.Proposed> spoken(Event.Settled settled) {
      return Optional.ofNullable(proposals.get(settled.proposal()))
          .filter(proposed -> proposed.action() instanceof Action.Spoken)
          .filter(_ -> settled.outcome() instanceof Outcome.Confirmed);
    }

    private String text(Happened happened, Event.Settled settled, Event.Proposed said) {
      String policy = policies.getOrDefault(settled.permit(), happened.entry().now().policy());
      return sight.said(policy, ((Action.Spoken) said.action()).words());
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
