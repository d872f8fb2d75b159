package baton.runtime.models;

import baton.handoff.policy.PolicyDocument;
import java.util.Collection;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks each model that an active policy names, once, when the engine starts, and tells the
/// operator in a line what is wrong. Nothing waits for it: until a model is well, what its policy
/// names for a failure takes its place.
public final class AtStart {
  private static final Logger LOG = LoggerFactory.getLogger(AtStart.class);

  private AtStart() {}

  /// Blocks, as long as a model may take.
  public static void ask(Models models, Collection<PolicyDocument> active) {
    var wanted = new TreeMap<String, String>();
    for (var policy : active) {
      policy
          .policy()
          .mandates()
          .forEach((role, mandate) -> {
            var model = policy.models().get(role);
            if (model != null && mandate.agent().equals("model")) {
              wanted.putIfAbsent(model.name(), policy.policy().campaign());
              model
                  .judge()
                  .ifPresent(judge -> wanted.putIfAbsent(judge.name(), policy.policy().campaign()));
            }
          });
    }
    wanted.forEach((name, campaign) -> ask(models, name, campaign));
  }

  private static void ask(Models models, String name, String campaign) {
    var model = models.named(name);
    if (model.isEmpty()) {
      LOG.warn(
          "the policy of {} names the model {}, which is not configured: add models.{} to"
              + " baton.conf, see docs/models.md",
          campaign,
          name,
          name);
      return;
    }
    var check = ModelCheck.of(model.get());
    check
        .failure()
        .ifPresentOrElse(
            failure -> LOG.warn("model {}: {}", name, failure.line()),
            () ->
                LOG.info("model {} answers{}", name, check.tools() ? "" : ", and calls no tools"));
  }
}
