package baton.runtime.view;

import baton.handoff.Entry;
import baton.handoff.Event;
import baton.handoff.Permit;
import baton.handoff.action.Action;
import baton.handoff.agent.Origin;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One decision with all that was found, and what came of it.
///
/// @param verdict `permit`, `defer`, `escalate` or `deny`
/// @param policy hash of the policy that decided
/// @param permit an id or null
/// @param outcome `{state, reason?, facts?}`, or null while there is none
/// @param origin what the proposal came from, or null where no model was asked
public record DecisionView(
    long seq,
    Instant at,
    String role,
    long epoch,
    Map<String, Object> action,
    String verdict,
    List<FindingView> findings,
    String policy,
    String permit,
    Map<String, Object> outcome,
    String words,
    OriginView origin) {

  /// @param prompt hash of the prompt
  /// @param factors what kept the model from more; then something else answered in its place
  public record OriginView(
      String model,
      String version,
      String prompt,
      long tokensIn,
      long tokensOut,
      long millis,
      List<String> factors) {
    static OriginView of(Origin origin) {
      return new OriginView(
          origin.model(),
          origin.version(),
          origin.prompt(),
          origin.tokensIn(),
          origin.tokensOut(),
          origin.millis(),
          origin.factors());
    }
  }

  public record FindingView(
      String check, String verdict, String clause, String owner, String words) {}

  /// All decisions of a journal, in order.
  public static List<DecisionView> of(List<Entry> entries, Sight sight) {
    var shown = new Shown(sight);
    var all = Happened.in(entries);
    var proposals = new HashMap<Long, Event.Proposed>();
    var origins = new HashMap<Long, OriginView>();
    var outcomes = new HashMap<String, Map<String, Object>>();
    for (var happened : all) {
      switch (happened.event()) {
        case Event.Proposed proposed -> {
          proposals.put(happened.seq(), proposed);
          happened.origin().ifPresent(from -> origins.put(happened.seq(), OriginView.of(from)));
        }
        case Event.Settled settled ->
            outcomes.put(settled.permit(), shown.outcome(settled.outcome()));
        case Event.Lapsed lapsed ->
            outcomes.putIfAbsent(lapsed.permit(), result("lapsed", lapsed.reason()));
        case Event _ -> {}
      }
    }
    return all.stream()
        .filter(happened ->
            happened.event() instanceof Event.Decided decided
                && proposals.containsKey(decided.proposal()))
        .map(happened -> {
          var decided = (Event.Decided) happened.event();
          return view(
              happened,
              decided,
              proposals.get(decided.proposal()),
              origins.get(decided.proposal()),
              outcomes,
              shown);
        })
        .toList();
  }

  static List<FindingView> findings(List<Finding> findings) {
    return findings.stream()
        .map(finding ->
            new FindingView(
                finding.check(),
                Shown.kebab(finding.verdict().name()),
                finding.clause(),
                finding.owner(),
                Explanation.of(finding)))
        .toList();
  }

  private static DecisionView view(
      Happened happened,
      Event.Decided decided,
      Event.Proposed proposed,
      OriginView origin,
      Map<String, Map<String, Object>> outcomes,
      Shown shown) {
    var outcome = outcome(decided, proposed.action(), outcomes);
    return new DecisionView(
        happened.seq(),
        happened.at(),
        proposed.role().name(),
        proposed.epoch(),
        shown.action(proposed.action()),
        Shown.kebab(decided.verdict().name()),
        findings(decided.findings()),
        decided.permit().map(Permit::policy).orElse(happened.entry().now().policy()),
        decided.permit().map(Permit::id).orElse(null),
        outcome.orElse(null),
        Explanation.of(
            proposed.role(),
            proposed.action(),
            decided.verdict(),
            decided.findings(),
            outcome.map(result -> (String) result.get("state"))),
        origin);
  }

  /// An action on the conversation itself takes hold with its permission.
  private static Optional<Map<String, Object>> outcome(
      Event.Decided decided, Action action, Map<String, Map<String, Object>> outcomes) {
    var settled = decided.permit().map(permit -> outcomes.get(permit.id()));
    if (settled.isPresent()) return settled;
    boolean tookHold = decided.verdict() == Verdict.PERMIT && action instanceof Action.Inside;
    return tookHold ? Optional.of(result("confirmed", "")) : Optional.empty();
  }

  private static Map<String, Object> result(String state, String reason) {
    var result = new LinkedHashMap<String, Object>();
    result.put("state", state);
    if (!reason.isEmpty()) result.put("reason", reason);
    return result;
  }
}
