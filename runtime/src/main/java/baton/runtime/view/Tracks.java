package baton.runtime.view;

import baton.handoff.Circumstances.Control;
import baton.handoff.Command.Leave.How;
import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.runtime.view.Track.Bar;
import baton.runtime.view.Track.Cut;
import baton.runtime.view.Track.Dot;
import baton.runtime.view.Track.Gap;
import baton.runtime.view.Track.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Draws a journal's hand-off track. A fold: the first part of a journal gives the first part of
/// the track, but for what became of its permits.
public final class Tracks {
  private final Knowledge knowledge = new Knowledge();
  private final Set<String> taken;
  private final Set<String> lanes = new LinkedHashSet<>(List.of("booking", "transfer", "closing"));
  private final List<Span> spans = new ArrayList<>();
  private final Map<Long, Event.Proposed> proposals = new HashMap<>();

  /// Where each permit's dot is, by the permit's id, as long as that is not decided.
  private final Map<String, Long> live = new HashMap<>();

  private List<Dot> dots = new ArrayList<>();
  private List<String> knows = List.of();
  private Optional<Control> paused = Optional.empty();
  private Optional<Open> open = Optional.empty();
  private int voided;

  /// Number of the event with which the buyer went away last.
  private long left;

  /// The span that is being drawn: whose lane, or nobody's.
  private record Open(
      long from,
      long epoch,
      Instant since,
      Optional<String> lane,
      String operator,
      boolean fresh,
      List<String> knows,
      String offered,
      String failed,
      boolean over) {}

  private Tracks(Set<String> taken) {
    this.taken = taken;
  }

  /// @param taken permits that are claimed and not settled
  public static Track of(List<Entry> entries, Set<String> taken) {
    var tracks = new Tracks(taken);
    Entry last = null;
    for (var happened : Happened.in(entries)) {
      if (happened.entry() != last) tracks.control(happened);
      last = happened.entry();
      tracks.next(happened);
    }
    return tracks.drawn();
  }

  private Track drawn() {
    open.ifPresent(span -> spans.add(span(span, Optional.empty())));
    lanes.add(Role.HUMAN.name());
    return new Track(List.copyOf(lanes), spans);
  }

  /// A pause is no event of the conversation: its steps say under which control they were decided.
  private void control(Happened happened) {
    var control = happened.entry().now().control();
    if (control.running() == paused.isEmpty()) return;
    paused = control.running() ? Optional.empty() : Optional.of(control);
    within(happened, control.running() ? "Resumed" : paused(control.scope()));
  }

  private static String paused(String scope) {
    return scope.startsWith("conversation:") ? "Paused" : "Paused: " + scope.replace(':', ' ');
  }

  private void next(Happened happened) {
    if (happened.event() instanceof Event.MovesAuthority) voided += voidAll();
    switch (happened.event()) {
      case Event.Opened(_, _, var buyer) -> knowledge.livesIn(buyer.zone());
      case Event.Proposed proposed -> proposals.put(happened.seq(), proposed);
      case Event.Decided decided -> permitted(decided);
      case Event.Settled(var permit, _, _, _, _, var outcome) -> settled(happened, permit, outcome);
      case Event.Lapsed(var permit, _, var reason) -> lapsed(happened, permit, reason);
      case Event.Observed(var facts) -> knowledge.learn(facts);
      case Event.ConsentChanged(var purpose, var consent) -> {
        knowledge.learn(purpose, consent);
        withinWhereVoid(happened, "Consent to " + Explanation.plain(purpose) + " changed");
      }
      case Event.PolicyMoved(var from, _) when !from.isEmpty() ->
          within(happened, "Policy changed");
      case Event.OptedOut _ -> within(happened, "Buyer opted out");
      case Event.ContactEnded(var reason) when How.of(reason).isPresent() -> left = happened.seq();
      case Event.Superseded(var cause) ->
          withinWhereVoid(happened, cause == left ? "Buyer left" : "Buyer spoke");
      case Event.ApprovalVoided(_, var cause) ->
          withinWhereVoid(happened, "Approval void: " + Explanation.plain(cause));
      case Event.Revoked revoked -> revoked(happened, revoked);
      case Event.HandOffFailed(_, _, var reason) -> failed(reason);
      case Event.Granted granted -> granted(happened, granted);
      case Event.Released(_, var epoch, var reason) ->
          nobody(happened, epoch, "", released(reason), false);
      case Event.Closed(var reason) ->
          nobody(
              happened,
              open.map(Open::epoch).orElse(0L) + 1,
              "",
              "Closed: " + Explanation.plain(reason),
              true);
      case Event _ -> {}
    }
  }

