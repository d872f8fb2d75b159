package baton.simulation.scenario;

import baton.handoff.gate.Verdict;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.Problems;
import baton.persistence.policy.Tree;
import baton.simulation.scenario.Expectation.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what is expected, and says where it can never be met.
record ExpectationReader(PolicyDocument policy, Vocabulary vocabulary, Problems problems) {
  private static final List<String> KEYS =
      List.of(
          "holder",
          "closed",
          "effect",
          "no-effect",
          "said",
          "never-said",
          "denied",
          "deferred",
          "escalated",
          "waits",
          "person-asked",
          "opted-out",
          "consent",
          "fact");
  private static final Set<String> CONSENTS =
      Set.of("granted", "refused", "withdrawn", "unclear", "unknown");
  private static final Pattern STOPPED = Pattern.compile("(\\S+) by (\\S+)");

  /// Expectations with where they stand.
  private record Placed(Tree at, Expectation expectation) {}

  List<Expectation> read(List<Tree> trees) {
    var placed = new ArrayList<Placed>();
    for (var tree : trees) {
      var keys = KEYS.stream().filter(key -> tree.get(key).isPresent()).toList();
      if (keys.size() != 1) {
        problems.add(
            tree.at(),
            "an expectation is one of " + String.join(", ", KEYS) + ": write one of them");
        continue;
      }
      wanted(keys.getFirst(), tree)
          .map(wanted ->
              new Expectation(wanted, percent(tree, "at-least"), percent(tree, "at-most")))
          .ifPresent(expectation -> placed.add(new Placed(tree, expectation)));
    }
    placed.forEach(this::shares);
    for (int i = 0; i < placed.size(); i++) {
      for (var earlier : placed.subList(0, i)) contradict(earlier, placed.get(i));
    }
    return placed.stream().map(Placed::expectation).toList();
  }

  private static OptionalInt percent(Tree tree, String name) {
    return tree.get(name).isPresent()
        ? OptionalInt.of((int) tree.whole(name))
        : OptionalInt.empty();
  }

  private Optional<Wanted> wanted(String key, Tree tree) {
    var text = tree.text(key);
    var at = tree.get(key).orElseThrow();
    return switch (key) {
      case "holder" -> known(at, text, vocabulary.roles(), "role", new Wanted.Holder(text));
      case "closed" -> Optional.of(new Wanted.Closed(text));
      case "effect" -> effect(at, text, new Wanted.Effect(text));
      case "no-effect" -> effect(at, text, new Wanted.NoEffect(text));
      case "said" -> said(at).map(Wanted.Said::new);
      case "never-said" -> said(at).map(Wanted.NeverSaid::new);
      case "denied" -> stopped(Verdict.DENY, at, text);
      case "deferred" -> stopped(Verdict.DEFER, at, text);
      case "escalated" -> stopped(Verdict.ESCALATE, at, text);
      case "waits" -> known(at, text, vocabulary.rights(), "right", new Wanted.Waits(text));
      case "person-asked" -> Optional.of(new Wanted.PersonAsked(text));
      case "opted-out" -> Optional.of(new Wanted.OptedOut(tree.truth(key)));
      case "consent" -> consent(at);
      default -> pair(at).map(pair -> new Wanted.Known(pair.name(), pair.value()));
    };
  }

  private Optional<Wanted> known(
      Tree at, String name, Set<String> names, String what, Wanted wanted) {
    Vocabulary.known(at, name, names, what, problems);
    return names.contains(name) ? Optional.of(wanted) : Optional.empty();
  }

  private Optional<Wanted> effect(Tree at, String kind, Wanted wanted) {
    if (vocabulary.kinds().contains(kind)
        && !vocabulary.effects().contains(kind)
        && wanted instanceof Wanted.Effect) {
      problems.add(
          at.at(),
          "no role of this policy has a tool do "
              + kind
              + ": expect what is done outside, or words with said");
      return Optional.empty();
    }
    return known(at, kind, vocabulary.kinds(), "action", wanted);
  }

