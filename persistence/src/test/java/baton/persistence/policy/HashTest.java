package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Canonical;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The hash is a document's version: layout does not change it, and every value does.
class HashTest {
  private static final String HASH = hash(Smallest.YAML);

  private static String hash(String yaml) {
    return Smallest.compile(yaml).orThrow().policy().hash();
  }

  @Test
  void commentsBlankLinesAndQuotesChangeNothing() {
    assertEquals(HASH, hash("# A remark\n\n" + Smallest.YAML));
    assertEquals(HASH, hash(Smallest.YAML.replace("\n\n", "\n\n# Between sections\n\n")));
    assertEquals(HASH, hash(Smallest.with("campaign: questions", "campaign:   'questions'  # !")));
    assertEquals(HASH, hash(Smallest.with("channels: [chat]\n\n", "channels:\n  - chat\n")));
  }

  @Test
  void theOrderOfKeysChangesNothing() throws IOException {
    var random = new Random(20251120);
    var json = Smallest.compile(Smallest.YAML).orThrow().json();
    for (int i = 0; i < 20; i++) {
      var shuffled = shuffled(new ObjectMapper().readTree(json), random).toPrettyString();
      assertEquals(HASH, hash(shuffled));
    }
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(shuffled(item, random)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) return node;
    var members = new ArrayList<Map.Entry<String, JsonNode>>(object.properties());
    Collections.shuffle(members, random);
    var copy = JsonNodeFactory.instance.objectNode();
    members.forEach(member -> copy.set(member.getKey(), shuffled(member.getValue(), random)));
    return copy;
  }

  @Test
  void everyValueChangesTheHash() {
    var problems = new Problems();
    var tree = YamlReader.read("smallest.yaml", Smallest.YAML, problems).orElseThrow();
    var hashes = new HashSet<String>(List.of(Canonical.sha256(CanonicalTree.json(tree))));
    assertTrue(hashes.contains(HASH));
    var changes = changes(tree);
    for (var change : changes) {
      var hash = Canonical.sha256(CanonicalTree.json(change));
      assertTrue(hashes.add(hash), "two documents have one hash");
    }
    assertTrue(changes.size() > 150, () -> changes.size() + " values");
  }

  /// The tree with each of its leaves changed in turn.
  private static List<Tree> changes(Tree tree) {
    var changed = new ArrayList<Tree>();
    switch (tree) {
      case Tree.Text(var at, var value) -> changed.add(new Tree.Text(at, value + "."));
      case Tree.Whole(var at, var value) -> changed.add(new Tree.Whole(at, value + 1));
      case Tree.Truth(var at, var value) -> changed.add(new Tree.Truth(at, !value));
      case Tree.Items(var at, var values) -> {
        for (int i = 0; i < values.size(); i++) {
          for (var change : changes(values.get(i))) {
            var copy = new ArrayList<>(values);
            copy.set(i, change);
            changed.add(new Tree.Items(at, copy));
          }
        }
      }
      case Tree.Members members ->
          members
              .values()
              .forEach((name, value) ->
                  changes(value).forEach(change -> changed.add(members.with(name, change))));
    }
    return changed;
  }

  @Test
  void whatIsIncludedIsUnderTheHash() {
    int from = Smallest.YAML.indexOf("lexicon:");
    int to = Smallest.YAML.indexOf("playbooks:");
    var yaml =
        Smallest.YAML.substring(0, from) + "lexicon: en.yaml\n" + Smallest.YAML.substring(to);
    var lexicon =
        """
        version: questions-en-1
        language: en
        entries:
          - signal: want-human
            weight: 90
            phrases: [a person, a human]
        """;
    assertEquals(HASH, hash(yaml, lexicon));
    assertNotEquals(HASH, hash(yaml, lexicon.replace("90", "91")));
  }

  private static String hash(String yaml, String lexicon) {
    return PolicyCompiler.compile("p.yaml", yaml, _ -> java.util.Optional.of(lexicon))
        .orThrow()
        .policy()
        .hash();
  }

  @Test
  void theFormIsCanonical() {
    var problems = new Problems();
    var yaml = "{b: 'é€', a: [2, -1, true], \"\\u20ac\": \"\\b\\t\\n\\f\\r\\x1f\\\"\\\\/\", A: {}}";
    assertEquals(
        "{\"A\":{},\"a\":[2,-1,true],\"b\":\"é€\",\"€\":\"\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\"}",
        CanonicalTree.json(YamlReader.read("f", yaml, problems).orElseThrow()));
    assertTrue(problems.none());
  }

  @Test
  void aStoredFormThatIsDamagedIsRefused() {
    var json = Smallest.compile(Smallest.YAML).orThrow().json();
    var words =
        "stored policy:1:1: this is not a stored policy document: store it anew from its YAML\n";
    assertEquals(words, PolicyReport.of(PolicyCompiler.fromJson(json.substring(1))));
    assertEquals(words, PolicyReport.of(PolicyCompiler.fromJson("")));
    assertEquals(words, PolicyReport.of(PolicyCompiler.fromJson("{\"a\":1,\"a\":2}")));
    assertEquals(words, PolicyReport.of(PolicyCompiler.fromJson("{\"a\":1.5}")));
    assertEquals(words, PolicyReport.of(PolicyCompiler.fromJson("[".repeat(5000))));
    assertInstanceOf(Compilation.Invalid.class, PolicyCompiler.fromJson("{}"));
  }
}
