package baton.handoff;

import baton.handoff.State.Flight;
import baton.handoff.action.Action;
import baton.handoff.fact.Consent;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Gate;
import baton.handoff.gate.Inquiry;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What follows from a step: the next proposal is decided, the holder asked, the buyer waited for,
/// and what is due by the clock takes place.
final class Course {
  private Course() {}

  /// Goes on as far as it goes without the outside: decides what is next, asks the holder, or waits
  /// for the buyer. What was held back by a pause is tried again only on a wake.
  static Decision proceed(Draft draft, boolean retryHeld) {
    while (draft.isLive() && isClear(draft)) {
      var queue = draft.live().work().queue();
      if (!queue.isEmpty()) {
        var head = queue.getFirst();
        boolean waits = head.stage() == Proposal.Stage.HELD;
        if (waits && !(retryHeld && draft.now().control().running())) break;
        long before = draft.live().seq();
        decide(draft, head);
        if (draft.isLive() && draft.live().seq() == before) break;
      } else if (owesAnAsk(draft)) {
        if (ask(draft)) break;
      } else if (isStranded(draft)) {
        if (isNew(draft)) Reaching.waitAfter(draft, draft.live().known().contacts().getLast());
        else Reaching.end(draft, "not-reached");
      } else {
        awaitBuyer(draft);
        break;
      }
    }
    return draft.done();
  }

  /// One effect at a time: the next decision is made on what came of the last. An outcome that
  /// nobody knows is waited for by actions of its kind alone, see the certainty check.
  private static boolean isClear(Draft draft) {
    var flights = draft.live().work().flights();
    if (flights.isEmpty()) return true;
    for (var flight : flights.values()) if (flight.stage() != Flight.Stage.UNKNOWN) return false;
    return true;
  }

  private static void decide(Draft draft, Proposal proposal) {
    var approval = Optional.ofNullable(draft.live().work().approvals().get(proposal.approval()));
    var inquiry = new Inquiry(draft.policy(), draft.live(), proposal, draft.now(), approval);
    var judgement = Gate.judge(inquiry);
    var findings = judgement.findings();
    switch (judgement.verdict()) {
      case PERMIT -> permit(draft, proposal, findings, inquiry.despiteOptOut());
      case DEFER -> {
        var decided = new Event.Decided(proposal.seq(), Verdict.DEFER, findings, Optional.empty());
        if (!Evolution.onlyControlDefers(decided)) refuse(draft, proposal, Verdict.DEFER, findings);
        else if (proposal.stage() == Proposal.Stage.QUEUED) draft.add(decided);
      }
      case ESCALATE -> escalate(draft, proposal, judgement);
      case DENY -> refuse(draft, proposal, Verdict.DENY, findings);
    }
  }

  private static void permit(
      Draft draft, Proposal proposal, List<Finding> findings, boolean despiteOptOut) {
    switch (proposal.action()) {
      case Action.Inside action -> {
        draft.add(new Event.Decided(proposal.seq(), Verdict.PERMIT, findings, Optional.empty()));
        takeHold(draft, action);
      }
      case Action.Spoken _, Action.Outside _ -> {
        long seq = draft.live().seq() + 1;
        var permit =
            new Permit(
                draft.live().id().numbered(seq),
                seq,
                proposal.seq(),
                proposal.action().kind(),
                proposal.digest(),
                proposal.key(draft.live().id()),
                proposal.role(),
                proposal.epoch(),
                draft.live().authority(),
                draft.policy().hash(),
                despiteOptOut,
                attemptsMax(draft, proposal.action()),
                draft.now().at().plus(draft.policy().timing().permit()));
        draft.add(new Event.Decided(proposal.seq(), Verdict.PERMIT, findings, Optional.of(permit)));
      }
    }
  }

  /// The strictest of the policy's caps.
  private static Optional<Integer> attemptsMax(Draft draft, Action action) {
    if (!(action instanceof Action.InitiateContact)) return Optional.empty();
    var rules = draft.policy().fairness().getOrDefault(action.kind(), List.of()).stream();
    long most =
        rules
            .filter(rule -> rule.measure().equals("attempts"))
            .mapToLong(Policy.Fairness::atMost)
            .min()
            .orElse(Integer.MAX_VALUE);
    return Optional.of((int) Math.min(most, Integer.MAX_VALUE));
  }

  private static void takeHold(Draft draft, Action.Inside action) {
    switch (action) {
      case Action.InterpretConsent(var purpose, var consent, var evidence) ->
          draft.add(
              new Event.ConsentChanged(purpose, new Consent(consent, draft.now().at(), evidence)));
      case Action.RequestHandOff(var to, _) -> {
        var from = Evolution.holder(draft.live().lease());
        var edge = draft.policy().transition(from, to);
        var within = edge.map(Transition::answerWithin).orElse(draft.policy().timing().human());
        draft.revoke(to, edge, within, "proposed");
      }
      case Action.ScheduleFollowUp(var at, var channel) ->
          draft.add(new Event.FollowUpScheduled(at, channel));
      case Action.Escalate(var reason) -> draft.add(new Event.Escalated(reason));
      case Action.Close(var reason) -> draft.close(reason);
    }
  }

