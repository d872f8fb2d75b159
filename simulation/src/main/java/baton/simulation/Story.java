package baton.simulation;

import baton.handoff.Command.Leave.How;
import baton.handoff.ConversationId;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.handoff.gate.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What happened in one conversation, told from its journal.
final class Story {
  private final World world;
  private final ConversationId id;
  private final Map<Long, Event.Proposed> proposals = new HashMap<>();
  private final List<Played.Timed> timeline = new ArrayList<>();
  private int read;
  private int told;

  Story(World world, ConversationId id) {
    this.world = world;
    this.id = id;
  }

  State state() {
    return world.state(id);
  }

  /// What has happened since the last time this was asked.
  List<Happening> since() {
    var all = timeline();
    var since = all.subList(told, all.size()).stream().map(Played.Timed::happening).toList();
    told = all.size();
    return since;
  }

  /// As a transcript.
  String all() {
    return timeline().stream()
        .map(each -> each.happening().line())
        .collect(Collectors.joining("\n"));
  }

  /// Who has the conversation now: a role, `human`, or `nobody`.
  String holder() {
    return switch (state()) {
      case State.Blank _, State.Closed _ -> "nobody";
      case State.Live live ->
          switch (live.lease()) {
            case Lease.Held(var held, _) -> held.name();
            case Lease.WithHuman _ -> "human";
            case Lease.Passing _, Lease.Nobody _ -> "nobody";
          };
    };
  }

  Optional<Value> fact(String name) {
    return known().map(known -> known.facts().get(name)).map(Fact::value);
  }

  Optional<State.Known> known() {
    return switch (state()) {
      case State.Live live -> Optional.of(live.known());
      case State.Closed(var last, _) -> Optional.of(last.known());
      case State.Blank _ -> Optional.empty();
    };
  }

  /// All of it, each with its virtual time.
  List<Played.Timed> timeline() {
    var entries = world.entries(id);
    for (var entry : entries.subList(read, entries.size())) {
      long seq = entry.first();
      for (var event : entry.events()) {
        if (event instanceof Event.Proposed proposed) proposals.put(seq, proposed);
        told(event, entry.now().policy())
            .ifPresent(happening -> timeline.add(new Played.Timed(entry.now().at(), happening)));
        seq++;
      }
    }
    read = entries.size();
    return List.copyOf(timeline);
  }

  private Optional<Happening> told(Event event, String policy) {
    return switch (event) {
      case Event.Heard heard ->
          Optional.of(new Happening.Heard(open(heard.text()), heard.confidence()));
      case Event.ContactEnded(var reason) -> How.of(reason).map(Happening.Left::new);
      case Event.Decided decided when decided.verdict() != Verdict.PERMIT ->
          Optional.of(stopped(decided, proposals.get(decided.proposal())));
      case Event.Settled settled ->
          Optional.of(settled(settled, proposals.get(settled.proposal()), policy));
      case Event.Granted(var role, _, _, var epoch) ->
          Optional.of(new Happening.Held(role.name(), epoch));
      case Event.Released(_, var epoch, _) -> Optional.of(new Happening.Held("nobody", epoch));
      case Event.ConsentChanged(var purpose, var consent) ->
          Optional.of(new Happening.Consented(purpose, lower(consent.state())));
      case Event.Escalated escalated -> Optional.of(new Happening.Escalated(escalated.reason()));
      case Event.ApprovalOpened(var approval) -> Optional.of(new Happening.Waits(approval.right()));
      case Event.OptedOut _ -> Optional.of(new Happening.OptedOut());
      case Event.Closed(var reason) -> Optional.of(new Happening.Closed(reason));
      case Event _ -> Optional.empty();
    };
  }

  private static Happening stopped(Event.Decided decided, Event.Proposed proposed) {
    return new Happening.Stopped(
        proposed.role().name(), proposed.action().kind(), decided.verdict(), decided.findings());
  }

  private Happening settled(Event.Settled settled, Event.Proposed proposed, String policy) {
    var role = proposed.role().name();
    boolean said =
        proposed.action() instanceof Action.Spoken
            && settled.outcome() instanceof Outcome.Confirmed;
    if (!said) return new Happening.Done(role, proposed.action().kind(), settled.outcome());
    var spoken = (Action.Spoken) proposed.action();
    var disclosure = spoken instanceof Action.Disclose disclose ? disclose.disclosure() : "";
    return new Happening.Said(role, text(spoken.words(), policy), disclosure);
  }

  private String text(Words words, String policy) {
    return switch (words) {
      case Words.Own(var text, _) -> open(text);
      case Words.Line(var name) ->
          world
              .policies()
              .byHash(World.TENANT, policy)
              .map(document -> document.policy().lines().get(name).text())
              .orElse("[" + name + "]");
    };
  }

  private String open(Sealed sealed) {
    return world.vault().open(World.TENANT, sealed).orElse("(erased)");
  }

  /// As people write it: an amount as `USD 300.00`.
  static String shown(Value value) {
    if (!(value instanceof Value.Amount(var money))) return value.shown();
    int decimals = Currency.getInstance(money.currency()).getDefaultFractionDigits();
    return money.currency() + " " + BigDecimal.valueOf(money.minor(), decimals).toPlainString();
  }

  static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
