package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.fact.Signal;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.Autonomy.Level;
import baton.handoff.policy.Policy.SafeState;
import baton.handoff.policy.Policy.Transition.Needed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;

/// Policies by chance, within the shapes that a document can have.
public final class GeneratedPolicy {
  static final Role[] AGENTS = {Role.BOOKING, Role.TRANSFER, Role.CLOSING};
  static final String[] KINDS = kinds();
  private static final String[] LINES = {
    "moment", "stopped", "goodbye", "silent", "sorry", "human-soon", "disclosure-ai"
  };

  private GeneratedPolicy() {}

  private static String[] kinds() {
    var kinds = new TreeSet<>(Action.KINDS);
    kinds.add("tool:probe");
    return kinds.toArray(String[]::new);
  }

  public static Policy policy(Dice dice, String hash) {
    return sketch(dice, hash).compile();
  }

  public static PolicySketch sketch(Dice dice, String hash) {
    var sketch = dice.chance(60) ? Policies.sketch() : bare(dice);
    sketch.hash(hash);
    sketch.start = dice.oneOf(AGENTS);
    sketch.inbound = dice.chance(70);
    for (int i = dice.below(12); i > 0; i--) tighten(dice, sketch, i);
    for (int i = dice.below(4); i > 0; i--) loosen(dice, sketch);
    if (dice.chance(30)) {
      sketch.outreach("email", Duration.ofSeconds(dice.between(30, 300)), Duration.ofHours(1));
      sketch.level("initiate-contact", Level.BOUNDED, "");
      if (dice.chance(50)) sketch.fair("initiate-contact", "attempts", dice.between(1, 3));
    }
    sketch.timing =
        new Policy.Timing(
            Duration.ofSeconds(dice.between(5, 60)),
            Duration.ofSeconds(dice.between(5, 60)),
            Duration.ofSeconds(dice.between(30, 300)),
            Duration.ofSeconds(dice.between(60, 900)),
            Duration.ofSeconds(dice.between(20, 120)),
            Duration.ofHours(1));
    sketch.fallbacks =
        new Policy.Fallbacks(
            dice.between(1, 3), dice.between(1, 6), dice.oneOf(SafeState.values()));
    return sketch;
  }

  /// Everything granted, nothing asked: what is added to it bites by itself.
  private static PolicySketch bare(Dice dice) {
    var sketch = new PolicySketch();
    for (var line : LINES) {
      if (dice.chance(90)) {
        sketch.line(line, !line.startsWith("disclosure"), line.equals("stopped"));
      }
    }
    for (var kind : KINDS) sketch.level(kind, Level.BOUNDED, "");
    for (var role : AGENTS) {
      var all = Set.of("*");
      sketch.mandate(role, PolicySketch.scope(role, all, all, all, -1), Set.of(KINDS), Set.of());
    }
    var all = Set.of("*");
    sketch.mandate(
        Role.HUMAN, PolicySketch.scope(Role.HUMAN, all, all, all, -1), Set.of(KINDS), Set.of());
    for (var from : AGENTS) {
      for (var to : AGENTS) {
        if (!from.equals(to) && dice.chance(70)) {
          sketch.edge(from, to, dice.oneOf(SafeState.values()), dice.between(1, 4));
        }
      }
      sketch.edge(from, Role.HUMAN, dice.oneOf(SafeState.values()), dice.between(1, 4));
    }
    return sketch;
  }

  private static void loosen(Dice dice, PolicySketch sketch) {
    switch (dice.below(3)) {
      case 0 -> sketch.disclosures.remove(dice.oneOf(KINDS));
      case 1 -> sketch.consents.remove(dice.oneOf(KINDS));
      default -> sketch.certainty.remove(dice.oneOf(KINDS));
    }
  }

