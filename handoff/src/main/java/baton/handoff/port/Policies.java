package baton.handoff.port;

import baton.handoff.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Policy documents, and which of them is active for each campaign. Thread-safe; may block.
public interface Policies {
  /// The active policy of a campaign, as this node knows it: it may lag, and the claim does not.
  Optional<PolicyDocument> active(String tenant, String campaign);

  /// A policy that was ever stored, by its hash.
  Optional<PolicyDocument> byHash(String tenant, String hash);

  /// The active policies, ordered by campaign.
  List<Active> active(String tenant);

  /// Stores a document and makes it its campaign's policy. When this has returned, no claim commits
  /// under the one before it.
  Active activate(String tenant, PolicyDocument document, String operator);

  record Active(String campaign, String hash, String title, Instant since, String operator) {}
}
