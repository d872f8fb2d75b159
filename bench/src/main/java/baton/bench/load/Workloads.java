package baton.bench.load;

import baton.handoff.ConversationId;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Policies;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The policy under which workload W runs.
public final class Workloads {
  public static final String CAMPAIGN = "workload";

  private Workloads() {}

  /// Makes it the active one of its campaign.
  public static void activate(Policies policies) {
    activate(policies, ConversationId.DEFAULT_TENANT);
  }

  /// @return its hash
  public static String activate(Policies policies, String tenant) {
    return policies.activate(tenant, policy(), Role.ENGINE.name()).hash();
  }

  public static PolicyDocument policy() {
    try (var in = Workloads.class.getResourceAsStream("/bench/workload.yaml")) {
      var yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return PolicyCompiler.compile("workload.yaml", yaml, Includes.samples()).orThrow();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
