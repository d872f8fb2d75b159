package baton.handoff;

import baton.handoff.State.Flight;
import baton.handoff.State.Live;
import baton.handoff.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Kernels with one rule taken out each. Whoever checks the kernel must notice every one of them.
final class Broken {
  private Broken() {}

  /// An event that moves authority leaves the permits on their way as they are.
  static final class ForgetsToVoid extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      var next = super.evolve(state, event, at);
      if (!(state instanceof Live before) || !(next instanceof Live live)) return next;
      var flights = new TreeMap<>(live.work().flights());
      flights.replaceAll((permit, flight) -> {
        var old = before.work().flights().get(permit);
        boolean was = old != null && old.stage() == Flight.Stage.OPEN;
        return was && flight.stage() == Flight.Stage.VOID ? old : flight;
      });
      return live.with(live.work().withFlights(flights));
    }
  }

  /// What was about to be said is said, though the buyer has gone.
  static final class SpeaksToNobody extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      var next = super.evolve(state, event, at);
      if (!(state instanceof Live before) || !(next instanceof Live live)) return next;
      boolean left = event instanceof Event.Superseded && live.known().gone().isPresent();
      return left ? live.with(live.work().withFlights(before.work().flights())) : next;
    }
  }

  /// Whoever answers is taken for the holder.
  static final class BelievesWhoAnswers extends Kernel {
    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      if (command instanceof Command.Answer answer
          && state instanceof Live live
          && live.lease() instanceof Lease.Held(var role, var epoch)
          && live.work().ask().isPresent()) {
        long ask = live.work().ask().get().seq();
        command = new Command.Answer(role, epoch, ask, answer.actions());
      }
      return super.decide(state, command, now, policy);
    }
  }

  /// A grant gives back what the revocation took: queue and approvals of the lease before.
  static final class Inherits extends Kernel {
    private State.Work taken = State.Work.NONE;

    @Override
    State evolve(State state, Event event, Instant at) {
      if (event instanceof Event.Revoked && state instanceof Live before) taken = before.work();
      var next = super.evolve(state, event, at);
      if (!(event instanceof Event.Granted) || !(next instanceof Live live)) return next;
      return live.with(live.work().withQueue(taken.queue()));
    }
  }

  /// Prohibitions are read as permissions.
  static final class ForgetsProhibitions extends Kernel {
    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      var mandates = new HashMap<Role, Policy.Mandate>();
      policy
          .mandates()
          .forEach((role, mandate) -> {
            var may = new HashMap<>(mandate.may());
            may.putAll(mandate.never());
            var all =
                new Policy.Mandate(role, mandate.agent(), may, new HashMap<>(), mandate.scope());
            mandates.put(role, all);
          });
      return super.decide(state, command, now, with(policy, mandates, policy.transitions()));
    }
  }

  /// Hand-offs ask for no fact, no confirmation and no consent.
  static final class SkipsGuards extends Kernel {
    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      var edges = new ArrayList<Policy.Transition>();
      for (var edge : policy.transitions()) {
        edges.add(
            new Policy.Transition(
                edge.clause(),
                edge.from(),
                edge.to(),
                List.of(),
                Set.of(),
                Set.of(),
                edge.contract(),
                edge.bounceMax(),
                edge.answerWithin(),
                edge.otherwise()));
      }
      return super.decide(state, command, now, with(policy, policy.mandates(), edges));
    }
  }

  /// An opt-out is heard and forgotten.
  static final class ForgetsOptOuts extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      var next = super.evolve(state, event, at);
      if (!(event instanceof Event.OptedOut) || !(next instanceof Live live)) return next;
      var known = live.known();
      return live.with(
          new State.Known(
              known.facts(),
              known.consents(),
              known.disclosed(),
              known.question(),
              known.heard(),
              known.contacts(),
              false,
              known.left()));
    }
  }

  /// A grant keeps the epoch of the lease before.
  static final class KeepsEpochs extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      var next = super.evolve(state, event, at);
      return next instanceof Live live && live.lease() instanceof Lease.Held(var role, var epoch)
          ? live.with(new Lease.Held(role, epoch - epoch % 2))
          : next;
    }
  }

  /// An effect whose outcome is unknown is not waited for.
  static final class ForgetsTheUnknown extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      var next = super.evolve(state, event, at);
      if (!(event instanceof Event.Settled) || !(next instanceof Live live)) return next;
      var flights = new TreeMap<>(live.work().flights());
      flights.values().removeIf(flight -> flight.stage() == Flight.Stage.UNKNOWN);
      return live.with(live.work().withFlights(flights));
    }
  }

  /// A permit that was not claimed is forgotten, and its proposal is as good as new.
  static final class TriesForEver extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      var next = super.evolve(state, event, at);
      if (!(event instanceof Event.Lapsed) || !(next instanceof Live live)) return next;
      var queue = new ArrayList<>(live.work().queue());
      queue.replaceAll(p ->
          new Proposal(
              p.seq(), p.role(), p.epoch(), p.action(), p.digest(), 0, p.approval(), p.stage()));
      return live.with(live.work().withQueue(queue));
    }
  }

  /// Nobody remembers that there is to be another attempt.
  static final class ForgetsWhoIsWaitedFor extends Kernel {
    @Override
    State evolve(State state, Event event, Instant at) {
      boolean planned = event instanceof Event.FollowUpScheduled;
      var next = super.evolve(state, event, at);
      return planned && next instanceof Live live
          ? live.with(live.work().followUp(Optional.empty()))
          : next;
    }
  }

  /// The cap stays behind at the gate.
  static final class ForgetsTheCap extends Kernel {
    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      return super.decide(state, command, now, policy) instanceof Decision.Accepted(var events)
          ? new Decision.Accepted(events.stream().map(ForgetsTheCap::uncapped).toList())
          : super.decide(state, command, now, policy);
    }

    private static Event uncapped(Event event) {
      return event instanceof Event.Decided(var p, var verdict, var findings, var permit)
          ? new Event.Decided(p, verdict, findings, permit.map(ForgetsTheCap::uncapped))
          : event;
    }

    private static Permit uncapped(Permit permit) {
      return new Permit(
          permit.id(),
          permit.seq(),
          permit.proposal(),
          permit.kind(),
          permit.digest(),
          permit.key(),
          permit.role(),
          permit.epoch(),
          permit.authority(),
          permit.policy(),
          permit.despiteOptOut(),
          Optional.empty(),
          permit.expiresAt());
    }
  }

  /// A pause is not looked at.
  static final class IgnoresPauses extends Kernel {
    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      var running =
          new Circumstances(
              now.at(),
              Circumstances.Control.RUNNING,
              now.standing(),
              now.operators(),
              now.policy(),
              now.versions());
      return super.decide(state, command, running, policy);
    }
  }

  /// What is decided depends on something that no journal holds.
  static final class HasAClockOfItsOwn extends Kernel {
    private long ticks;

    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      var shifted =
          new Circumstances(
              now.at().plusMillis(++ticks),
              now.control(),
              now.standing(),
              now.operators(),
              now.policy(),
              now.versions());
      return super.decide(state, command, shifted, policy);
    }
  }

  /// It falls over instead of answering.
  static final class Throws extends Kernel {
    @Override
    Decision decide(State state, Command command, Circumstances now, Policy policy) {
      if (command instanceof Command.Reply && state instanceof Live) {
        throw new IllegalStateException("cannot be");
      }
      return super.decide(state, command, now, policy);
    }
  }

  private static Policy with(
      Policy policy, java.util.Map<Role, Policy.Mandate> mandates, List<Policy.Transition> edges) {
    return new Policy(
        policy.hash(),
        policy.campaign(),
        policy.title(),
        policy.owner(),
        policy.purpose(),
        policy.inbound(),
        policy.start(),
        policy.zone(),
        policy.channels(),
        policy.autonomy(),
        mandates,
        edges,
        policy.rights(),
        policy.limits(),
        policy.disclosures(),
        policy.consents(),
        policy.hours(),
        policy.certainty(),
        policy.fairness(),
        policy.language(),
        policy.custom(),
        policy.lines(),
        policy.freshness(),
        policy.timing(),
        policy.fallbacks(),
        policy.outreach(),
        policy.lexicon());
  }
}
