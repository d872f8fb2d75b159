package baton.handoff.gate;

import static baton.handoff.gate.Verdict.DEFER;
import static baton.handoff.gate.Verdict.DENY;
import static baton.handoff.gate.Verdict.ESCALATE;
import static baton.handoff.gate.Verdict.PERMIT;

import baton.handoff.Approval;
import baton.handoff.Lease;
import baton.handoff.Role;
import baton.handoff.State.Flight;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The gate a second time, slow and plain, from the words of the requirements and of the policy's
/// own documentation. It looks at every clause of the policy and asks of each whether it applies.
public final class NaiveGate {
  /// What is compared: which check said what, by which clause.
  public record Said(String check, Verdict verdict, String clause) {}

  public record Judgement(Verdict verdict, Set<Said> said) {}

  private final Inquiry inquiry;
  private final Policy policy;
  private final Role role;
  private final Action action;
  private final String kind;
  private final boolean engine;
  private final boolean human;
  private final boolean machine;
  private final Set<Said> said = new HashSet<>();

  private NaiveGate(Inquiry inquiry) {
    this.inquiry = inquiry;
    policy = inquiry.policy();
    role = inquiry.proposal().role();
    action = inquiry.proposal().action();
    kind = action.kind();
    engine = role.name().equals("engine");
    human = role.name().equals("human");
    machine = !engine && !human;
  }

  public static Judgement judge(Inquiry inquiry) {
    var gate = new NaiveGate(inquiry);
    gate.control();
    gate.lease();
    gate.mandate();
    gate.autonomy();
    gate.scope();
    gate.consent();
    gate.compliance();
    gate.certainty();
    gate.rights();
    gate.limits();
    gate.fairness();
    gate.language();
    gate.custom();
    // "It runs every check, returns every finding, and the most restrictive finding wins."
    for (var name : Gate.CHECKS) {
      if (gate.said.stream().noneMatch(s -> s.check.equals(name))) gate.say(name, PERMIT, "engine");
    }
    var verdict = PERMIT;
    for (var one : gate.said) if (one.verdict.compareTo(verdict) > 0) verdict = one.verdict;
    return new Judgement(verdict, gate.said);
  }

  private void say(String check, Verdict verdict, String clause) {
    said.add(new Said(check, verdict, clause));
  }

  private void say(String check, Verdict verdict, Clause clause) {
    say(check, verdict, clause.id());
  }

  /// "A stale policy: not permitted." "While paused nothing is voiced."
  private void control() {
    if (!inquiry.now().policy().equals(policy.hash())) say("control", DENY, "engine");
    else if (!inquiry.now().control().running()) say("control", DEFER, "engine");
  }

  /// "At most one role holds the lease." The engine's fixed lines need none.
  private void lease() {
    var lease = inquiry.state().lease();
    boolean mine =
        (lease instanceof Lease.Held held && held.role().equals(role))
            || (lease instanceof Lease.WithHuman && human);
    boolean current = inquiry.proposal().epoch() == lease.epoch();
    if (!engine && !(mine && current)) say("lease", DENY, "engine");
  }

  /// "What is not granted is denied; what is prohibited stays prohibited."
  private void mandate() {
    if (engine) {
      if (action instanceof Action.Close) return;
      for (var line : policy.lines().values()) {
        if (action instanceof Action.Speak(Words.Line(var name), _)
            && line.name().equals(name)
            && line.engine()) {
          say("mandate", PERMIT, line.clause());
          return;
        }
      }
      say("mandate", DENY, "engine");
      return;
    }
    for (var mandate : policy.mandates().values()) {
      if (!mandate.role().equals(role)) continue;
      for (var never : mandate.never().entrySet()) {
        if (never.getKey().equals(kind)) {
          say("mandate", DENY, never.getValue());
          return;
        }
      }
      for (var may : mandate.may().entrySet()) {
        if (may.getKey().equals(kind)) {
          say("mandate", PERMIT, may.getValue());
          return;
        }
      }
    }
    say("mandate", DENY, "engine");
  }

