package baton.simulation;

import baton.handoff.Outcome;
import baton.handoff.gate.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a test says of a stretch of a conversation. A failure prints the whole conversation with
/// every verdict.
public final class Then {
  private final Story story;
  private final List<Happening> happenings;
  private final Set<Integer> accounted = new HashSet<>();

  Then(Story story, List<Happening> happenings) {
    this.story = story;
    this.happenings = happenings;
  }

  /// Who has the conversation now: a role, `human`, or `nobody`.
  public Then holder(String role) {
    account(each -> each instanceof Happening.Held);
    var now = story.holder();
    return now.equals(role) ? this : fail(role + " was to have the conversation, not " + now);
  }

  /// These words, among others, reached the buyer.
  public Then said(String words) {
    return expect(
        each -> each instanceof Happening.Said said && said.text().contains(words),
        "the buyer was to be told \"" + words + "\"");
  }

  public Then saidNothingOf(String words) {
    boolean said =
        happenings.stream()
            .anyMatch(each -> each instanceof Happening.Said s && s.text().contains(words));
    return said ? fail("the buyer was not to be told \"" + words + "\"") : this;
  }

  /// @param disclosure its id in the policy
  public Then disclosed(String disclosure) {
    return expect(
        each -> each instanceof Happening.Said said && said.disclosure().equals(disclosure),
        "the disclosure " + disclosure + " was to be made");
  }

  /// @param action its kind, such as `concede`
  /// @param clause the clause of the policy that denied it
  public Then wasDenied(String action, String clause) {
    return stopped(action, clause, Verdict.DENY);
  }

  public Then wasDeferred(String action, String clause) {
    return stopped(action, clause, Verdict.DEFER);
  }

  public Then wasEscalated(String action, String clause) {
    return stopped(action, clause, Verdict.ESCALATE);
  }

  private Then stopped(String action, String clause, Verdict verdict) {
    return expect(
        each ->
            each instanceof Happening.Stopped stopped
                && stopped.kind().equals(action)
                && stopped.verdict() == verdict
                && stopped.findings().stream()
                    .anyMatch(found -> found.verdict() == verdict && found.clause().equals(clause)),
        action + " was to meet " + Story.lower(verdict) + " by " + clause);
  }

  /// An action took place outside, once.
  ///
  /// @param action its kind, such as `book`
  public Then effect(String action) {
    return effect(action, Map.of());
  }

  /// The same, and told these facts, as they are shown.
  public Then effect(String action, Map<String, String> facts) {
    var found =
        happenings.stream()
            .filter(each ->
                each instanceof Happening.Done done
                    && done.kind().equals(action)
                    && done.outcome() instanceof Outcome.Confirmed)
            .toList();
    if (found.size() != 1) {
      return fail(action + " was to take place once, not " + found.size() + " times");
    }
    var told = ((Outcome.Confirmed) ((Happening.Done) found.getFirst()).outcome()).facts();
    for (var fact : facts.entrySet()) {
      var value = told.get(fact.getKey());
      if (value == null || !Story.shown(value).equals(fact.getValue())) {
        return fail(
            action
                + " was to tell "
                + fact.getKey()
                + " "
                + fact.getValue()
                + ", not "
                + (value == null ? "nothing" : Story.shown(value)));
      }
    }
    return account(found::contains);
  }

  /// An action was tried outside and did not take place.
  public Then failed(String action, String reason) {
    return expect(
        each ->
            each instanceof Happening.Done done
                && done.kind().equals(action)
                && done.outcome() instanceof Outcome.Failed(var why)
                && why.equals(reason),
        action + " was to fail for " + reason);
  }

  /// An action was tried outside, and nobody knows what came of it. It is looked up.
  public Then outcomeUnknown(String action) {
    return expect(
        each ->
            each instanceof Happening.Done done
                && done.kind().equals(action)
                && done.outcome() instanceof Outcome.Unknown,
        "nobody was to know what came of " + action);
  }

  /// What is known, as it is shown: a sealed value cannot be asked for.
  public Then fact(String name, String value) {
    var known = story.fact(name);
    if (known.isEmpty()) return fail(name + " was to be known");
    var shown = Story.shown(known.get());
    return shown.equals(value) ? this : fail(name + " was to be " + value + ", not " + shown);
  }

  /// @param state `granted`, `refused`, `withdrawn` or `unclear`
  public Then consent(String purpose, String state) {
    return expect(
        each -> each.equals(new Happening.Consented(purpose, state)),
        "consent to " + purpose + " was to be " + state);
  }

  public Then optedOut() {
    return expect(each -> each instanceof Happening.OptedOut, "the buyer was to be opted out");
  }

  public Then escalated(String reason) {
    return expect(
        each -> each.equals(new Happening.Escalated(reason)),
        "a person was to be asked, for " + reason);
  }

  /// Something waits for somebody's yes.
  public Then waitsFor(String right) {
    return expect(each -> each.equals(new Happening.Waits(right)), "it was to wait for " + right);
  }

  public Then closed(String reason) {
    return expect(
        each -> each.equals(new Happening.Closed(reason)), "it was to be closed for " + reason);
  }

  /// Whatever was done, stopped, consented to, passed on, escalated or closed has been named in
  /// this chain. What was said and heard, and that the buyer left, need not be.
  public Then nothingElseHappened() {
    var others = new ArrayList<String>();
    for (int i = 0; i < happenings.size(); i++) {
      boolean words =
          happenings.get(i) instanceof Happening.Said
              || happenings.get(i) instanceof Happening.Heard
              || happenings.get(i) instanceof Happening.Left;
      if (!words && !accounted.contains(i)) others.add(happenings.get(i).line().strip());
    }
    return others.isEmpty()
        ? this
        : fail("nothing else was to happen, and there was: " + String.join("; ", others));
  }

  private Then expect(Predicate<Happening> wanted, String what) {
    return happenings.stream().anyMatch(wanted) ? account(wanted) : fail(what);
  }

  private Then account(Predicate<Happening> named) {
    for (int i = 0; i < happenings.size(); i++) {
      if (named.test(happenings.get(i))) accounted.add(i);
    }
    return this;
  }

  private Then fail(String what) {
    var stretch = happenings.stream().map(Happening::line).collect(Collectors.joining("\n"));
    throw new AssertionError(
        what + "\n\nSince the last then():\n" + stretch + "\n\nThe whole:\n" + story.all());
  }
}
