package baton.simulation.explore;

import baton.handoff.Command;
import baton.handoff.Conversation;
import baton.handoff.Event;
import baton.handoff.Lease;
import baton.handoff.Outcome;
import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.State.Flight;
import baton.handoff.Step;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;

/// The properties that must always hold. Each answer names the property that is broken and says
/// why; an empty one means that all is well.
final class Laws {
  static final String WELL = "";

  // --- what the kernel decided

  String taken(State before, Step.Taken taken, Policy policy) {
    var entry = taken.entry();
    var state = before;
    for (var event : entry.events()) {
      var next = Conversation.evolve(state, event, entry.now().at());
      String broken = event(before, state, event, next, taken, policy);
      if (!broken.isEmpty()) return broken;
      state = next;
    }
    if (!state.equals(taken.next())) return "replay: the entry folds to another state";
    if (entry.last() != state.seq()) return "replay: events are not numbered without a gap";
    return fenced(Decisions.live(state), state);
  }

  private static String event(
      State before, State state, Event event, State next, Step.Taken taken, Policy policy) {
    if (state instanceof State.Blank) return WELL;
    var live = Decisions.live(state);
    var old = live.lease();
    var lease = Decisions.live(next).lease();
    if (!old.equals(lease)) {
      if (lease.epoch() <= old.epoch()) {
        return "epochs rise: " + old.epoch() + " is followed by " + lease.epoch();
      }
      if (!(event instanceof Event.MovesAuthority)) {
        return "authority: the lease changed without moving it";
      }
    }
    return switch (event) {
      case Event.Granted granted -> {
        boolean free = old instanceof Lease.Passing || old instanceof Lease.Nobody;
        yield free ? WELL : "one holder: " + granted.role() + " is granted what " + old + " has";
      }
      case Event.Proposed proposed -> proposed(before, proposed, taken.entry().command());
      case Event.Revoked revoked when revoked.cause().equals("proposed") ->
          legal(live, revoked, taken, policy);
      case Event.Decided decided when decided.verdict() == Verdict.PERMIT ->
          permitted(live, decided, taken, policy);
      case Event _ -> WELL;
    };
  }

  /// Nothing is proposed in an agent's name but by the holder's answer to the ask that was open.
  private static String proposed(State before, Event.Proposed proposed, Command command) {
    var role = proposed.role();
    if (role.equals(Role.ENGINE) || role.equals(Role.HUMAN)) return WELL;
    boolean asked =
        before instanceof State.Live live
            && command instanceof Command.Answer answer
            && live.lease().equals(new Lease.Held(answer.role(), answer.epoch()))
            && live.work().ask().filter(ask -> ask.seq() == answer.ask()).isPresent()
            && role.equals(answer.role())
            && proposed.epoch() == answer.epoch();
    return asked ? WELL : "one holder: " + role + " proposes without having been asked as holder";
  }

  private static String legal(
      State.Live live, Event.Revoked revoked, Step.Taken taken, Policy policy) {
    var edge = policy.transition(revoked.from(), revoked.to());
    String way = revoked.from() + " to " + revoked.to();
    if (edge.isEmpty()) return "legal transitions: there is no way from " + way;
    for (var needed : edge.get().requires()) {
      var fact = live.known().facts().get(needed.fact());
      boolean sound =
          fact != null
              && fact.source() != Fact.Source.AGENT
              && fact.freshAt(taken.entry().now().at())
              && fact.confidence() >= needed.confidence();
      if (!sound) return "legal transitions: " + way + " without " + needed.fact();
    }
    for (var purpose : edge.get().consents()) {
      var consent = live.known().consents().get(purpose);
      boolean granted = consent != null && consent.state() == Consent.State.GRANTED;
      if (!granted) return "legal transitions: " + way + " without consent to " + purpose;
    }
    return WELL;
  }

  private static String permitted(
      State.Live live, Event.Decided decided, Step.Taken taken, Policy policy) {
    var proposal =
        live.work().queue().stream().filter(p -> p.seq() == decided.proposal()).findFirst();
    if (proposal.isEmpty()) return "replay: what does not wait was decided";
    var role = proposal.get().role();
    var action = proposal.get().action();
    if (!taken.entry().now().control().running()) return "pause: permitted while paused";
    if (live.known().optedOut() && !endsAfterOptOut(action)) {
      return "opt-out: " + action.kind() + " is permitted after it";
    }
    if (role.equals(Role.ENGINE)) return WELL;
    if (proposal.get().epoch() != live.lease().epoch()) {
      return "zero inheritance: a proposal of an earlier lease is permitted";
    }
    boolean ownKey =
        decided.permit().isEmpty()
            || decided.permit().get().key().equals(proposal.get().key(live.id()));
    if (!ownKey) return "one key: a permit has another than its proposal";
    var mandate = policy.mandates().get(role);
    boolean within =
        mandate.may().containsKey(action.kind()) && !mandate.never().containsKey(action.kind());
    return within ? WELL : "segmentation: " + role + " may not " + action.kind();
  }

