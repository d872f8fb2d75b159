package baton.runtime.outside;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.fact.Value;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Tool;
import baton.persistence.memory.MemoryPolicies;
import baton.persistence.memory.MemoryStore;
import baton.persistence.vault.MemoryVault;
import baton.runtime.tools.Permits;
import baton.runtime.tools.Toolbox;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Outside tools under a policy, without an engine.
final class Outpost implements AutoCloseable {
  static final Instant CLAIMED = Instant.parse("2027-06-07T12:00:00Z");

  final PolicyDocument policy;
  final MemoryVault vault = new MemoryVault(7);
  final String subject = vault.subject("default", "ada@example.com");
  final PermitKey key;
  final Servers servers;
  final OutsideTools tools;

  /// @param conf as in `baton.conf`
  Outpost(Path folder, String conf, String... declared) {
    policy = Declared.inboundTrial(declared);
    key = PermitKey.load(folder);
    var settings =
        ServerSettings.read(ConfigFactory.parseString(conf).resolve(), Duration.ofSeconds(10));
    servers = Servers.of(settings, key, "https://baton.example");
    var policies = new MemoryPolicies(new MemoryStore(() -> CLAIMED));
    policies.activate("default", policy, "operator");
    tools = new OutsideTools(new Toolbox(List.of()), policies, servers, vault);
  }

  Outcome call(String tool, String key, Map<String, Value> arguments) {
    return tools.call(effect(tool, key, arguments, CLAIMED));
  }

  Outcome lookUp(String tool, String key, Map<String, Value> arguments) {
    return tools.lookUp(effect(tool, key, arguments, CLAIMED));
  }

  Tool.Effect effect(String tool, String key, Map<String, Value> arguments, Instant claimed) {
    var action = new Action.UseTool(tool, arguments);
    return new Tool.Effect(
        new ConversationId("default", "c1"),
        policy.policy().campaign(),
        subject,
        Permits.of(Role.BOOKING, key, action, policy.policy().hash()),
        action,
        Map.of(),
        claimed);
  }

  Value sealed(String text) {
    return Value.of(vault.seal("default", subject, "transcript", text));
  }

  @Override
  public void close() {
    servers.close();
  }
}
