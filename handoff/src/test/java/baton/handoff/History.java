package baton.handoff;

import baton.handoff.Circumstances.Control;
import baton.handoff.Circumstances.Standing;
import baton.handoff.Circumstances.Versions;
import baton.handoff.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One generated history: a seed, a policy or two, hostile agents, an unreliable shell and a buyer
/// who says anything. What the shell knows of controls, policy and opt-outs may lag behind.
final class History {
  private static final Control PAUSED = new Control(false, "engine", 1);

  /// What happened in one step, for the invariants to judge.
  ///
  /// @param entry empty where nothing changed
  record Moment(
      Kernel kernel,
      Map<String, Policy> policies,
      Map<String, Policy> tighter,
      List<Entry> journal,
      State before,
      Command command,
      Circumstances now,
      Decision decision,
      Optional<Entry> entry,
      State after,
      ClaimsModel claims,
      Dice dice) {
    Policy policy() {
      return policies.get(now.policy());
    }
  }

  final Dice dice;
  final List<Entry> journal = new ArrayList<>();
  final List<Permit> permits = new ArrayList<>();
  ClaimsModel claims = new ClaimsModel();
  State state;
  Instant at = Vocabulary.START;
  private final Kernel kernel;
  private final GeneratedCommand commands;
  private final Map<String, Policy> policies = new HashMap<>();
  private final Map<String, Policy> tighter = new HashMap<>();
  private Policy active;
  private Policy seen;
  private boolean running = true;
  private Control control = Control.RUNNING;
  private Standing standing = Standing.CLEAR;
  private final int standingSeen;
  private int conversations;
  private int afterTheEnd;

  History(long seed, Kernel kernel) {
    dice = new Dice(seed);
    this.kernel = kernel;
    standingSeen = dice.oneOf(60, 60, 60, 3);
    commands = new GeneratedCommand(this);
    active = nextPolicy();
    seen = active;
    begin();
  }

  private void begin() {
    state = Conversation.blank(new ConversationId("default", "c" + ++conversations));
    journal.clear();
    permits.clear();
    claims = new ClaimsModel();
    standing = Standing.CLEAR;
    afterTheEnd = 0;
  }

  private Policy nextPolicy() {
    String hash = "p" + policies.size();
    var sketch = GeneratedPolicy.sketch(dice, hash);
    if (dice.chance(85)) GeneratedPolicy.rights(dice, sketch);
    var policy = sketch.compile();
    policies.put(hash, policy);
    for (int i = 0; i < 3; i++) GeneratedPolicy.tighten(dice, sketch, 100 + i);
    tighter.put(hash, sketch.compile());
    return policy;
  }

  /// One command, decided and folded.
  Moment step() {
    if (afterTheEnd > 6) begin();
    if (state instanceof State.Closed) afterTheEnd++;
    drift();
    var command = commands.next();
    var now = circumstances();
    var before = state;
    var decision = kernel.decide(before, command, now, seen);
    Optional<Entry> entry = Optional.empty();
    if (decision instanceof Decision.Accepted(var events)) {
      var taken = new Entry(before.seq() + 1, command, now, events);
      entry = Optional.of(taken);
      state = kernel.evolve(before, taken);
      journal.add(taken);
      remember(taken);
    }
    return new Moment(
        kernel, policies, tighter, journal, before, command, now, decision, entry, state, claims,
        dice);
  }

  private void remember(Entry entry) {
    for (var event : entry.events()) {
      if (event instanceof Event.Decided decided) decided.permit().ifPresent(permits::add);
    }
    var live = last();
    claims.advance(live.authority(), live.known().optedOut());
  }

  /// The conversation as it stands or stood. Only after its first event.
  State.Live last() {
    return switch (state) {
      case State.Live live -> live;
      case State.Closed(var closed, _) -> closed;
      case State.Blank _ -> throw new IllegalStateException("nothing has happened");
    };
  }

  /// The policy that the shell knows of.
  Policy policy() {
    return seen;
  }

  private void drift() {
    at = at.plusSeconds(dice.chance(75) ? dice.below(4) : dice.below(dice.chance(80) ? 60 : 900));
    if (dice.chance(running ? 2 : 20)) running = !running;
    if (dice.chance(1)) active = nextPolicy();
    if (dice.chance(1) && dice.chance(20)) claims.optOutElsewhere();
    if (dice.chance(60)) control = running ? Control.RUNNING : PAUSED;
    if (dice.chance(60)) seen = active;
    if (dice.chance(4)) claims.attemptElsewhere();
    if (dice.chance(standingSeen)) standing = new Standing(claims.optedOut(), claims.attempts());
  }

  private Circumstances circumstances() {
    var jump = dice.chance(2) ? Duration.ofSeconds(dice.below(40)) : Duration.ZERO;
    var versions = new Versions(Conversation.KERNEL, seen.lexicon(), "2026a");
    return new Circumstances(at.minus(jump), control, standing, 1, seen.hash(), versions);
  }

  ClaimsModel.Answer claim(Permit permit) {
    return claims.claim(permit, running, active.hash(), at);
  }
}