  /// A right-holder is asked where there is one right that would do; else it is refused.
  private static void escalate(Draft draft, Proposal proposal, Gate.Judgement judgement) {
    var rights =
        judgement.decisive().stream().map(f -> f.details().getOrDefault("right", "")).distinct();
    var named = rights.toList();
    if (named.size() != 1 || named.getFirst().isEmpty()) {
      refuse(draft, proposal, Verdict.ESCALATE, judgement.findings());
      draft.add(new Event.Escalated(proposal.action().kind()));
      return;
    }
    draft.add(
        new Event.Decided(
            proposal.seq(), Verdict.ESCALATE, judgement.findings(), Optional.empty()));
    draft.dropRest(proposal.role(), "one before it waits for an approval");
    var facts = judgement.decisive().stream().flatMap(f -> f.facts().stream());
    draft.add(
        new Event.ApprovalOpened(
            new Approval(
                draft.live().seq() + 1,
                proposal,
                named.getFirst(),
                facts.distinct().sorted().toList(),
                draft.now().at().plus(draft.policy().timing().approval()),
                new Approval.Standing.Open())));
    draft.say("moment");
  }

  private static void refuse(
      Draft draft, Proposal proposal, Verdict verdict, List<Finding> findings) {
    draft.add(new Event.Decided(proposal.seq(), verdict, findings, Optional.empty()));
    draft.dropRest(proposal.role(), "one before it was not permitted");
    boolean reachesOut = proposal.action() instanceof Action.InitiateContact;
    if (reachesOut && isWaitedFor(draft)) Reaching.refused(draft, findings);
  }

  /// The buyer is not there: has not come yet, or has gone.
  static boolean isWaitedFor(Draft draft) {
    return draft.live().lease() instanceof Lease.Held && draft.live().known().contact().isEmpty();
  }

  private static boolean owesAnAsk(Draft draft) {
    var work = draft.live().work();
    return draft.live().lease() instanceof Lease.Held
        && work.ask().isEmpty()
        && (work.unfinished().isPresent() || hasNews(work))
        && !isAway(draft);
  }

  private static boolean hasNews(State.Work work) {
    for (var prompt : work.prompts()) if (!(prompt instanceof Prompt.Voiced)) return true;
    return false;
  }

  /// While the buyer is away there is nothing to think about, until the wait is over.
  private static boolean isAway(Draft draft) {
    return draft.live().known().gone().isPresent()
        && draft.live().work().prompts().stream().noneMatch(Prompt.FollowUp.class::isInstance);
  }

  /// @return false where the holder was asked too often already; then the engine apologises
  private static boolean ask(Draft draft) {
    var unfinished = draft.live().work().unfinished();
    int rounds = (int) draft.live().counted().of("rounds");
    if (unfinished.isEmpty() && rounds >= draft.policy().fallbacks().roundsMax()) {
      draft.add(new Event.RoundsSpent(rounds));
      draft.say("sorry");
      return false;
    }
    var lease = draft.live().lease();
    var answerBy = draft.now().at().plus(draft.policy().timing().think());
    int round = unfinished.map(State.Unfinished::round).orElse(rounds + 1);
    draft.add(new Event.Asked(Evolution.holder(lease), lease.epoch(), round, answerBy));
    return true;
  }

  /// The buyer is not there, and nothing will ever be tried again.
  private static boolean isStranded(Draft draft) {
    var work = draft.live().work();
    return isWaitedFor(draft)
        && work.ask().isEmpty()
        && work.approvals().isEmpty()
        && work.followUp().isEmpty();
  }

  /// Whoever has just been given a conversation whose buyer is away has not waited yet.
  private static boolean isNew(Draft draft) {
    return draft.live().known().gone().isPresent()
        && draft.live().work().prompts().stream().anyMatch(Prompt.Started.class::isInstance);
  }

  private static void awaitBuyer(Draft draft) {
    var work = draft.live().work();
    boolean waiting =
        draft.live().lease() instanceof Lease.Held
            && draft.live().known().contact().isPresent()
            && work.ask().isEmpty()
            && work.silentAt().isEmpty()
            && work.approvals().isEmpty();
    if (waiting)
      draft.add(new Event.BuyersTurn(draft.now().at().plus(draft.policy().timing().silence())));
  }

  /// What is due by the clock. While paused only what has nothing to do with acting is.
  static void due(Draft draft) {
    var work = draft.live().work();
    for (var approval : List.copyOf(work.approvals().values())) {
      if (isDue(draft, approval.expiresAt()) && !isInUse(draft, approval)) {
        draft.add(new Event.ApprovalExpired(approval.seq()));
      }
    }
    if (!draft.now().control().running()) return;
    if (draft.live().lease() instanceof Lease.Passing passing && isDue(draft, passing.answerBy())) {
      draft.failHandOff(passing, "not-answered");
    }
    var ask = draft.live().work().ask();
    if (ask.isPresent() && isDue(draft, ask.get().answerBy())) {
      draft.add(new Event.Unanswered(ask.get().seq()));
      draft.safely(draft.policy().fallbacks().thinking(), "agent-silent", () -> {});
    }
    if (draft.live().work().silentAt().filter(at -> isDue(draft, at)).isPresent()) silence(draft);
    draft
        .live()
        .work()
        .followUp()
        .filter(followUp -> isDue(draft, followUp.at()))
        .ifPresent(followUp -> {
          draft.add(new Event.FollowUpDue(followUp.channel()));
          if (isWaitedFor(draft)) Reaching.due(draft, followUp.channel());
        });
  }

  private static boolean isInUse(Draft draft, Approval approval) {
    return draft.live().work().flights().values().stream()
        .anyMatch(flight -> flight.proposal().approval() == approval.seq());
  }

  private static boolean isDue(Draft draft, Instant at) {
    return !draft.now().at().isBefore(at);
  }

  private static void silence(Draft draft) {
    int count = (int) draft.live().counted().of("silences") + 1;
    draft.add(new Event.SilenceFell(count));
    if (count < draft.policy().fallbacks().silencesMax()) return;
    draft.release("silence");
    draft.say("silent");
    draft.propose(Role.ENGINE, new Action.Close("silence"));
  }
}
