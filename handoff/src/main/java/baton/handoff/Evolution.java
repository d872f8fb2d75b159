package baton.handoff;

import baton.handoff.State.Closed;
import baton.handoff.State.Contact;
import baton.handoff.State.Flight;
import baton.handoff.State.Hearing;
import baton.handoff.State.Known;
import baton.handoff.State.Live;
import baton.handoff.State.Opening;
import baton.handoff.State.Work;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Origin;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The fold: what each event makes of a conversation. It never sees a policy: whatever it needs is
/// in the events.
final class Evolution {
  private Evolution() {}

  static State apply(State state, Event event, Instant at) {
    return switch (state) {
      case State.Blank(var id) when event instanceof Event.Opened opened -> opened(id, opened, at);
      case State.Blank _ -> throw new IllegalStateException("the first event is Opened");
      case Live live -> live(live, event, at);
      case Closed(var last, var reason) -> {
        var next = live(last, event, at);
        yield next instanceof Live still ? new Closed(still, reason) : next;
      }
    };
  }

  private static Live opened(ConversationId id, Event.Opened opened, Instant at) {
    return new Live(
        id,
        new Opening(opened.campaign(), opened.channel(), opened.buyer(), at),
        1,
        1,
        "",
        new Lease.Nobody("opening", Role.ENGINE, 0),
        Known.NOTHING,
        Work.NONE,
        State.Counted.NOTHING);
  }

  private static State live(Live before, Event event, Instant at) {
    var live = before.numbered(before.seq() + 1, event instanceof Event.MovesAuthority);
    if (event instanceof Event.MovesAuthority) live = live.with(voided(live.work()));
    return switch (event) {
      case Event.Opened _ -> throw new IllegalStateException("opened twice");
      case Event.ContactBegan(var channel) -> contactBegan(live, channel, at);
      case Event.ContactEnded(var reason) -> contactEnded(live, reason, at);
      case Event.PolicyMoved(_, var to) -> live.under(to);
      case Event.Heard heard -> heard(live, heard, at);
      case Event.Observed(var facts) -> live.with(live.known().with(facts));
      case Event.ConsentChanged(var purpose, var consent) ->
          live.with(live.known().with(purpose, consent));
      case Event.OptedOut _ -> live.with(live.known().afterOptOut());
      case Event.Superseded _ -> superseded(live);
      case Event.Asked asked -> asked(live, asked);
      case Event.Answered answered -> answered(live, answered);
      case Event.Unanswered _ -> live.with(unasked(live.work()));
      case Event.RoundsSpent _ -> live.with(live.work().withPrompts(voiced(live.work().prompts())));
      case Event.Stale _ -> live;
      case Event.Proposed(var role, var epoch, var action, var digest) ->
          live.with(
              appended(
                  live.work(),
                  new Proposal(
                      live.seq(), role, epoch, action, digest, 0, 0, Proposal.Stage.QUEUED)));
      case Event.HumanSaid(var message, var body, _) ->
          live.with(live.counted().with(message, body));
      case Event.Dropped(var proposals, _) ->
          live.with(queue(cut(live.work()), q -> q.removeIf(p -> proposals.contains(p.seq()))));
      case Event.Decided decided -> decided(live, decided);
      case Event.Lapsed(var permit, _, var reason) -> lapsed(live, permit, reason);
      case Event.Attested _ -> live;
      case Event.Settled settled -> settled(live, settled);
      case Event.ApprovalOpened(var approval) -> approvalOpened(live, approval);
      case Event.ApprovalResolved(var seq, var operator, var approved, _) ->
          approved ? approved(live, seq, operator) : unapproved(live, seq);
      case Event.ApprovalExpired(var seq) -> unapproved(live, seq);
      case Event.ApprovalVoided(var seq, _) -> unapproved(live, seq);
      case Event.Revoked revoked -> revoked(live, revoked);
      case Event.HandOffFailed(_, var to, var reason) -> handOffFailed(live, to, reason);
      case Event.Granted granted -> granted(live, granted);
      case Event.Released(var from, var epoch, var reason) ->
          live.with(new Lease.Nobody(reason, from, epoch)).with(live.work().ended());
      case Event.BuyersTurn(var silentAt) -> live.with(live.work().silentAt(Optional.of(silentAt)));
      case Event.SilenceFell(var count) ->
          live.with(live.work().silentAt(Optional.empty()).prompted(new Prompt.Silence(count)))
              .with(live.counted().add("silences"));
      case Event.FollowUpScheduled(var due, var channel) ->
          live.with(live.work().followUp(Optional.of(new State.FollowUp(due, channel))));
      case Event.FollowUpDue(var channel) -> followUpDue(live, channel);
      case Event.Escalated _ -> live.with(live.counted().add("escalations"));
      case Event.Closed(var reason) ->
          new Closed(
              live.with(new Lease.Nobody(reason, holder(live.lease()), live.lease().epoch() + 1))
                  .with(live.work().ended().withPrompts(List.of()).followUp(Optional.empty())),
              reason);
    };
  }

