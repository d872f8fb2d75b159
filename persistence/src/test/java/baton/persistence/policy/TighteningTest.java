package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.action.Action;
import baton.handoff.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One more custom or language clause changes nothing but the custom or language clauses.
class TighteningTest {
  private static final Policy PLAIN = Smallest.compile(Smallest.YAML).orThrow().policy();
  private static final List<String> CONDITIONS =
      List.of("hour < 9", "role == \"answering\"", "has(facts.seats) && facts.seats > 5", "true");
  private static final List<String> VERDICTS = List.of("defer", "escalate", "deny");

  @Test
  void whateverClauseIsAddedTheOthersStayAsTheyAre() {
    var random = new Random(13);
    for (int round = 0; round < 200; round++) {
      int customs = random.nextInt(4);
      int languages = random.nextInt(4);
      var policy =
          Smallest.compile(Smallest.and(custom(random, customs) + language(random, languages)))
              .orThrow()
              .policy();
      assertEquals(plain(PLAIN), plain(policy));
      assertEquals(languages, policy.language().size());
      assertEquals(
          customs,
          policy.custom().values().stream()
              .flatMap(List::stream)
              .map(clause -> clause.clause().id())
              .distinct()
              .count());
    }
  }

  private static String custom(Random random, int count) {
    var yaml = new StringBuilder("custom: [");
    for (int i = 0; i < count; i++) {
      yaml.append(
          "\n  {id: c%d, owner: O, reason: R, actions: [%s], when: '%s', then: %s},"
              .formatted(i, kinds(random), one(random, CONDITIONS), one(random, VERDICTS)));
    }
    return yaml.append("]\n").toString();
  }

  private static String language(Random random, int count) {
    var yaml = new StringBuilder("language: [");
    for (int i = 0; i < count; i++) {
      yaml.append(
          "\n  {id: l%d, owner: O, reason: R, signal: %s, then: %s},"
              .formatted(i, one(random, List.of("claim", "price")), one(random, VERDICTS)));
    }
    return yaml.append("]\n").toString();
  }

  /// Kinds by name, tools that no role may use, or all.
  private static String kinds(Random random) {
    var kinds = new ArrayList<>(Action.KINDS);
    kinds.addAll(List.of("tool:lookup", "tool:Other_1"));
    Collections.shuffle(kinds, random);
    return random.nextInt(5) == 0 ? "\"*\"" : String.join(", ", kinds.subList(0, 3));
  }

  private static String one(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Policy plain(Policy policy) {
    return new Policy(
        "",
        policy.campaign(),
        policy.title(),
        policy.owner(),
        policy.purpose(),
        policy.inbound(),
        policy.start(),
        policy.zone(),
        policy.channels(),
        policy.autonomy(),
        policy.mandates(),
        policy.transitions(),
        policy.rights(),
        policy.limits(),
        policy.disclosures(),
        policy.consents(),
        policy.hours(),
        policy.certainty(),
        policy.fairness(),
        List.of(),
        Map.of(),
        policy.lines(),
        policy.freshness(),
        policy.timing(),
        policy.fallbacks(),
        policy.outreach(),
        policy.lexicon());
  }
}
