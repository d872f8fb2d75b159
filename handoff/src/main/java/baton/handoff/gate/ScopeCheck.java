package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.State;
import baton.handoff.action.Action;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Is the action within the products, channels, segments, fields and prices of the role, and is a
/// hand-off an edge of the transition table?
final class ScopeCheck {
  private static final String NAME = "scope";

  private ScopeCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var role = inquiry.proposal().role();
    if (role.equals(Role.ENGINE)) return List.of(Finding.permit(NAME));
    var mandate = inquiry.policy().mandates().get(role);
    if (mandate == null) {
      return List.of(
          Finding.of(
              NAME, Verdict.DENY, Clause.ENGINE, "mandate-missing", Map.of("role", role.name())));
    }
    var scope = mandate.scope();
    var found = new ArrayList<Finding>(2);
    within(found, scope, scope.channels(), channel(inquiry.state()), "channel");
    other(inquiry.proposal().action())
        .ifPresent(channel -> within(found, scope, scope.channels(), channel, "channel"));
    String segment = inquiry.state().opening().buyer().segment();
    if (!segment.isEmpty()) within(found, scope, scope.segments(), segment, "segment");
    switch (inquiry.proposal().action()) {
      case Action.Quote(var product, _) ->
          within(found, scope, scope.products(), product, "product");
      case Action.WriteCrm(var fields) ->
          fields.keySet().forEach(field -> within(found, scope, scope.crmFields(), field, "field"));
      case Action.TakeCommitment(_, var total) -> price(found, scope, total);
      case Action.RequestCommitment _ -> priceOfQuote(found, scope, inquiry.state());
      case Action.RequestHandOff(var to, _) -> edge(found, inquiry, to);
      case Action.TransferToHuman _ -> edge(found, inquiry, Role.HUMAN);
      case Action _ -> {}
    }
    return found.isEmpty() ? List.of(Finding.permit(NAME, scope.clause())) : found;
  }

  /// The channel of the contact that is going on, else the one the conversation began over.
  static String channel(State.Live state) {
    var contacts = state.known().contacts();
    return contacts.isEmpty() ? state.opening().channel() : contacts.getLast().channel();
  }

  /// The channel that the action itself would use.
  private static Optional<String> other(Action action) {
    return switch (action) {
      case Action.InitiateContact(var channel) -> Optional.of(channel);
      case Action.SendMessage(var channel, _) -> Optional.of(channel);
      case Action.Record(var channel) -> Optional.of(channel);
      case Action.ScheduleFollowUp(_, var channel) -> Optional.of(channel);
      case Action _ -> Optional.empty();
    };
  }

  private static void within(
      List<Finding> found, Scope scope, Set<String> allowed, String name, String what) {
    if (allowed.contains(name) || allowed.contains("*")) return;
    found.add(
        Finding.of(NAME, Verdict.DENY, scope.clause(), what + "-out-of-scope", Map.of(what, name)));
  }

  private static void price(List<Finding> found, Scope scope, Money total) {
    if (scope.priceTo().isEmpty()) return;
    var most = scope.priceTo().get();
    if (most.currency().equals(total.currency()) && total.minor() <= most.minor()) return;
    var details = Map.of("limit", shown(most), "needed", shown(total));
    found.add(Finding.of(NAME, Verdict.DENY, scope.clause(), "price-out-of-scope", details));
  }

  private static void priceOfQuote(List<Finding> found, Scope scope, State.Live state) {
    var total = state.known().facts().get("quote.total");
    if (total != null && total.value() instanceof Value.Amount(var money)) {
      price(found, scope, money);
    } else {
      found.add(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, "amount-unknown", Map.of()));
    }
  }

  private static void edge(List<Finding> found, Inquiry inquiry, Role to) {
    var from = inquiry.proposal().role();
    if (inquiry.policy().transition(from, to).isPresent()) return;
    var details = Map.of("from", from.name(), "to", to.name());
    found.add(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, "no-such-transition", details));
  }

  private static String shown(Money money) {
    return Value.of(money).shown();
  }
}