  /// "How far an action goes without a person."
  private void autonomy() {
    if (!machine) return;
    for (var entry : policy.autonomy().entrySet()) {
      if (!entry.getKey().equals(kind)) continue;
      var autonomy = entry.getValue();
      var verdict =
          switch (autonomy.level()) {
            case OFF -> DENY;
            case ASSIST -> approved(autonomy.right()) ? PERMIT : ESCALATE;
            case BOUNDED -> PERMIT;
          };
      say("autonomy", verdict, autonomy.clause());
      return;
    }
    say("autonomy", DENY, "engine");
  }

  /// "One binds to the proposal, the action's digest, the role, the epoch and the right."
  private boolean approved(String right) {
    if (inquiry.approval().isEmpty()) return false;
    var approval = inquiry.approval().get();
    return approval.standing() instanceof Approval.Standing.Approved
        && approval.right().equals(right)
        && approval.proposal().seq() == inquiry.proposal().seq()
        && approval.proposal().digest().equals(inquiry.proposal().digest())
        && approval.proposal().role().equals(role)
        && approval.proposal().epoch() == inquiry.state().lease().epoch()
        && inquiry.now().at().isBefore(approval.expiresAt());
  }

  /// "Products, price ranges, segments, channels, outcomes, and the CRM fields a role may write."
  private void scope() {
    if (engine) return;
    var mandates = policy.mandates().values().stream().filter(m -> m.role().equals(role)).toList();
    if (mandates.isEmpty()) {
      say("scope", DENY, "engine");
      return;
    }
    var scope = mandates.getFirst().scope();
    var state = inquiry.state();
    boolean within = true;
    var contacts = state.known().contacts();
    var channels = new ArrayList<String>();
    channels.add(
        contacts.isEmpty()
            ? state.opening().channel()
            : contacts.get(contacts.size() - 1).channel());
    switch (action) {
      case Action.InitiateContact(var channel) -> channels.add(channel);
      case Action.SendMessage(var channel, _) -> channels.add(channel);
      case Action.Record(var channel) -> channels.add(channel);
      case Action.ScheduleFollowUp(_, var channel) -> channels.add(channel);
      case Action _ -> {}
    }
    for (var channel : channels) within &= allows(scope.channels(), channel);
    String segment = state.opening().buyer().segment();
    if (!segment.isEmpty()) within &= allows(scope.segments(), segment);
    if (action instanceof Action.Quote(var product, _)) within &= allows(scope.products(), product);
    if (action instanceof Action.WriteCrm(var fields)) {
      for (var field : fields.keySet()) within &= allows(scope.crmFields(), field);
    }
    if (action instanceof Action.TakeCommitment(_, var total)) within &= affords(scope, total);
    boolean allKnown = true;
    if (action instanceof Action.RequestCommitment) {
      var total = fact("quote.total");
      if (total != null && total.value() instanceof Value.Amount(var money)) {
        within &= affords(scope, money);
      } else {
        say("scope", DENY, "engine");
        allKnown = false;
      }
    }
    boolean handsOff = target() != null;
    if (handsOff && edge() == null) say("scope", DENY, "engine");
    boolean legal = !handsOff || edge() != null;
    if (!within) say("scope", DENY, scope.clause());
    else if (allKnown && legal) say("scope", PERMIT, scope.clause());
  }

  private static boolean allows(Set<String> set, String name) {
    return set.contains("*") || set.contains(name);
  }

  private static boolean affords(Policy.Scope scope, Money total) {
    return scope.priceTo().isEmpty()
        || (scope.priceTo().get().currency().equals(total.currency())
            && total.minor() <= scope.priceTo().get().minor());
  }

  /// To whom the action would pass the conversation, or null.
  private Role target() {
    return switch (action) {
      case Action.RequestHandOff(var to, _) -> to;
      case Action.TransferToHuman _ -> Role.HUMAN;
      case Action _ -> null;
    };
  }

  private Policy.Transition edge() {
    if (target() == null) return null;
    for (var edge : policy.transitions()) {
      if (edge.from().equals(role) && edge.to().equals(target())) return edge;
    }
    return null;
  }

  private Fact fact(String name) {
    return inquiry.state().known().facts().get(name);
  }

