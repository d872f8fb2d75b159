package baton.runtime.view;

import baton.handoff.Event;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One decision in words for a person, part by part: a fixed grammar over findings, never a model.
///
/// @param verdict `permit`, `defer`, `escalate` or `deny`
/// @param sign the verdict as a word: "Permitted"
/// @param heading who and what: "Closing may not concede 12 %"
/// @param outcome what came of it, or empty while nothing has
/// @param next what happens next, or empty
/// @param leading the strictest finding
/// @param others the other checks
public record Explained(
    String verdict,
    String sign,
    String heading,
    String outcome,
    String next,
    Leading leading,
    List<Other> others) {

  /// @param rule what the rule says
  /// @param owner who answers for the clause
  /// @param evidence what was read
  public record Leading(
      String check, String rule, String clause, String owner, List<Evidence> evidence) {}

  /// @param event number of the event that shows it, 0 where it was not known
  public record Evidence(String fact, long event) {}

  public record Other(String check, String verdict, String clause, String words) {}

  /// @param outcome `confirmed`, `failed`, `unknown` or `lapsed`, or empty while there is none
  /// @param shownBy number of the event that shows a fact, at the time of the decision
  static Explained of(
      Role role,
      Action action,
      Event.Decided decided,
      Optional<String> outcome,
      Map<String, Long> shownBy) {
    String whole = Explanation.heading(role, action, decided.verdict());
    int colon = whole.indexOf(": ");
    var findings = new ArrayList<>(decided.findings());
    // The first of the strictest leads; of those that have nothing against it, the mandate's does.
    var first =
        findings.stream()
            .min(
                Comparator.comparing(Finding::verdict, Comparator.reverseOrder())
                    .thenComparing(finding -> finding.code().equals("nothing-against"))
                    .thenComparing(finding -> !finding.check().equals("mandate")));
    first.ifPresent(findings::remove);
    return new Explained(
        Shown.kebab(decided.verdict().name()),
        whole.substring(0, colon),
        Explanation.sentence(whole.substring(colon + 2)),
        Explanation.cameOfIt(action, decided.verdict(), outcome),
        Explanation.next(decided.verdict()).strip(),
        first.map(finding -> leading(finding, shownBy)).orElse(NONE),
        findings.stream().map(Explained::other).toList());
  }

  private static final Leading NONE = new Leading("", "", "", "", List.of());

  private static Leading leading(Finding finding, Map<String, Long> shownBy) {
    return new Leading(
        finding.check(),
        rule(finding),
        finding.clause(),
        finding.owner(),
        finding.facts().stream()
            .map(fact -> new Evidence(fact, shownBy.getOrDefault(fact, 0L)))
            .toList());
  }

  private static Other other(Finding finding) {
    return new Other(
        finding.check(), Shown.kebab(finding.verdict().name()), finding.clause(), rule(finding));
  }

  private static String rule(Finding finding) {
    boolean silent =
        finding.verdict() == Verdict.PERMIT && finding.code().equals("nothing-against");
    if (!silent) return Explanation.of(finding);
    return finding.check().equals("mandate")
        ? "The role's mandate allows it, and nothing speaks against it."
        : "Nothing speaks against it.";
  }
}
