package baton.handoff.port;

import baton.handoff.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
  ///
  /// @param seen [Active#version] of the one before, 0 where there is none; empty for whatever it
  ///   is
  /// @throws Overtaken where it is another one
  Active activate(String tenant, PolicyDocument document, String operator, OptionalLong seen);

  /// Whatever was active before.
  default Active activate(String tenant, PolicyDocument document, String operator) {
    return activate(tenant, document, operator, OptionalLong.empty());
  }

  /// @param version another one for each activation, the same policy's included
  record Active(
      String campaign, String hash, String title, Instant since, String operator, long version) {}
}