  /// "A consent ledger per purpose. Ambiguity counts as no."
  private void consent() {
    boolean optedOut = inquiry.state().known().optedOut() || inquiry.now().standing().optedOut();
    boolean confirmsIt = false;
    for (var line : policy.lines().values()) {
      confirmsIt |=
          engine
              && line.afterOptOut()
              && action instanceof Action.Speak(Words.Line(var name), _)
              && name.equals(line.name());
    }
    if (optedOut && !confirmsIt && !(action instanceof Action.Close)) {
      say("consent", DENY, "engine");
    }
    if (!engine) {
      policy
          .consents()
          .forEach((of, rules) -> {
            if (of.equals(kind)) rules.forEach(r -> granted(r.purpose(), r.clause()));
          });
      if (edge() != null) edge().consents().forEach(purpose -> granted(purpose, edge().clause()));
    }
    if (action instanceof Action.InterpretConsent(var purpose, var state, var evidence)) {
      var heard = inquiry.state().known().heard();
      boolean shown = heard.isPresent() && heard.get().seq() == evidence;
      if (shown && state == Consent.State.GRANTED) {
        var hearing = heard.get();
        boolean yes = false;
        boolean butNot = false;
        for (var signal : hearing.signals()) {
          yes |= signal.name().equals(Signal.YES) && signal.confidence() >= 60;
          butNot |=
              Set.of(Signal.NO, Signal.VAGUE, Signal.OPT_OUT, Signal.WITHDRAW_CONSENT)
                  .contains(signal.name());
        }
        shown =
            hearing.answering().equals("consent." + purpose)
                && hearing.confidence() >= 60
                && yes
                && !butNot;
      }
      if (!shown) say("consent", DENY, "engine");
    }
  }

  private void granted(String purpose, Clause clause) {
    var consent = inquiry.state().known().consents().get(purpose);
    if (consent == null || consent.state() == Consent.State.UNCLEAR) {
      say("consent", DEFER, clause);
    } else if (consent.state() != Consent.State.GRANTED) {
      say("consent", DENY, clause);
    }
  }

  /// "Mandatory disclosures are checkpoints." "Calling hours." "Every line is the policy's own."
  private void compliance() {
    var all = new ArrayList<Policy.Disclosure>();
    policy.disclosures().values().forEach(all::addAll);
    if (machine) {
      policy
          .disclosures()
          .forEach((of, disclosures) -> {
            for (var disclosure : disclosures) {
              if (!of.equals(kind)) continue;
              Long made = inquiry.state().known().disclosed().get(disclosure.id());
              boolean counts =
                  made != null
                      && (!disclosure.rearm()
                          || made.longValue() == inquiry.state().lease().epoch());
              if (!counts) say("compliance", DENY, disclosure.clause());
            }
          });
    }
    if (!engine) hours();
    if (action instanceof Action.Disclose(var id, var words)) {
      boolean verbatim = false;
      for (var disclosure : all) {
        verbatim |=
            disclosure.id().equals(id)
                && words instanceof Words.Line(var name)
                && name.equals(disclosure.line());
      }
      if (!verbatim) say("compliance", DENY, "engine");
    } else if (spokenOrSent() instanceof Words.Line(var name)
        && policy.lines().values().stream().noneMatch(line -> line.name().equals(name))) {
      say("compliance", DENY, "engine");
    }
    if (action instanceof Action.Record) {
      var consent = inquiry.state().known().consents().get("recording");
      if (consent == null || consent.state() != Consent.State.GRANTED) {
        say("compliance", DENY, "engine");
      }
    }
  }

  private Words spokenOrSent() {
    return switch (action) {
      case Action.Spoken spoken -> spoken.words();
      case Action.SendMessage(_, var words) -> words;
      case Action _ -> null;
    };
  }

  private void hours() {
    var said = fact("time-zone");
    String name =
        said != null && said.value() instanceof Value.Text(var text)
            ? text
            : inquiry.state().opening().buyer().zone();
    policy
        .hours()
        .forEach((of, list) -> {
          for (var hours : list) {
            if (!of.equals(kind) || (policy.inbound() && !hours.inbound())) continue;
            if (!ZoneId.getAvailableZoneIds().contains(name)) {
              say("compliance", DEFER, hours.clause());
              continue;
            }
            var local = inquiry.now().at().atZone(ZoneId.of(name));
            int minute = local.getHour() * 60 + local.getMinute();
            boolean open =
                hours.days().contains(local.getDayOfWeek())
                    && minute >= hours.from().toSecondOfDay() / 60
                    && minute < hours.until().toSecondOfDay() / 60;
            if (!open) say("compliance", DEFER, hours.clause());
          }
        });
  }