  // --- permits

  private void permitted(Event.Decided decided) {
    decided
        .permit()
        .ifPresent(permit -> {
          var proposed = proposals.get(decided.proposal());
          String what = proposed == null ? permit.kind() : Explanation.what(proposed.action());
          live.put(permit.id(), permit.seq());
          boolean claimed = taken.contains(permit.id());
          dots.add(new Dot(permit.seq(), what, claimed ? Dot.State.USED : Dot.State.LIVE));
        });
  }

  private void settled(Happened happened, String permit, Outcome outcome) {
    boolean never =
        outcome instanceof Outcome.Failed(var reason) && reason.equals(Outcome.Failed.NEVER_DONE);
    end(permit, never ? Dot.State.VOID : Dot.State.USED);
    if (never) within(happened, "Engine restarted");
  }

  private void lapsed(Happened happened, String permit, String reason) {
    if (end(permit, Dot.State.VOID) && reason.equals("interrupted")) {
      voided++;
      within(happened, "Engine restarted");
    }
  }

  /// Decides what became of a permit. It may lie behind a cut: what was used before it, was used.
  ///
  /// @return whether that was not known before
  private boolean end(String permit, Dot.State state) {
    Long seq = live.get(permit);
    if (seq == null) return false;
    if (state == Dot.State.USED) live.remove(permit);
    boolean changed = mark(dots, seq, state);
    for (int i = spans.size() - 1; i >= 0 && !changed; i--) {
      var marked = new ArrayList<>(permits(spans.get(i)));
      boolean wasVoid =
          marked.stream().anyMatch(dot -> dot.seq() == seq && dot.state() == Dot.State.VOID);
      changed = mark(marked, seq, state);
      if (!changed) continue;
      var span = with(spans.get(i), marked);
      // Voided and yet used: it had been claimed before the cut.
      int voids = state == Dot.State.VOID ? 1 : wasVoid ? -1 : 0;
      spans.set(i, ended(span, span.end().orElseThrow().voiding(voids)));
    }
    return changed;
  }

  private static boolean mark(List<Dot> dots, long seq, Dot.State state) {
    for (int i = 0; i < dots.size(); i++) {
      var dot = dots.get(i);
      if (dot.seq() == seq && dot.state() != state) {
        dots.set(i, new Dot(seq, dot.what(), state));
        return true;
      }
    }
    return false;
  }

  private int voidAll() {
    int count = 0;
    for (int i = 0; i < dots.size(); i++) {
      var dot = dots.get(i);
      if (dot.state() != Dot.State.LIVE) continue;
      dots.set(i, new Dot(dot.seq(), dot.what(), Dot.State.VOID));
      count++;
    }
    return count;
  }

  // --- the lease

  private void revoked(Happened happened, Event.Revoked revoked) {
    String cause =
        switch (revoked.cause()) {
          case "proposed" -> "Offered to " + name(revoked.to());
          case "take-over" -> "Taken over";
          case "hand-back" -> "Handed back";
          default -> Explanation.sentence(revoked.cause());
        };
    knows = knowledge.crossing(revoked.contract());
    nobody(happened, revoked.epoch(), revoked.to().name(), cause, false);
  }

  private void failed(String reason) {
    open =
        open.map(span ->
            new Open(
                span.from,
                span.epoch,
                span.since,
                span.lane,
                "",
                span.fresh,
                List.of(),
                span.offered,
                Explanation.plain(reason),
                span.over));
  }

