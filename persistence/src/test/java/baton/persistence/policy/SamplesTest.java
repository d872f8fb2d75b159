package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Role;
import baton.handoff.policy.Policy;
import baton.handoff.policy.PolicyDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sample policies are complete: they compile, every clause has an owner, every check can bite.
class SamplesTest {
  private static PolicyDocument sample(String campaign) {
    return PolicyCompiler.sample(campaign).orThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbound-trial", "outbound-appointments"})
  void theSampleIsTheSameFromItsFolderAndFromTheJar(String campaign) {
    var fromFolder =
        PolicyCompiler.compile(Path.of("..", "policies", campaign + ".yaml")).orThrow();
    assertEquals(fromFolder.policy().hash(), sample(campaign).policy().hash());
    assertEquals(campaign, fromFolder.policy().campaign());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbound-trial", "outbound-appointments"})
  void theStoredFormCompilesToTheSamePolicy(String campaign) {
    var document = sample(campaign);
    assertEquals(document, PolicyCompiler.fromJson(document.json()).orThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbound-trial", "outbound-appointments"})
  void everyClauseHasAnOwnerAndAReason(String campaign) throws IOException {
    var without = new ArrayList<String>();
    int clauses = clauses(new ObjectMapper().readTree(sample(campaign).json()), "", without);
    assertEquals(List.of(), without);
    assertTrue(clauses > 50, () -> clauses + " clauses");
  }

  private static int clauses(JsonNode node, String path, List<String> without) {
    if (path.startsWith("/lexicon") || path.startsWith("/playbooks")) return 0;
    int count = 0;
    if (node.has("id")) {
      count++;
      for (var name : List.of("owner", "reason")) {
        if (node.path(name).asText().isBlank()) without.add(path + " has no " + name);
      }
    }
    if (node.isArray() && path.chars().filter(c -> c == '/').count() == 1) {
      for (var item : node) {
        boolean clause = item.isTextual() || item.has("id") || item.has("role");
        if (!clause) without.add(path + " holds what is no clause");
      }
    }
    for (var member : node.properties()) {
      count += clauses(member.getValue(), path + "/" + member.getKey(), without);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      count += clauses(node.get(i), path + "/" + i, without);
    }
    return count;
  }

  /// Control and lease need no clause: they bite wherever anything is paused or handed over.
  @ParameterizedTest
  @ValueSource(strings = {"inbound-trial", "outbound-appointments"})
  void everyCheckHasAClauseThatCanBite(String campaign) {
    var policy = sample(campaign).policy();
    var booking = policy.mandates().get(Role.BOOKING);
    var levels = policy.autonomy().values().stream().map(Policy.Autonomy::level).toList();
    assertAll(
        () -> assertTrue(booking.never().containsKey("concede"), "mandate"),
        () -> assertTrue(levels.contains(Policy.Autonomy.Level.OFF), "autonomy"),
        () -> assertTrue(levels.contains(Policy.Autonomy.Level.ASSIST), "autonomy"),
        () -> assertFalse(booking.scope().crmFields().contains("*"), "scope"),
        () -> assertTrue(policy.consents().containsKey("book"), "consent"),
        () -> assertTrue(policy.disclosures().containsKey("speak"), "compliance"),
        () -> assertTrue(policy.hours().containsKey("send-message"), "compliance"),
        () -> assertTrue(policy.certainty().containsKey("book"), "certainty"),
        () -> assertFalse(policy.rights().isEmpty(), "decision rights"),
        () -> assertTrue(policy.limits().containsKey("speak"), "limits"),
        () -> assertTrue(policy.fairness().containsKey("speak"), "fairness"),
        () -> assertFalse(policy.language().isEmpty(), "language"),
        () -> assertEquals(2, conditions(policy), "custom"));
  }

  private static long conditions(Policy policy) {
    return policy.custom().values().stream()
        .flatMap(List::stream)
        .map(custom -> custom.clause().id())
        .distinct()
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbound-trial", "outbound-appointments"})
  void theWaysOutAreNeverLimited(String campaign) {
    var limited = sample(campaign).policy().limits().keySet();
    for (var way : List.of("transfer-to-human", "escalate", "close", "interpret-consent")) {
      assertFalse(limited.contains(way), way);
    }
  }

  @Test
  void whoBooksDoesNotSellAndWhoSellsDoesNotBook() {
    var mandates = sample("inbound-trial").policy().mandates();
    var selling = Set.of("quote", "concede", "request-commitment", "take-commitment");
    assertTrue(mandates.get(Role.BOOKING).never().keySet().containsAll(selling));
    assertTrue(mandates.get(Role.TRANSFER).never().keySet().containsAll(selling));
    assertTrue(mandates.get(Role.CLOSING).may().keySet().containsAll(selling));
    assertTrue(mandates.get(Role.CLOSING).never().keySet().containsAll(Set.of("book", "cancel")));
    assertEquals(Set.of("speak", "close"), mandates.get(Role.ENGINE).may().keySet());
  }

  @Test
  void bookingGoesOnToTransferAndNeverStraightToClosing() {
    var policy = sample("inbound-trial").policy();
    var edge = policy.transition(Role.BOOKING, Role.TRANSFER).orElseThrow();
    assertEquals(Set.of("slot"), edge.confirmations());
    assertEquals(2, edge.bounceMax());
    assertEquals(
        List.of("booking", "product"),
        edge.requires().stream().map(Policy.Transition.Needed::fact).toList());
    assertTrue(policy.transition(Role.BOOKING, Role.CLOSING).isEmpty());
    for (var role : List.of(Role.BOOKING, Role.TRANSFER, Role.CLOSING)) {
      assertTrue(policy.transition(role, Role.HUMAN).isPresent());
      assertTrue(policy.transition(Role.HUMAN, role).isPresent());
    }
  }

  @Test
  void thereIsNoSampleOfAnotherName() {
    assertEquals(
        "nobody.yaml:1:1: there is no sample policy of that name\n",
        PolicyReport.of(PolicyCompiler.sample("nobody")));
  }
}