  /// "Stale or doubtful facts must be confirmed again before they can support a transition."
  private void certainty() {
    boolean nobodyThere =
        inquiry.state().known().contacts().stream().noneMatch(c -> c.until().isEmpty());
    if (action instanceof Action.Spoken && nobodyThere) say("certainty", DENY, "engine");
    if (engine) return;
    policy
        .certainty()
        .forEach((of, rules) -> {
          for (var rule : rules) {
            if (!of.equals(kind)) continue;
            int sure = 0;
            var heard = inquiry.state().known().heard();
            if (heard.isPresent()) sure = heard.get().confidence();
            if (sure < rule.confidence()) say("certainty", DEFER, rule.clause());
            for (var name : rule.facts()) supports(name, 0, rule.clause());
          }
        });
    if (edge() != null) {
      for (var needed : edge().requires()) {
        supports(needed.fact(), needed.confidence(), edge().clause());
      }
      for (var topic : edge().confirmations()) supports("confirmed." + topic, 0, edge().clause());
    }
    if (action instanceof Action.TakeCommitment) {
      supports("quote.total", 0, Clause.ENGINE);
      supports("confirmed.commitment", 0, Clause.ENGINE);
      var yes = fact("confirmed.commitment");
      var total = fact("quote.total");
      if (yes != null && total != null && total.evidence() > yes.evidence()) {
        say("certainty", DEFER, "engine");
      }
    }
    for (var flight : inquiry.state().work().flights().values()) {
      boolean mayBeTheSecond =
          flight.stage() == Flight.Stage.UNKNOWN
              && flight.permit().kind().equals(kind)
              && flight.proposal().seq() != inquiry.proposal().seq();
      if (mayBeTheSecond) say("certainty", DEFER, "engine");
    }
  }

  private void supports(String name, int confidence, Clause clause) {
    var fact = fact(name);
    boolean supports =
        fact != null
            && fact.source() != Fact.Source.AGENT
            && inquiry.now().at().isBefore(fact.freshUntil())
            && fact.confidence() >= confidence
            && (!name.startsWith("confirmed.") || fact.value().equals(Value.of("yes")));
    if (!supports) say("certainty", DEFER, clause);
  }

  /// "Of several rights for one kind, the one with the lowest threshold that covers the action
  /// applies", among those that the role itself or an operator can use.
  private void rights() {
    if (engine) return;
    var rights = new ArrayList<Policy.Right>();
    policy.rights().forEach((of, list) -> rights.addAll(of.equals(kind) ? list : List.of()));
    if (rights.isEmpty()) return;
    for (var right : rights) {
      if (measured(right.measure()) < 0) {
        say("rights", DENY, right.clause());
        return;
      }
    }
    rights.sort((a, b) -> Long.compare(a.upTo(), b.upTo()));
    for (var right : rights) {
      if (measured(right.measure()) > right.upTo()) continue;
      switch (right.holder()) {
        case Policy.Right.Holder.ByRole(var holder) when holder.equals(role) ->
            say("rights", PERMIT, right.clause());
        case Policy.Right.Holder.ByRole _ -> {
          continue;
        }
        case Policy.Right.Holder.ByOperator _ ->
            say("rights", human || approved(right.id()) ? PERMIT : ESCALATE, right.clause());
      }
      return;
    }
    var widest = rights.getLast();
    for (var right : rights.reversed()) if (right.upTo() == widest.upTo()) widest = right;
    say("rights", DENY, widest.clause());
  }

  /// What the action comes to, or -1 where that is not known.
  private long measured(String measure) {
    if (measure.equals("any")) return 0;
    if (measure.equals("percent") && action instanceof Action.Concede(_, var percent)) {
      return percent;
    }
    if (measure.equals("amount")) {
      if (action instanceof Action.TakeCommitment(_, var total)) return total.minor();
      var total = fact("quote.total");
      if (total != null && total.value() instanceof Value.Amount(var money)) return money.minor();
    }
    return -1;
  }

