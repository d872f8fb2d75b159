package baton.runtime.outside;

import baton.handoff.policy.PolicyDocument;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the servers of the tools that active policies declare, once, when the engine starts, and
/// tells the operator in a line what is wrong. Nothing waits for it: until a server is well, its
/// actions fail with a reason.
public final class AtStart {
  private static final Logger LOG = LoggerFactory.getLogger(AtStart.class);

  private AtStart() {}

  /// Blocks, as long as the servers may take.
  ///
  /// @param own kinds that the engine carries out itself
  public static void ask(Servers servers, Collection<PolicyDocument> active, Set<String> own) {
    for (var policy : active) {
      var campaign = policy.policy().campaign();
      for (var kind : nobodys(policy, own)) {
        LOG.warn(
            "the policy of {} grants {}, which nothing carries out: declare it in tools, or plug it"
                + " in, see docs/tools.md",
            campaign,
            kind);
      }
      for (var check : ToolCheck.of(policy, servers)) {
        var kind = check.tool().kind();
        check
            .problem()
            .ifPresentOrElse(
                line -> LOG.warn("{} of {}: {}", kind, campaign, line),
                () -> LOG.info("{} of {} is there", kind, campaign));
      }
    }
  }

  private static Set<String> nobodys(PolicyDocument policy, Set<String> own) {
    var kinds = new TreeSet<String>();
    policy.policy().mandates().values().forEach(mandate -> kinds.addAll(mandate.may().keySet()));
    kinds.removeIf(kind -> !kind.startsWith("tool:"));
    kinds.removeAll(own);
    policy.tools().values().forEach(tool -> kinds.remove(tool.kind()));
    return kinds;
  }
}
