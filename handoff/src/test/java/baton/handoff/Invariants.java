package baton.handoff;

import static baton.handoff.Invariant.require;

import baton.handoff.History.Moment;
import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Fact;
import baton.handoff.gate.Gate;
import baton.handoff.gate.Inquiry;
import baton.handoff.gate.NaiveGate;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The properties of the kernel, by their numbers in the list of invariants where they have one.
final class Invariants {
  static final List<Invariant> ALL =
      List.of(
          new Numbered(),
          new OneHolder(),
          new OnlyTheHolderProposes(),
          new Fenced(),
          new OneFlight(),
          new FailClosed(),
          new Tightening(),
          new LegalTransitions(),
          new Replay(),
          new ClaimsJoin(),
          new Segmentation(),
          new OptOut(),
          new EmptyRoom(),
          new ZeroInheritance());

  private Invariants() {}

  /// One event of a step, with the states around it.
  record Turn(State before, Event event, State after) {}

  static List<Turn> turns(Moment moment) {
    var turns = new java.util.ArrayList<Turn>();
    var state = moment.before();
    for (var event : moment.entry().map(Entry::events).orElse(List.of())) {
      var next = moment.kernel().evolve(state, event, moment.now().at());
      turns.add(new Turn(state, event, next));
      state = next;
    }
    return turns;
  }

  static Stream<Inquiry> decided(Moment moment, java.util.function.Predicate<Event.Decided> which) {
    return turns(moment).stream()
        .filter(turn -> turn.event() instanceof Event.Decided decided && which.test(decided))
        .map(turn -> inquiry(moment, (Live) turn.before(), (Event.Decided) turn.event()));
  }

  static Inquiry inquiry(Moment moment, Live live, Event.Decided decided) {
    var proposal =
        live.work().queue().stream()
            .filter(waiting -> waiting.seq() == decided.proposal())
            .findFirst()
            .orElseThrow(() -> new AssertionError("decided what does not wait"));
    var approval = Optional.ofNullable(live.work().approvals().get(proposal.approval()));
    return new Inquiry(moment.policy(), live, proposal, moment.now(), approval);
  }

  private static Lease lease(State state) {
    return switch (state) {
      case State.Blank _ -> new Lease.Nobody("blank", Role.ENGINE, -1);
      case Live live -> live.lease();
      case State.Closed(var last, _) -> last.lease();
    };
  }

  private static Optional<Live> live(State state) {
    return state instanceof Live live ? Optional.of(live) : Optional.empty();
  }

  /// 12 in part: the events of a conversation are numbered from 1 without a gap.
  static final class Numbered implements Invariant {
    @Override
    public void check(Moment moment) {
      long seq = moment.before().seq();
      for (var turn : turns(moment)) {
        require(turn.after().seq() == ++seq, "events are numbered without a gap");
      }
      require(moment.after().seq() == seq, "the state counts its events");
      moment.entry().ifPresent(e -> require(e.last() == moment.after().seq(), "so does the entry"));
    }
  }

  /// 2: at most one holder; every change raises the epoch, and a lease is revoked before it is
  /// given.
  static final class OneHolder implements Invariant {
    @Override
    public void check(Moment moment) {
      for (var turn : turns(moment)) {
        var old = lease(turn.before());
        var next = lease(turn.after());
        if (turn.event() instanceof Event.Granted) {
          boolean free = old instanceof Lease.Passing || old instanceof Lease.Nobody;
          require(free, "a lease is granted only where nobody holds it");
        }
        if (next instanceof Lease.WithHuman(var operator, _, _)) {
          require(!operator.isEmpty(), "a person who has the conversation has a name");
        }
        if (old.equals(next)) continue;
        require(next.epoch() > old.epoch(), "every change of the lease raises the epoch");
        require(turn.event() instanceof Event.MovesAuthority, "and moves authority");
      }
    }
  }

  /// 2: nothing is proposed in an agent's name but by the holder's answer to the ask that was open.
  static final class OnlyTheHolderProposes implements Invariant {
    @Override
    public void check(Moment moment) {
      for (var turn : turns(moment)) {
        if (!(turn.event() instanceof Event.Proposed proposed)) continue;
        if (!Evolution.isAgent(proposed.role())) continue;
        var before = (Live) moment.before();
        boolean asked =
            moment.command() instanceof Command.Answer answer
                && before.lease().equals(new Lease.Held(answer.role(), answer.epoch()))
                && before.work().ask().filter(ask -> ask.seq() == answer.ask()).isPresent()
                && proposed.role().equals(answer.role())
                && proposed.epoch() == answer.epoch();
        require(asked, "an agent proposes only as the holder that was asked");
      }
    }
  }