  /// The role that a lease's end concerns.
  static Role holder(Lease lease) {
    return switch (lease) {
      case Lease.Held(var role, _) -> role;
      case Lease.Passing passing -> passing.from();
      case Lease.WithHuman _ -> Role.HUMAN;
      case Lease.Nobody(_, var from, _) -> from;
    };
  }

  private static Work voided(Work work) {
    var next = work;
    for (var flight : work.flights().values()) {
      next =
          switch (flight.stage()) {
            case OPEN -> next.withFlight(flight.at(Flight.Stage.VOID));
            case VOID, UNKNOWN -> next;
          };
    }
    return next;
  }

  /// Whoever has come is waited for no longer.
  private static Live contactBegan(Live live, String channel, Instant at) {
    var contacts = new ArrayList<>(live.known().contacts());
    contacts.add(new Contact(channel, at, Optional.empty()));
    var work = live.work().followUp(Optional.empty());
    boolean told = live.lease() instanceof Lease.Held;
    return live.with(live.known().with(contacts))
        .with(told ? work.prompted(new Prompt.Arrived(channel)) : work);
  }

  /// The end of the conversation ends its contact as well; else the buyer has gone away.
  private static Live contactEnded(Live live, String reason, Instant at) {
    if (live.known().contact().isEmpty()) return live;
    var contacts = new ArrayList<>(live.known().contacts());
    var last = contacts.removeLast();
    contacts.add(new Contact(last.channel(), last.from(), Optional.of(at)));
    var ended = live.with(live.known().with(contacts));
    return Command.Leave.How.of(reason).map(how -> left(ended, how)).orElse(ended);
  }

  /// Nobody is asked what to say now. What a machine said is not answered later either, and what it
  /// was told has not been said.
  private static Live left(Live live, Command.Leave.How how) {
    var work = unasked(live.work()).silentAt(Optional.empty());
    var prompts = new ArrayList<>(work.prompts());
    boolean machine = how == Command.Leave.How.VOICEMAIL;
    if (machine) prompts.removeIf(p -> p instanceof Prompt.Heard || p instanceof Prompt.Voiced);
    return live.with(live.known().with(new State.Left(live.seq(), how)))
        .with(work.withPrompts(prompts));
  }

  /// Without a lease there is nothing that an agent thought.
  private static Live superseded(Live live) {
    if (!(live.lease() instanceof Lease.Held)) return live;
    return live.with(queue(unasked(live.work()), q -> q.removeIf(p -> p.approval() == 0)));
  }

  private static Live heard(Live live, Event.Heard heard, Instant at) {
    var hearing =
        new Hearing(live.seq(), heard.signals(), heard.confidence(), heard.answering(), at);
    var work = live.work().silentAt(Optional.empty());
    if (!(live.lease() instanceof Lease.WithHuman)) {
      work =
          work.prompted(
              new Prompt.Heard(
                  live.seq(),
                  Optional.of(heard.text()),
                  heard.signals(),
                  heard.confidence(),
                  heard.answering()));
    }
    var counted =
        live.counted()
            .with(heard.message(), heard.body())
            .reset("rounds", "unanswered", "retries", "silences", "reframed")
            .add("turns");
    return live.with(live.known().hearing(hearing)).with(work).with(counted);
  }

