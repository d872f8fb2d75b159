package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.agents.Agent;
import baton.agents.AgentProvider;
import baton.handoff.Role;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Agents that somebody else has written, by the names that policies give them.
class PluggedAgentsTest {
  private static final PolicyDocument POLICY =
      PolicyCompiler.fromJson(
              PolicyCompiler.sample("inbound-trial")
                  .orThrow()
                  .json()
                  .replaceFirst("\"agent\":\"playbook\"", "\"agent\":\"acme\""))
          .orThrow();

  private record Named(String name, RuntimeException unfit) implements AgentProvider {
    @Override
    public Agent agent(PolicyDocument policy, Role role) {
      if (unfit != null) throw unfit;
      return new PlaybookCasting().agent(policy, role).orElseThrow();
    }
  }

  private static PluggedAgents agents(AgentProvider... providers) {
    return new PluggedAgents(List.of(providers));
  }

  @Test
  void givenTheAgentThatAPolicyNames_thenNobodyIsMissing() {
    assertEquals(Optional.empty(), agents(new Named("acme", null)).missing(POLICY));
  }

  @Test
  void givenNoSuchAgent_thenItSaysWhoIsThere() {
    assertEquals(
        Optional.of(
            "the role "
                + role()
                + " names the agent acme, which is not here: there are playbook, model, other;"
                + " others are found in the jars that BATON_CLASSPATH names"),
        agents(new Named("other", null)).missing(POLICY));
  }

  @Test
  void givenOneThatCannotFillTheRole_thenItsOwnLineIsToldAndNoMore() {
    var told = new IllegalArgumentException("a product is needed\nand more");
    assertEquals(
        Optional.of(
            "the role "
                + role()
                + " names the agent acme, which cannot fill it: a product is needed"),
        agents(new Named("acme", told)).missing(POLICY));
    assertEquals(
        Optional.of(
            "the role "
                + role()
                + " names the agent acme, which cannot fill it: java.lang.IllegalStateException"),
        agents(new Named("acme", new IllegalStateException("secret"))).missing(POLICY));
  }

  @Test
  void givenTwoOfOneName_orANameOfOurs_thenThatIsOneLine() {
    assertEquals(
        "two agents on the class path are called acme: leave one out",
        assertThrows(
                IllegalStateException.class,
                () -> agents(new Named("acme", null), new Named("acme", null)))
            .getMessage());
    assertEquals(
        "an agent on the class path is called model, which is Baton's own: rename it",
        assertThrows(IllegalStateException.class, () -> agents(new Named("model", null)))
            .getMessage());
  }

  private static String role() {
    return POLICY.policy().mandates().values().stream()
        .filter(mandate -> mandate.agent().equals("acme"))
        .findFirst()
        .orElseThrow()
        .role()
        .name();
  }
}
