package baton.handoff.gate;

import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.crm;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.mail;
import static baton.handoff.Vocabulary.quote;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.toHuman;
import static baton.handoff.Vocabulary.words;

import baton.handoff.PolicySketch;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.policy.Policy.SafeState;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Is the action within what the role was given?
class ScopeCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void withinItsScopeItIsPermittedByTheScopesClause() {
    scope(Set.of("team"), Set.of("chat"), Set.of("product"), 500);
    sketch.expect("scope", speak(), "permit nothing-against scope.booking");
  }

  @Test
  void aRoleWithoutAMandateHasNoScope() {
    sketch.expect("scope", speak(), "deny mandate-missing engine");
  }

  @Test
  void theContactsChannelMustBeTheRoles() {
    scope(Set.of(), Set.of("chat"), Set.of(), -1);
    sketch.contact("phone").expect("scope", speak(), "deny channel-out-of-scope scope.booking");
  }

  @Test
  void theActionsOwnChannelMustBeTheRolesToo() {
    scope(Set.of(), Set.of("chat"), Set.of(), -1);
    sketch.expect("scope", mail(), "deny channel-out-of-scope scope.booking");
    var later = new Action.ScheduleFollowUp(java.time.Instant.EPOCH, "phone");
    sketch.expect("scope", later, "deny channel-out-of-scope scope.booking");
    var record = new Action.Record("phone");
    sketch.expect("scope", record, "deny channel-out-of-scope scope.booking");
    var call = new Action.InitiateContact("phone");
    sketch.expect("scope", call, "deny channel-out-of-scope scope.booking");
    sketch.expect("scope", new Action.Record("chat"), "permit nothing-against scope.booking");
  }

  @Test
  void aBuyerOfAnotherSegmentIsNotTheRoles() {
    var narrow =
        new Policy.Scope(
            PolicySketch.clause("scope.booking"),
            Set.of(),
            Set.of("chat"),
            Set.of("smb"),
            Set.of(),
            java.util.Optional.empty());
    sketch.policy(p -> p.mandate(Role.BOOKING, narrow, Set.of(), Set.of()));
    sketch.segment("smb").expect("scope", speak(), "permit nothing-against scope.booking");
    sketch.segment("bank").expect("scope", speak(), "deny segment-out-of-scope scope.booking");
  }

  @Test
  void onlyItsProductsAreQuoted() {
    scope(Set.of("team"), Set.of("chat"), Set.of(), -1);
    sketch.expect("scope", quote(3), "permit nothing-against scope.booking");
    var other = new Action.Quote("pro", 3);
    sketch.expect("scope", other, "deny product-out-of-scope scope.booking");
  }

  @Test
  void anEmptySetAllowsNothing() {
    scope(Set.of(), Set.of("chat"), Set.of(), -1);
    sketch.expect("scope", quote(3), "deny product-out-of-scope scope.booking");
  }

  @Test
  void onlyItsFieldsAreWritten() {
    scope(Set.of(), Set.of("chat"), Set.of("product"), -1);
    sketch.expect("scope", crm(), "permit nothing-against scope.booking");
    var more = new Action.WriteCrm(Map.of("product", Value.of("x"), "salary", Value.of("y")));
    sketch.expect("scope", more, "deny field-out-of-scope scope.booking");
  }

  @Test
  void anOrderHasAHighestTotal() {
    scope(Set.of(), Set.of("chat"), Set.of(), 500);
    sketch.expect("scope", commit(500), "permit nothing-against scope.booking");
    sketch.expect("scope", commit(501), "deny price-out-of-scope scope.booking");
    var euros = new Action.TakeCommitment("q1", new Money("EUR", 1));
    sketch.expect("scope", euros, "deny price-out-of-scope scope.booking");
  }

  @Test
  void aRequestForCommitmentIsMeasuredByTheQuote() {
    scope(Set.of(), Set.of("chat"), Set.of(), 500);
    var request = new Action.RequestCommitment("q1", words());
    sketch.expect("scope", request, "deny amount-unknown engine");
    sketch.fact("quote.total", Value.of(new Money("USD", 400)), Fact.Source.TOOL, 100);
    sketch.expect("scope", request, "permit nothing-against scope.booking");
    sketch.fact("quote.total", Value.of(new Money("USD", 600)), Fact.Source.TOOL, 100);
    sketch.expect("scope", request, "deny price-out-of-scope scope.booking");
  }

  @Test
  void aHandOffMustBeInTheTable() {
    scope(Set.of(), Set.of("chat"), Set.of(), -1);
    sketch.policy(p -> p.edge(Role.BOOKING, Role.TRANSFER, SafeState.RETURN, 1));
    sketch.expect("scope", handOff(Role.TRANSFER), "permit nothing-against scope.booking");
    sketch.expect("scope", handOff(Role.CLOSING), "deny no-such-transition engine");
    sketch.expect("scope", toHuman(), "deny no-such-transition engine");
  }

  @Test
  void theEnginesLinesHaveNoScope() {
    sketch.by(Role.ENGINE).expect("scope", line("moment"), "permit nothing-against engine");
  }

  private void scope(Set<String> products, Set<String> channels, Set<String> fields, long priceTo) {
    var scope = PolicySketch.scope(Role.BOOKING, products, channels, fields, priceTo);
    sketch.policy(p -> p.mandate(Role.BOOKING, scope, Set.of(), Set.of()));
  }
}