  /// "A bound on how often or how long: the highest count that is still permitted."
  private void limits() {
    if (!machine) return;
    policy
        .limits()
        .forEach((of, limits) -> {
          for (var limit : limits) {
            if (of.equals(kind) && wouldBe(limit.measure()) > limit.atMost()) {
              say("limits", limit.then(), limit.clause());
            }
          }
        });
    if (edge() == null) return;
    long taken = inquiry.state().counted().of("hand-offs." + role + ">" + target());
    if (taken + 1 > edge().bounceMax()) say("limits", DENY, edge().clause());
  }

  /// The count as it would be with this action in it.
  private long wouldBe(String measure) {
    long count = inquiry.state().counted().of(measure);
    if (measure.startsWith("kind:")) return count + (measure.equals("kind:" + kind) ? 1 : 0);
    return switch (measure) {
      case "speech" -> count + (action instanceof Action.Spoken ? 1 : 0);
      case "concessions" -> count + (action instanceof Action.Concede ? 1 : 0);
      case "hand-offs" -> count + (target() != null ? 1 : 0);
      case "turns", "rounds", "silences", "retries", "tokens" -> count;
      case "minutes" ->
          Duration.between(inquiry.state().opening().at(), inquiry.now().at()).toMinutes();
      default -> Long.MAX_VALUE; // "an unknown field: not permitted"
    };
  }

  /// "Hard limits on outreach intensity, differential treatment … override every other signal."
  private void fairness() {
    if (engine) return;
    var counted = inquiry.state().counted();
    policy
        .fairness()
        .forEach((of, rules) -> {
          for (var rule : rules) {
            if (!of.equals(kind)) continue;
            boolean first = action instanceof Action.Spoken && counted.of("voiced") == 0;
            long measured =
                switch (rule.measure()) {
                  case "unanswered" -> counted.of("unanswered") + (first ? 1 : 0);
                  case "attempts" ->
                      inquiry.now().standing().attempts()
                          + (action instanceof Action.InitiateContact ? 1 : 0);
                  case "percent" -> action instanceof Action.Concede(_, var p) ? p : 0;
                  default -> Long.MAX_VALUE;
                };
            if (measured > rule.atMost()) say("fairness", DENY, rule.clause());
          }
        });
  }

  /// "Claims that may not be made are blocked before they are voiced."
  private void language() {
    if (!(spokenOrSent() instanceof Words.Own(_, var features))) return;
    for (var feature : features) {
      for (var rule : policy.language()) {
        boolean bites =
            rule.signal().equals(feature.name())
                && (rule.values().isEmpty() || rule.values().contains(feature.value().shown()))
                && (rule.roles().isEmpty() || rule.roles().contains(role));
        boolean again = !rule.reframe() || inquiry.state().counted().of("reframed") > 0;
        if (bites) say("language", again ? rule.then() : DENY, rule.clause());
      }
      boolean price = feature.name().equals(Signal.PRICE);
      boolean off = feature.name().equals(Signal.DISCOUNT) && !feature.value().shown().equals("0");
      if (!price && !off || human) continue;
      boolean quoted = false;
      var names = price ? Set.of("quote.list", "quote.total") : Set.of("quote.percent");
      for (var name : new TreeSet<>(names)) {
        var fact = fact(name);
        quoted |=
            fact != null
                && fact.source() == Fact.Source.TOOL
                && inquiry.now().at().isBefore(fact.freshUntil())
                && fact.value().equals(feature.value());
      }
      if (!quoted) say("language", DENY, "engine");
    }
  }

  /// "Custom conditions can only tighten." "A check that throws is a DENY finding."
  private void custom() {
    policy
        .custom()
        .forEach((of, rules) -> {
          for (var rule : rules) {
            if (!of.equals(kind)) continue;
            try {
              if (rule.when().holds(inquiry)) say("custom", rule.then(), rule.clause());
            } catch (RuntimeException broken) {
              say("custom", DENY, rule.clause());
            }
          }
        });
  }
}