  /// 1 in part: a permit that may still be claimed is of this lease, this authority and this
  /// policy.
  static final class Fenced implements Invariant {
    @Override
    public void check(Moment moment) {
      var last =
          moment.after() instanceof State.Closed(var closed, _)
              ? Optional.of(closed)
              : live(moment.after());
      if (last.isEmpty()) return;
      for (var flight : last.get().work().flights().values()) {
        if (flight.stage() != Flight.Stage.OPEN) continue;
        var permit = flight.permit();
        require(permit.epoch() == last.get().lease().epoch(), "no open permit of an old epoch");
        require(permit.authority() == last.get().authority(), "nor of an older authority");
        require(permit.policy().equals(last.get().policy()), "nor of another policy");
      }
    }
  }

  /// One effect at a time: at most one permit whose outcome is not known to be unknown.
  static final class OneFlight implements Invariant {
    @Override
    public void check(Moment moment) {
      live(moment.after())
          .ifPresent(live -> {
            long flying =
                live.work().flights().values().stream()
                    .filter(flight -> flight.stage() != Flight.Stage.UNKNOWN)
                    .count();
            require(flying <= 1, "at most one permit is on its way");
          });
    }
  }

  /// 8: what is permitted was found permissible by every check, and by the naive gate too.
  static final class FailClosed implements Invariant {
    @Override
    public void check(Moment moment) {
      for (var turn : turns(moment)) {
        if (!(turn.event() instanceof Event.Decided decided)) continue;
        var answered = new HashSet<String>();
        var strictest = Verdict.PERMIT;
        for (var finding : decided.findings()) {
          answered.add(finding.check());
          strictest = strictest.or(finding.verdict());
        }
        require(answered.equals(Set.copyOf(Gate.CHECKS)), "every check has spoken");
        require(strictest == decided.verdict(), "the strictest finding wins");
        var inquiry = inquiry(moment, (Live) turn.before(), decided);
        var naive = NaiveGate.judge(inquiry).verdict();
        require(naive == decided.verdict(), "the naive gate says " + naive + ": " + decided);
        boolean outside = !(inquiry.proposal().action() instanceof Action.Inside);
        boolean owed = decided.verdict() == Verdict.PERMIT && outside;
        require(decided.permit().isPresent() == owed, "a permit is given where it is due");
      }
    }
  }

  /// 9: a stricter policy permits nothing of what was not permitted.
  static final class Tightening implements Invariant {
    @Override
    public void check(Moment moment) {
      var stricter = moment.tighter().get(moment.now().policy());
      decided(moment, decision -> decision.verdict() != Verdict.PERMIT)
          // A new duty to disclose brings the sentence with it.
          .filter(inquiry -> !(inquiry.proposal().action() instanceof Action.Disclose))
          .forEach(inquiry -> {
            var same =
                new Inquiry(
                    stricter,
                    inquiry.state(),
                    inquiry.proposal(),
                    inquiry.now(),
                    inquiry.approval());
            boolean permitted = Gate.judge(same).verdict() == Verdict.PERMIT;
            require(!permitted, "a stricter policy permits " + inquiry.proposal());
          });
    }
  }

  /// 10: an agent's hand-off is in the transition table, and its guard held on the facts of then.
  static final class LegalTransitions implements Invariant {
    @Override
    public void check(Moment moment) {
      for (var turn : turns(moment)) {
        if (!(turn.event() instanceof Event.Revoked revoked)) continue;
        switch (revoked.cause()) {
          case "take-over" -> require(moment.command() instanceof Command.TakeOver, "by a person");
          case "hand-back" -> require(moment.command() instanceof Command.HandBack, "by a person");
          default -> legal(moment, revoked, (Live) turn.before());
        }
      }
    }

    private static void legal(Moment moment, Event.Revoked revoked, Live live) {
      // A transfer to a person takes hold with its outcome: its guard was judged with its permit.
      if (moment.command() instanceof Command.Settle) return;
      var edge = moment.policy().transition(revoked.from(), revoked.to());
      require(edge.isPresent(), "no such hand-off in the table");
      var facts = live.known().facts();
      for (var needed : edge.get().requires()) {
        var fact = facts.get(needed.fact());
        require(isSound(moment, fact), "a guard without its fact");
        require(fact.confidence() >= needed.confidence(), "a guard on a doubtful fact");
      }
      for (var topic : edge.get().confirmations()) {
        var fact = facts.get("confirmed." + topic);
        require(isSound(moment, fact) && fact.value().shown().equals("yes"), "unconfirmed");
      }
      for (var purpose : edge.get().consents()) {
        var consent = live.known().consents().get(purpose);
        boolean granted =
            consent != null && consent.state() == baton.handoff.fact.Consent.State.GRANTED;
        require(granted, "a hand-off without its consent");
      }
      String taken = "hand-offs." + revoked.from() + ">" + revoked.to();
      require(live.counted().of(taken) < edge.get().bounceMax(), "beyond the bounce ceiling");
    }

    private static boolean isSound(Moment moment, Fact fact) {
      return fact != null && fact.source() != Fact.Source.AGENT && fact.freshAt(moment.now().at());
    }
  }