  /// Each attempt to reach a buyer who is not there yet is thought about anew.
  private static Live followUpDue(Live live, String channel) {
    var work = live.work().followUp(Optional.empty()).prompted(new Prompt.FollowUp(channel));
    var counted = live.counted();
    boolean reached = live.known().contact().isPresent();
    return live.with(work).with(reached ? counted : counted.reset("rounds", "retries"));
  }

  /// What an answer was to is asked again, unless the buyer has heard a part of it.
  private static Work unasked(Work work) {
    if (work.unfinished().isPresent()) return cut(work);
    if (work.ask().isEmpty()) return work;
    var prompts = new ArrayList<>(work.ask().get().prompts());
    prompts.addAll(work.prompts());
    return work.withAsk(Optional.empty()).withPrompts(prompts);
  }

  /// Nothing more comes of an answer that was given in part.
  private static Work cut(Work work) {
    if (work.unfinished().isEmpty()) return work;
    return work.withAsk(Optional.empty()).withUnfinished(Optional.empty());
  }

  private static List<Prompt> voiced(List<Prompt> prompts) {
    return prompts.stream().filter(Prompt.Voiced.class::isInstance).toList();
  }

  /// For the next part the holder is asked what it was asked before: what has happened since is for
  /// another answer.
  private static Live asked(Live live, Event.Asked asked) {
    var work = live.work().silentAt(Optional.empty());
    var unfinished = work.unfinished();
    var prompts = unfinished.map(State.Unfinished::prompts).orElse(work.prompts());
    var ask = new State.Ask(live.seq(), asked.epoch(), asked.round(), prompts, asked.answerBy());
    work = work.withAsk(Optional.of(ask));
    if (unfinished.isPresent()) return live.with(work);
    return live.with(work.withPrompts(List.of())).with(live.counted().add("rounds"));
  }

  private static Live answered(Live live, Event.Answered answered) {
    var work = live.work();
    int parts = work.unfinished().map(State.Unfinished::parts).orElse(0);
    var unfinished =
        work.ask()
            .filter(_ -> answered.goesOn())
            .map(ask -> new State.Unfinished(ask.prompts(), ask.round(), parts + 1));
    var counted = live.counted().plus("tokens", answered.origin().map(Origin::tokens).orElse(0L));
    return live.with(work.withAsk(Optional.empty()).withUnfinished(unfinished))
        .with(parts == 0 ? counted.reset("voiced") : counted);
  }

  private static Work appended(Work work, Proposal proposal) {
    return queue(work, q -> q.add(proposal));
  }

  private static Live decided(Live live, Event.Decided decided) {
    var proposal = queued(live.work(), decided.proposal());
    if (decided.verdict() == Verdict.DEFER && onlyControlDefers(decided)) {
      return live.with(
          queue(live.work(), q -> q.replaceAll(p -> same(p, proposal) ? p.held() : p)));
    }
    var work = queue(live.work(), q -> q.removeIf(p -> same(p, proposal)));
    // An approval is used up by the effect: a permit that is not claimed leaves it standing.
    if (decided.permit().isPresent()) {
      return live.with(
          work.withFlight(new Flight(decided.permit().get(), proposal, Flight.Stage.OPEN)));
    }
    work = work.withoutApproval(proposal.approval());
    if (decided.verdict() == Verdict.PERMIT) return live.with(work);
    if (isAgent(proposal.role())) {
      var decisive =
          decided.findings().stream().filter(f -> f.verdict() == decided.verdict()).toList();
      work =
          work.prompted(
              new Prompt.Refused(
                  proposal.seq(), proposal.action().kind(), decided.verdict(), decisive));
    }
    boolean reframed = decided.findings().stream().anyMatch(f -> f.code().equals(Finding.REFRAME));
    var counted = live.counted().add("retries");
    return live.with(work).with(reframed ? counted.add("reframed") : counted);
  }

  private static Proposal queued(Work work, long seq) {
    for (var proposal : work.queue()) if (proposal.seq() == seq) return proposal;
    throw new IllegalStateException("decided what was not proposed");
  }

