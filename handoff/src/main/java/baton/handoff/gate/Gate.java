package baton.handoff.gate;

import baton.handoff.policy.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The decision point: every check, all findings, and the strictest of them.
///
/// Findings form a lattice whose maximum is the decision, so the order of the checks cannot matter
/// and one more check can only tighten.
public final class Gate {
  private record Named(String name, Check check) {}

  private static final List<Named> NAMED =
      List.of(
          new Named("control", ControlCheck::judge),
          new Named("lease", LeaseCheck::judge),
          new Named("mandate", MandateCheck::judge),
          new Named("autonomy", AutonomyCheck::judge),
          new Named("scope", ScopeCheck::judge),
          new Named("consent", ConsentCheck::judge),
          new Named("compliance", ComplianceCheck::judge),
          new Named("certainty", CertaintyCheck::judge),
          new Named("rights", RightsCheck::judge),
          new Named("limits", LimitsCheck::judge),
          new Named("fairness", FairnessCheck::judge),
          new Named("language", LanguageCheck::judge),
          new Named("custom", CustomCheck::judge));

  /// Names of the checks, in the order in which findings are listed.
  public static final List<String> CHECKS = NAMED.stream().map(Named::name).toList();

  private Gate() {}

  /// @param findings at least one of each check
  public record Judgement(Verdict verdict, List<Finding> findings) {
    /// The findings that were as strict as the verdict.
    public List<Finding> decisive() {
      return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
    }
  }

  public static Judgement judge(Inquiry inquiry) {
    var findings = new ArrayList<Finding>(NAMED.size() + 2);
    var verdict = Verdict.PERMIT;
    for (var named : NAMED) {
      for (var finding : run(named, inquiry)) {
        findings.add(finding);
        verdict = verdict.or(finding.verdict());
      }
    }
    return new Judgement(verdict, findings);
  }

  /// A check that throws has not permitted.
  private static List<Finding> run(Named named, Inquiry inquiry) {
    try {
      return named.check.judge(inquiry);
    } catch (RuntimeException broken) {
      var failure = Map.of("failure", broken.getClass().getSimpleName());
      return List.of(Finding.of(named.name, Verdict.DENY, Clause.ENGINE, "check-failed", failure));
    }
  }
}