  /// 11: the same input under the same circumstances is decided the same, and the journal folds to
  /// the live state, which owes the same.
  static final class Replay implements Invariant {
    @Override
    public void check(Moment moment) {
      var again =
          moment.kernel().decide(moment.before(), moment.command(), moment.now(), moment.policy());
      require(again.equals(moment.decision()), "decided again, it was decided otherwise");
      if (moment.entry().isEmpty()) require(moment.after() == moment.before(), "nothing changed");
      boolean whole = moment.journal().size() % 8 == 0 || moment.after() instanceof State.Closed;
      if (!whole) return;
      var state = Conversation.blank(moment.after().id());
      for (var entry : moment.journal()) state = moment.kernel().evolve(state, entry);
      require(state.equals(moment.after()), "the journal folds to another state");
      require(
          Conversation.outbox(state).equals(Conversation.outbox(moment.after())),
          "and owes something else");
    }
  }

  /// 4, 7 and 11: every outcome has its claim, no claim is forgotten, and nothing takes place
  /// twice.
  static final class ClaimsJoin implements Invariant {
    @Override
    public void check(Moment moment) {
      for (var turn : turns(moment)) {
        if (!(turn.event() instanceof Event.Settled settled)) continue;
        var claim = moment.claims().find(settled.permit());
        require(claim.isPresent(), "an outcome without a claim");
        require(claim.get().n() == settled.claim(), "of another number");
        require(claim.get().permit().digest().equals(settled.digest()), "of another action");
      }
      if (moment.after() instanceof State.Blank) return;
      var last =
          moment.after() instanceof State.Closed(var closed, _) ? closed : (Live) moment.after();
      var taken = new HashSet<String>();
      for (var claim : moment.claims().all()) {
        boolean failed = claim.outcome().filter(Outcome.Failed.class::isInstance).isPresent();
        require(failed || taken.add(claim.permit().key()), "an effect twice");
        boolean done = claim.outcome().filter(o -> !(o instanceof Outcome.Unknown)).isPresent();
        boolean remembered = last.work().flights().containsKey(claim.permit().id());
        require(done || remembered, "a claim whose outcome nobody waits for");
      }
    }
  }

  /// 13: what a role is permitted lies in its mandate, whatever was said to it or by it.
  static final class Segmentation implements Invariant {
    @Override
    public void check(Moment moment) {
      decided(moment, decision -> decision.verdict() == Verdict.PERMIT)
          .forEach(inquiry -> {
            var role = inquiry.proposal().role();
            String kind = inquiry.kind();
            if (role.equals(Role.ENGINE)) {
              require(isEngines(moment.policy(), inquiry.proposal().action()), "not its line");
              return;
            }
            var mandate = moment.policy().mandates().get(role);
            require(mandate.may().containsKey(kind), role + " was never granted " + kind);
            require(!mandate.never().containsKey(kind), role + " may never " + kind);
          });
    }

    private static boolean isEngines(Policy policy, Action action) {
      return switch (action) {
        case Action.Close _ -> true;
        case Action.Speak(Words.Line(var name), _) ->
            policy.lines().containsKey(name) && policy.lines().get(name).engine();
        case Action _ -> false;
      };
    }
  }

  /// After an opt-out nothing is permitted but the sentence that confirms it, and the end.
  static final class OptOut implements Invariant {
    @Override
    public void check(Moment moment) {
      boolean optedOut = moment.now().standing().optedOut();
      for (var entry : moment.journal()) {
        boolean earlier = moment.entry().filter(entry::equals).isEmpty();
        if (earlier) optedOut |= entry.events().stream().anyMatch(Event.OptedOut.class::isInstance);
      }
      for (var turn : turns(moment)) {
        optedOut |= turn.event() instanceof Event.OptedOut;
        boolean permits =
            turn.event() instanceof Event.Decided decided && decided.verdict() == Verdict.PERMIT;
        if (!optedOut || !permits) continue;
        var proposal =
            inquiry(moment, (Live) turn.before(), (Event.Decided) turn.event()).proposal();
        boolean confirms =
            proposal.role().equals(Role.ENGINE)
                && proposal.action() instanceof Action.Speak speak
                && speak.words().equals(new Words.Line("stopped"));
        boolean ends = proposal.action() instanceof Action.Close;
        require(confirms || ends, "permitted after an opt-out: " + proposal);
      }
    }
  }

  /// Nothing is on its way to be said to a buyer who is not there.
  static final class EmptyRoom implements Invariant {
    @Override
    public void check(Moment moment) {
      var live = live(moment.after());
      if (live.isEmpty() || live.get().known().contact().isPresent()) return;
      for (var flight : live.get().work().flights().values()) {
        boolean spoken = flight.proposal().action() instanceof Action.Spoken;
        require(!spoken || flight.stage() != Flight.Stage.OPEN, "said to nobody: " + flight);
      }
    }
  }
}
