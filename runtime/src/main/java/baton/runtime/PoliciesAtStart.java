package baton.runtime;

import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Policies;
import baton.persistence.db.PgPolicies;
import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import java.util.List;
import java.util.stream.Collectors;

/// What a node does about policies when it starts.
record PoliciesAtStart(PgPolicies policies) {
  /// What the others decide by, this one has to understand: its conversations would stand still.
  ///
  /// @throws IllegalStateException in one line that says what to do
  void mustBeReadable() {
    var tenant = ConversationId.DEFAULT_TENANT;
    for (var active : policies.active(tenant)) {
      if (policies.active(tenant, active.campaign()).isPresent()) continue;
      throw new IllegalStateException(
          "the policy of "
              + active.campaign()
              + " cannot be read by this version of Baton: run the version that the other nodes run");
    }
  }

  /// A first start has the samples, so that there is something to try.
  void activateSamples() {
    // Also one that this version cannot read is one.
    var active =
        policies.active(ConversationId.DEFAULT_TENANT).stream()
            .map(Policies.Active::campaign)
            .collect(Collectors.toSet());
    for (var campaign : List.of("inbound-trial", "outbound-appointments")) {
      if (active.contains(campaign)) continue;
      if (PolicyCompiler.sample(campaign) instanceof Compilation.Compiled(var document)) {
        var wrong = Rehearsal.wrong(document);
        if (wrong.isPresent()) {
          throw new IllegalStateException(
              "the policy of " + campaign + " is not activated: " + wrong.get());
        }
        policies.activate(ConversationId.DEFAULT_TENANT, document, Role.ENGINE.name());
      }
    }
  }

  /// What was there when the policy was activated may be gone by now; its fallbacks decide then.
  void warnOfUnfilled() {
    for (var policy : active()) {
      Rehearsal.unfilled(policy)
          .ifPresent(
              line -> Startup.LOG.warn("the policy of {}: {}", policy.policy().campaign(), line));
    }
  }

  /// Those that are active and can be read.
  List<PolicyDocument> active() {
    var tenant = ConversationId.DEFAULT_TENANT;
    return policies.active(tenant).stream()
        .flatMap(active -> policies.byHash(tenant, active.hash()).stream())
        .toList();
  }

  /// A policy as the database keeps it.
  static PolicyDocument stored(String json) {
    return switch (PolicyCompiler.fromJson(json)) {
      case Compilation.Compiled(var document) -> document;
      case Compilation.Invalid(var problems) ->
          throw new IllegalArgumentException(problems.getFirst().toString());
    };
  }
}