  private static boolean endsAfterOptOut(Action action) {
    return action instanceof Action.Close
        || action instanceof Action.Speak(Words.Line(var line), _) && line.equals("stopped");
  }

  /// A permit that may still be claimed is of this lease, this authority and this policy.
  private static String fenced(State.Live live, State state) {
    int flying = 0;
    for (var flight : live.work().flights().values()) {
      if (flight.stage() != Flight.Stage.UNKNOWN) flying++;
      if (flight.stage() != Flight.Stage.OPEN) continue;
      var permit = flight.permit();
      boolean current =
          permit.epoch() == live.lease().epoch()
              && permit.authority() == live.authority()
              && permit.policy().equals(live.policy());
      if (!current) return "fenced: open " + Effects.named(permit) + " is of an earlier authority";
    }
    boolean one = flying <= 1 || state instanceof State.Closed;
    return one ? WELL : "one effect at a time: two permits are on their way";
  }

  // --- what was claimed and done

  /// A claim commits in this world. The claim's own reasons are not asked: what is durable is.
  String claimed(Table table, World world, Work.Perform perform) {
    var permit = perform.permit();
    if (world.control() == 1) return "stop means stop: a claim commits while paused";
    if (!permit.policy().equals(Decisions.policy(world.policy()).hash())) {
      return "fenced dispatch: a claim commits under a policy that is not active any more";
    }
    if (permit.authority() != world.row()) {
      return "fenced dispatch: a claim commits on authority "
          + permit.authority()
          + " while the row says "
          + world.row();
    }
    if (permit.authority() < world.told()) {
      return "fenced dispatch: a claim commits on authority "
          + permit.authority()
          + " after somebody was told of "
          + world.told();
    }
    if (!Canonical.digest(perform.action()).equals(permit.digest())) {
      return "the exact action: another one is claimed than was permitted";
    }
    int known = table.known(world, permit);
    if (known != 0) return "single use: claim " + known + " is for the same";
    for (int claim = 1; claim <= world.claims().length / 2; claim++) {
      boolean failed = table.settled(world, claim) instanceof Outcome.Failed;
      if (!failed && table.permit(world, claim).proposal() == permit.proposal()) {
        return "one key: proposal " + permit.proposal() + " is claimed again, after claim " + claim;
      }
    }
    return WELL;
  }

  /// A tool does something in this world.
  String done(Table table, World world, Permit permit, Action action, int claim) {
    boolean claimed =
        claim > 0
            && claim <= world.claims().length / 2
            && table.permit(world, claim).proposal() == permit.proposal();
    if (!claimed) return "no effect without a claim: " + Effects.named(permit);
    if (table.settled(world, claim) instanceof Outcome.Failed) {
      return "no effect without a claim: claim " + claim + " has been settled as never done";
    }
    if (!Canonical.digest(action).equals(permit.digest())) return "the exact action: it is another";
    for (int at = 0; at < world.effects().length; at += 3) {
      var earlier = table.permits.at(world.effects()[at]);
      if (world.effects()[at + 2] == 1 && earlier.proposal() == permit.proposal()) {
        return "one effect: proposal " + permit.proposal() + " takes effect a second time";
      }
    }
    return WELL;
  }

  /// The journal says what came of a claim.
  String settled(Table table, World world, Event.Settled settled) {
    int claim = (int) settled.claim();
    if (claim < 1 || claim > world.claims().length / 2) return "claims join: there is no " + claim;
    var permit = table.permit(world, claim);
    boolean same =
        permit.proposal() == settled.proposal() && permit.digest().equals(settled.digest());
    if (!same) return "claims join: claim " + claim + " is of another proposal";
    boolean done = settled.outcome() instanceof Outcome.Confirmed;
    boolean never = table.settled(world, claim) instanceof Outcome.Failed;
    return done && never ? "claims join: claim " + claim + " was never done, and is done" : WELL;
  }

  /// Nobody is at work, and nobody will be: then nothing may be owed.
  String atRest(Table table, Decisions decisions, World world) {
    if (world.journal() == 0) return WELL;
    boolean anybody = false;
    for (int which = 0; which < 2; which++) {
      var node = world.node(which);
      if (!node.isUp()) continue;
      anybody = true;
      boolean rests =
          node.seen() == world.journal() && !node.isHeldBack() && node.works().length == 0;
      if (!rests) return WELL;
    }
    if (!anybody) return WELL; // whoever starts owes everything
    var live = decisions.live(world.journal());
    for (var flight : live.work().flights().values()) {
      return "deadlock: nobody is at " + Effects.named(flight.permit());
    }
    if (!live.work().queue().isEmpty()) return WELL; // decided when somebody wakes it
    for (int claim = 1; claim <= world.claims().length / 2; claim++) {
      if (table.settled(world, claim) == null) {
        return "liveness: claim " + claim + " never gets an outcome";
      }
    }
    boolean waits = live.work().ask().isPresent() || live.lease() instanceof Lease.Passing;
    boolean due = Conversation.dueAt(decisions.state(world.journal())).isPresent();
    return waits && !due ? "deadlock: somebody is waited for without end" : WELL;
  }
}