  /// Adds a clause that can only make the policy stricter.
  public static void tighten(Dice dice, PolicySketch sketch, int number) {
    String kind = dice.oneOf(KINDS);
    var role = dice.oneOf(AGENTS);
    switch (dice.below(13)) {
      case 0 -> sketch.never(role, kind);
      case 1 -> level(dice, sketch, kind);
      case 2 -> narrow(dice, sketch, role);
      case 3 -> sketch.limit(kind, measure(dice), dice.below(5), strict(dice));
      case 4 -> sketch.disclosure(kind, dice.oneOf("ai", "rec"), "disclosure-ai", dice.chance(60));
      case 5 -> sketch.consent(kind, dice.oneOf("contact", "data-use", "recording"));
      case 6 -> sketch.hours(kind, dice.below(12), dice.between(12, 23), dice.chance(50));
      case 7 -> sketch.certain(kind, dice.below(100), dice.some(30, "product", "choice", "quote"));
      case 8 -> sketch.fair(kind, dice.oneOf("unanswered", "percent", "attempts"), dice.below(5));
      case 9 ->
          sketch.words(
              dice.oneOf(Signal.CLAIM, Signal.PRESSURE, Signal.DISCOUNT),
              dice.chance(50) ? Set.of() : Set.of("x"),
              dice.chance(50) ? Set.of() : Set.of(role),
              dice.chance(30),
              strict(dice));
      case 10 -> custom(dice, sketch, kind, number);
      case 11 -> guard(dice, sketch, role);
      default -> sketch.autonomy.remove(kind);
    }
  }

  /// Adds rights, which may make a policy stricter or not.
  public static void rights(Dice dice, PolicySketch sketch) {
    String kind = dice.oneOf("concede", "take-commitment", "quote", "book", "request-commitment");
    String measure = dice.oneOf("percent", "amount", "any");
    sketch.rights.remove(kind);
    for (int i = dice.between(1, 3); i > 0; i--) {
      long upTo = measure.equals("percent") ? dice.below(40) : dice.below(60) * 1_000L;
      if (dice.chance(50)) sketch.roleRight(kind, dice.oneOf(AGENTS), measure, upTo);
      else sketch.operatorRight(kind, "lead-" + dice.below(2), measure, upTo);
    }
  }

  private static void level(Dice dice, PolicySketch sketch, String kind) {
    var old = sketch.autonomy.get(kind);
    if (old == null || old.level() != Level.BOUNDED) return;
    sketch.level(kind, dice.oneOf(Level.OFF, Level.ASSIST), "lead-" + dice.below(2));
  }

  private static void narrow(Dice dice, PolicySketch sketch, Role role) {
    var old = sketch.mandates.get(role).scope();
    long most = dice.below(60) * 1_000L;
    sketch.scope(
        role,
        PolicySketch.scope(
            role,
            both(old.products(), dice.some(50, "team")),
            both(old.channels(), dice.some(70, "chat", "email", "phone")),
            both(old.crmFields(), dice.some(50, "product", "next-step")),
            old.priceTo().isPresent() ? Math.min(old.priceTo().get().minor(), most) : most));
  }

  private static Set<String> both(Set<String> old, Set<String> next) {
    if (old.contains("*")) return next;
    var both = new TreeSet<>(old);
    both.retainAll(next);
    return both;
  }

  private static void guard(Dice dice, PolicySketch sketch, Role from) {
    if (sketch.transitions.isEmpty()) return;
    var edge = dice.oneOf(sketch.transitions);
    if (dice.chance(15)) {
      sketch.transitions.remove(edge);
      return;
    }
    var needed = new ArrayList<>(edge.requires());
    needed.add(new Needed(dice.oneOf("product", "quote"), dice.below(100)));
    sketch.edge(
        new Policy.Transition(
            edge.clause(),
            edge.from(),
            edge.to(),
            dice.chance(50) ? needed : edge.requires(),
            dice.chance(30) ? Set.of("meeting") : edge.confirmations(),
            dice.chance(30) && edge.consents().isEmpty() ? Set.of("data-use") : edge.consents(),
            edge.contract(),
            Math.min(edge.bounceMax(), dice.between(1, 4)),
            edge.answerWithin(),
            edge.otherwise()));
  }

  private static void custom(Dice dice, PolicySketch sketch, String kind, int number) {
    int limit = dice.below(4);
    boolean breaks = dice.chance(20);
    sketch.custom(
        kind,
        "c" + number,
        inquiry -> {
          boolean many = inquiry.state().counted().of("turns") > limit;
          if (many && breaks)
            throw new IllegalStateException("a condition that cannot be worked out");
          return many;
        },
        strict(dice));
  }

  private static String measure(Dice dice) {
    return dice.oneOf(
        "turns",
        "speech",
        "rounds",
        "silences",
        "concessions",
        "hand-offs",
        "retries",
        "minutes",
        "tokens",
        "kind:" + dice.oneOf(KINDS),
        "no-such-measure");
  }

  private static Verdict strict(Dice dice) {
    return dice.oneOf(Verdict.DEFER, Verdict.ESCALATE, Verdict.DENY);
  }
}
