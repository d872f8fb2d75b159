package baton.persistence.db;

import baton.handoff.Role;
import baton.handoff.policy.Lexicon;
import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Policy documents that hold nothing but their names.
final class Documents {
  private Documents() {}

  static PolicyDocument of(String campaign, String hash) {
    return compile(campaign + "/" + hash);
  }

  static PolicyDocument compile(String json) {
    var parts = json.split("/");
    if (parts.length != 2) throw new IllegalArgumentException("not a document");
    var policy =
        new Policy(
            parts[1],
            parts[0],
            "Title of " + parts[0],
            "owner",
            "purpose",
            true,
            Role.BOOKING,
            ZoneOffset.UTC,
            Set.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            new Policy.Timing(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO),
            new Policy.Fallbacks(1, 1, Policy.SafeState.CLOSE),
            Optional.empty(),
            "none");
    return new PolicyDocument(
        policy, new Lexicon("none", "en", List.of()), Map.of(), Map.of(), Map.of(), json);
  }
}