  /// Words, or those of a fixed line.
  private Optional<String> said(Tree at) {
    if (at instanceof Tree.Text(_, var text)) return Optional.of(text);
    var line = at.text("line");
    Vocabulary.known(at.get("line").orElse(at), line, vocabulary.lines(), "line", problems);
    return Optional.ofNullable(policy.policy().lines().get(line)).map(found -> found.text());
  }

  private Optional<Wanted> stopped(Verdict verdict, Tree at, String text) {
    var parts = STOPPED.matcher(text);
    if (!parts.matches()) {
      problems.add(
          at.at(),
          "\""
              + text
              + "\" names no action and clause: write it as in concede by limit.concessions");
      return Optional.empty();
    }
    Vocabulary.known(at, parts.group(1), vocabulary.kinds(), "action", problems);
    Vocabulary.known(at, parts.group(2), vocabulary.clauses(), "clause", problems);
    return Optional.of(new Wanted.Stopped(verdict, parts.group(1), parts.group(2)));
  }

  private record Pair(Tree at, String name, String value) {}

  private static Optional<Pair> pair(Tree at) {
    return at instanceof Tree.Members(_, var values, _)
        ? values.entrySet().stream()
            .filter(each -> each.getValue() instanceof Tree.Text)
            .map(each ->
                new Pair(each.getValue(), each.getKey(), ((Tree.Text) each.getValue()).value()))
            .findFirst()
        : Optional.empty();
  }

  private Optional<Wanted> consent(Tree at) {
    var pair = pair(at);
    pair.ifPresent(it -> {
      Vocabulary.known(at, it.name(), vocabulary.purposes(), "consent to", problems);
      if (!CONSENTS.contains(it.value())) {
        problems.add(
            it.at().at(),
            "a consent is granted, refused, withdrawn, unclear or unknown: write one of them");
      }
    });
    return pair.map(it -> new Wanted.Consented(it.name(), it.value()));
  }

  // --- what can never be

  private void shares(Placed placed) {
    var least = placed.expectation().atLeast();
    var most = placed.expectation().atMost();
    if (least.isPresent() && most.isPresent() && least.getAsInt() > most.getAsInt()) {
      problems.add(
          placed.at().at(), "at-least is more than at-most: this can never be met, correct one");
    }
  }

  private void contradict(Placed earlier, Placed later) {
    if (least(earlier.expectation()) + least(later.expectation()) <= 100) return;
    var one = earlier.expectation().wanted();
    var other = later.expectation().wanted();
    if (!excludes(one, other) && !excludes(other, one)) return;
    problems.add(
        later.at().at(),
        one.words()
            + " (line "
            + earlier.at().at().line()
            + ") and "
            + other.words()
            + " exclude each other: take one out");
  }

  /// The least percent of the conversations in which it is to be met.
  private static int least(Expectation expectation) {
    return expectation.isShare() ? expectation.atLeast().orElse(0) : 100;
  }

  private static boolean excludes(Wanted one, Wanted other) {
    return switch (one) {
      case Wanted.Effect(var kind) -> other.equals(new Wanted.NoEffect(kind));
      case Wanted.Said(var text) ->
          other instanceof Wanted.NeverSaid(var never) && text.contains(never);
      case Wanted.Holder(var role) ->
          other instanceof Wanted.Holder(var second) && !second.equals(role)
              || other instanceof Wanted.Closed && !role.equals("nobody");
      case Wanted.Closed(var reason) ->
          other instanceof Wanted.Closed(var second) && !second.equals(reason);
      case Wanted.OptedOut(var whether) -> other.equals(new Wanted.OptedOut(!whether));
      case Wanted.Consented(var purpose, var state) ->
          other instanceof Wanted.Consented(var second, var now)
              && second.equals(purpose)
              && !now.equals(state);
      case Wanted.Known(var fact, var value) ->
          other instanceof Wanted.Known(var second, var now)
              && second.equals(fact)
              && !now.equals(value);
      case Wanted.NoEffect _,
          Wanted.NeverSaid _,
          Wanted.Stopped _,
          Wanted.Waits _,
          Wanted.PersonAsked _ ->
          false;
    };
  }
}