  /// A pause: the proposal keeps its place and is decided again later.
  static boolean onlyControlDefers(Event.Decided decided) {
    return decided.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.DEFER)
        .allMatch(finding -> finding.check().equals("control"));
  }

  static boolean isAgent(Role role) {
    return !role.equals(Role.ENGINE) && !role.equals(Role.HUMAN);
  }

  private static boolean same(Proposal one, Proposal other) {
    return one.seq() == other.seq();
  }

  private static Live lapsed(Live live, String permit, String reason) {
    var flight = live.work().flights().get(permit);
    var work = live.work().withoutFlight(permit);
    if (!isStillMeant(live, flight)) return live.with(work);
    boolean unheardOf = flight.stage() == Flight.Stage.OPEN && reason.equals("policy-moved");
    var stage = unheardOf || reason.equals("paused") ? Proposal.Stage.HELD : Proposal.Stage.QUEUED;
    return live.with(queue(work, q -> q.addFirst(flight.proposal().again(stage))));
  }

  /// Whether the proposal outlives its permit. The end of a lease ends it, and so do the buyer's
  /// words, unless a right-holder has said yes to it; a new policy only voids the permit.
  private static boolean isStillMeant(Live live, Flight flight) {
    if (flight.stage() == Flight.Stage.OPEN) return true;
    boolean heardSince =
        live.known().heard().filter(heard -> heard.seq() > flight.permit().seq()).isPresent();
    boolean reached =
        flight.proposal().action() instanceof Action.InitiateContact
            && live.known().contact().isPresent();
    boolean superseded =
        (heardSince || live.known().leftSince(flight.permit().seq()))
            && live.lease() instanceof Lease.Held
            && !live.work().approvals().containsKey(flight.proposal().approval());
    return flight.permit().epoch() == live.lease().epoch() && !superseded && !reached;
  }

  private static Live settled(Live live, Event.Settled settled) {
    var flight = live.work().flights().get(settled.permit());
    var outcome = settled.outcome();
    boolean ofThisLease = flight.permit().epoch() == live.lease().epoch();
    var work =
        outcome instanceof Outcome.Unknown
            ? live.work().withFlight(flight.at(Flight.Stage.UNKNOWN))
            : live.work().withoutFlight(settled.permit());
    if (isTriedAgain(live, flight, outcome)) {
      return live.with(
          queue(work, q -> q.addFirst(flight.proposal().again(Proposal.Stage.QUEUED))));
    }
    if (!(outcome instanceof Outcome.Unknown)) {
      work = work.withoutApproval(flight.proposal().approval());
    }
    boolean news = !(outcome instanceof Outcome.Confirmed(var facts) && facts.isEmpty());
    return switch (flight.proposal().action()) {
      case Action.Spoken spoken when outcome instanceof Outcome.Confirmed ->
          voiced(live.with(work), flight, spoken);
      case Action.Outside action -> {
        boolean first = flight.stage() != Flight.Stage.UNKNOWN;
        if (first && action instanceof Action.InitiateContact) {
          live = live.with(live.counted().add("attempts"));
        }
        boolean told = ofThisLease && news && isAgent(flight.proposal().role());
        var prompt = new Prompt.Settled(flight.proposal().seq(), action.kind(), outcome);
        var next = live.with(told ? work.prompted(prompt) : work);
        yield outcome instanceof Outcome.Confirmed ? counted(next, action) : next;
      }
      case Action _ -> live.with(work);
    };
  }

  /// A claim that was never carried out, because the engine went down in between: the same proposal
  /// is decided again, while whoever made it still holds the lease.
  static boolean isTriedAgain(Live live, Flight flight, Outcome outcome) {
    return outcome instanceof Outcome.Failed(var reason)
        && reason.equals(Outcome.Failed.NEVER_DONE)
        && flight.stage() == Flight.Stage.OPEN
        && flight.permit().epoch() == live.lease().epoch()
        && flight.proposal().reDecided() < Draft.RE_DECIDED_MAX;
  }

  private static Live voiced(Live live, Flight flight, Action.Spoken spoken) {
    var role = flight.proposal().role();
    if (role.equals(Role.ENGINE)) return live;
    var known = live.known();
    boolean heard = !known.leftSince(flight.permit().seq());
    if (heard && !spoken.asks().isEmpty()) known = known.asking(spoken.asks());
    if (heard && spoken instanceof Action.Disclose(var id, _)) {
      known = known.disclosed(id, flight.permit().epoch());
    }
    var counted =
        live.counted().of("voiced") == 0
            ? live.counted().add("speech", "voiced", "unanswered")
            : live.counted().add("speech");
    var work = live.work();
    boolean ofThisLease = flight.permit().epoch() == live.lease().epoch();
    if (heard && ofThisLease && isAgent(role) && spoken.words() instanceof Words.Own(var text, _)) {
      work = work.prompted(new Prompt.Voiced(flight.proposal().seq(), text));
    }
    return live.with(known).with(work).with(counted);
  }

  private static Live counted(Live live, Action.Outside action) {
    var counted = live.counted().add("kind:" + action.kind());
    return live.with(action instanceof Action.Concede ? counted.add("concessions") : counted);
  }

  private static Live approvalOpened(Live live, Approval approval) {
    var proposal = approval.proposal();
    var prompts = new ArrayList<>(live.work().prompts());
    prompts.removeIf(
        p -> p instanceof Prompt.Refused refused && refused.proposal() == proposal.seq());
    prompts.add(new Prompt.Waiting(proposal.seq(), proposal.action().kind(), approval.seq()));
    return live.with(live.work().withPrompts(prompts).withApproval(approval));
  }

  private static Live approved(Live live, long seq, String operator) {
    var approval = live.work().approvals().get(seq);
    var work = live.work().withApproval(approval.approved(operator));
    return live.with(queue(work, q -> q.addFirst(approval.proposal().approvedBy(seq))));
  }

  private static Live unapproved(Live live, long seq) {
    var approval = live.work().approvals().get(seq);
    if (approval == null) return live;
    var work = queue(live.work().withoutApproval(seq), q -> q.removeIf(p -> p.approval() == seq));
    var proposal = approval.proposal();
    return live.with(
        work.prompted(
            new Prompt.Refused(
                proposal.seq(), proposal.action().kind(), Verdict.ESCALATE, List.of())));
  }

  private static Live revoked(Live live, Event.Revoked revoked) {
    var lease =
        new Lease.Passing(
            revoked.from(),
            revoked.to(),
            revoked.epoch(),
            revoked.clause(),
            revoked.contract(),
            revoked.otherwise(),
            revoked.answerBy());
    // Ceilings bound what roles propose; a person who takes over uses none of it up.
    var counted =
        revoked.cause().equals("proposed")
            ? live.counted().add("hand-offs", "hand-offs." + revoked.from() + ">" + revoked.to())
            : live.counted();
    return live.with(lease).with(live.work().ended()).with(counted);
  }

  private static Live handOffFailed(Live live, Role to, String reason) {
    String kind = to.equals(Role.HUMAN) ? "transfer-to-human" : "request-hand-off";
    return live.with(live.work().prompted(new Prompt.Settled(0, kind, new Outcome.Failed(reason))));
  }

  private static Live granted(Live live, Event.Granted granted) {
    if (granted.role().equals(Role.HUMAN)) {
      var lease = new Lease.WithHuman(granted.operator(), granted.previous(), granted.epoch());
      return live.with(lease).with(live.work().ended().withPrompts(List.of()));
    }
    var prompts = new ArrayList<Prompt>();
    prompts.add(new Prompt.Started(granted.previous()));
    prompts.addAll(live.work().prompts());
    return live.with(new Lease.Held(granted.role(), granted.epoch()))
        .with(live.known().asking(""))
        // Lines that the engine could not say during the hand-off are no longer true.
        .with(live.work().withPrompts(prompts).withQueue(List.of()))
        .with(live.counted().reset("rounds", "retries", "voiced"));
  }

  private static Work queue(Work work, Consumer<ArrayList<Proposal>> change) {
    var queue = new ArrayList<>(work.queue());
    change.accept(queue);
    return work.withQueue(queue);
  }
}