  private void granted(Happened happened, Event.Granted granted) {
    String lane = granted.role().name();
    if (!granted.role().equals(Role.HUMAN)) lanes.add(lane);
    boolean refused = open.filter(span -> !span.failed.isEmpty()).isPresent();
    cut(happened, refused ? "Returned to " + name(granted.role()) : "", true);
    begin(
        new Open(
            happened.seq(),
            granted.epoch(),
            happened.at(),
            Optional.of(lane),
            granted.operator(),
            true,
            knows,
            "",
            "",
            false));
    knows = List.of();
  }

  private void nobody(Happened happened, long epoch, String offered, String cause, boolean over) {
    boolean begun = open.isPresent();
    if (begun) cut(happened, cause, true);
    begin(
        new Open(
            happened.seq(),
            epoch,
            happened.at(),
            Optional.empty(),
            "",
            true,
            List.of(),
            offered,
            "",
            over));
  }

  private static String released(String reason) {
    return reason.equals("opted-out") ? "Buyer opted out" : Explanation.sentence(reason);
  }

  static String name(Role role) {
    return role.equals(Role.HUMAN) ? "a person" : Explanation.who(role);
  }

  // --- cuts

  private void withinWhereVoid(Happened happened, String cause) {
    if (voided > 0) within(happened, cause);
  }

  /// A cut that leaves the lease where it is.
  private void within(Happened happened, String cause) {
    if (open.isEmpty()) return;
    var was = open.get();
    cut(happened, cause, false);
    begin(
        new Open(
            happened.seq(),
            was.epoch,
            happened.at(),
            was.lane,
            was.operator,
            false,
            List.of(),
            was.offered,
            was.failed,
            was.over));
  }

  private void cut(Happened happened, String cause, boolean lease) {
    if (open.isEmpty()) return;
    var cut = new Cut(happened.seq(), happened.at(), cause, voided, lease);
    voided = 0;
    boolean nothingSince = !spans.isEmpty() && !open.get().fresh && dots.isEmpty();
    if (nothingSince && sameStep(spans.getLast(), happened)) {
      var before = spans.removeLast();
      var earlier = before.end().orElseThrow();
      spans.add(ended(before, lease ? earlier.voiding(cut.voids()).ofLease() : earlier));
    } else {
      spans.add(span(open.get(), Optional.of(cut)));
    }
    dots = new ArrayList<>();
  }

  /// Two cuts of one step are one cut, and the first names the cause.
  private static boolean sameStep(Span before, Happened happened) {
    return before.end().filter(cut -> cut.seq() >= happened.entry().first()).isPresent();
  }

  private void begin(Open next) {
    open = Optional.of(next);
  }

  private Span span(Open span, Optional<Cut> end) {
    return span.lane
        .<Span>map(lane ->
            new Bar(
                span.from,
                span.epoch,
                span.since,
                lane,
                span.operator,
                span.fresh,
                span.knows,
                dots,
                end))
        .orElseGet(() ->
            new Gap(
                span.from,
                span.epoch,
                span.since,
                span.offered,
                span.failed,
                span.over,
                dots,
                end));
  }

  private static List<Dot> permits(Span span) {
    return switch (span) {
      case Bar bar -> bar.permits();
      case Gap gap -> gap.permits();
    };
  }

  private static Span with(Span span, List<Dot> permits) {
    return switch (span) {
      case Bar b ->
          new Bar(
              b.from(),
              b.epoch(),
              b.since(),
              b.lane(),
              b.operator(),
              b.fresh(),
              b.knows(),
              permits,
              b.end());
      case Gap g ->
          new Gap(
              g.from(), g.epoch(), g.since(), g.offered(), g.failed(), g.over(), permits, g.end());
    };
  }

  private static Span ended(Span span, Cut cut) {
    return switch (span) {
      case Bar b ->
          new Bar(
              b.from(),
              b.epoch(),
              b.since(),
              b.lane(),
              b.operator(),
              b.fresh(),
              b.knows(),
              b.permits(),
              Optional.of(cut));
      case Gap g ->
          new Gap(
              g.from(),
              g.epoch(),
              g.since(),
              g.offered(),
              g.failed(),
              g.over(),
              g.permits(),
              Optional.of(cut));
    };
  }
}
