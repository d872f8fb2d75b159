package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy.Right;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Who may permit what lies beyond a threshold? The lowest right that covers the action and that
/// somebody here can use applies: the role's own permits, an operator's needs an approval.
final class RightsCheck {
  private static final String NAME = "rights";

  private RightsCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var role = inquiry.proposal().role();
    var rights = inquiry.policy().rights().getOrDefault(inquiry.kind(), List.of());
    if (rights.isEmpty() || role.equals(Role.ENGINE)) return List.of(Finding.permit(NAME));
    Right lowest = null;
    Right highest = null;
    for (var right : rights) {
      var measured = measured(inquiry, right.measure());
      if (measured.isEmpty()) {
        return List.of(Finding.of(NAME, Verdict.DENY, right.clause(), "amount-unknown", Map.of()));
      }
      if (highest == null || right.upTo() > highest.upTo()) highest = right;
      if (!usable(right, role) || measured.getAsLong() > right.upTo()) continue;
      if (lowest == null || right.upTo() < lowest.upTo()) lowest = right;
    }
    if (lowest == null) {
      var details = Map.of("limit", Long.toString(highest.upTo()), "measure", highest.measure());
      return List.of(Finding.of(NAME, Verdict.DENY, highest.clause(), "right-exceeded", details));
    }
    return List.of(applied(inquiry, role, lowest));
  }

  private static boolean usable(Right right, Role role) {
    return switch (right.holder()) {
      case Right.Holder.ByRole(var holder) -> holder.equals(role);
      case Right.Holder.ByOperator _ -> true;
    };
  }

  private static Finding applied(Inquiry inquiry, Role role, Right right) {
    var details =
        Map.of(
            "right", right.id(),
            "limit", Long.toString(right.upTo()),
            "measure", right.measure());
    return switch (right.holder()) {
      case Right.Holder.ByRole _ -> Finding.permit(NAME, right.clause());
      case Right.Holder.ByOperator _ when role.equals(Role.HUMAN) ->
          Finding.permit(NAME, right.clause());
      case Right.Holder.ByOperator _ when inquiry.approvedUnder(right.id()) ->
          Finding.of(NAME, Verdict.PERMIT, right.clause(), "approved", details);
      case Right.Holder.ByOperator _ ->
          Finding.of(NAME, Verdict.ESCALATE, right.clause(), "right-needed", details)
              .reading(rests(inquiry.proposal().action()));
    };
  }

  /// The facts an approval would rest on: when one changes, the yes was to something else.
  private static List<String> rests(Action action) {
    return switch (action) {
      case Action.Concede _ -> List.of("product", "quote", "quote.list", "seats");
      case Action.TakeCommitment _, Action.RequestCommitment _ -> List.of("quote", "quote.total");
      case Action _ -> List.of();
    };
  }

  private static OptionalLong measured(Inquiry inquiry, String measure) {
    return switch (measure) {
      case "any" -> OptionalLong.of(0);
      case "percent" ->
          inquiry.proposal().action() instanceof Action.Concede(_, var percent)
              ? OptionalLong.of(percent)
              : OptionalLong.empty();
      case "amount" -> amount(inquiry);
      default -> OptionalLong.empty();
    };
  }

  private static OptionalLong amount(Inquiry inquiry) {
    if (inquiry.proposal().action() instanceof Action.TakeCommitment(_, var total)) {
      return OptionalLong.of(total.minor());
    }
    var quoted = inquiry.state().known().facts().get("quote.total");
    return quoted != null && quoted.value() instanceof Value.Amount(var money)
        ? OptionalLong.of(money.minor())
        : OptionalLong.empty();
  }
}
