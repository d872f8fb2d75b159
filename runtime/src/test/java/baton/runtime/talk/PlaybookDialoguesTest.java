package baton.runtime.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Signal;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.interpreter.LexiconInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The shipped playbooks, shown in scripted conversations. `-Drewrite=true` writes them anew.
class PlaybookDialoguesTest {
  private static final PolicyDocument DOCUMENT = PolicyCompiler.sample("inbound-trial").orThrow();
  private static final LexiconInterpreter INTERPRETER = new LexiconInterpreter(DOCUMENT.lexicon());
  private static final Path SCRIPTS = Path.of("src/test/resources/baton/runtime/talk");
  private static final Path NOT_SHOWN = SCRIPTS.resolve("rules-not-shown.txt");

  @TestFactory
  Stream<DynamicTest> everyConversationGoesAsItsTranscriptSays() throws IOException {
    return scripts().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(), () -> compare(file, played(file).text)));
  }

  /// A rule that playbooks share is shown where one of them takes it.
  @Test
  void everyRuleIsShownInSomeConversationOrListedAsNotShown() throws IOException {
    var shown = new TreeSet<String>();
    for (var file : scripts()) shown.addAll(names(played(file).rules));
    shown.addAll(names(JourneysTest.rules()));
    var notShown = new TreeSet<String>();
    for (var playbook : DOCUMENT.playbooks().values()) {
      for (var rule : playbook.rules()) {
        if (!shown.contains(rule.id())) notShown.add(rule.id());
      }
    }
    compare(NOT_SHOWN, String.join("\n", notShown) + "\n");
  }

  private static List<String> names(Set<String> rules) {
    return rules.stream().map(rule -> rule.substring(rule.indexOf('.') + 1)).toList();
  }

  @Test
  void noRuleProposesWhatItsRoleMayNotDo() {
    DOCUMENT
        .playbooks()
        .forEach((role, playbook) -> {
          var mandate = DOCUMENT.policy().mandates().get(role);
          for (var rule : playbook.rules()) {
            for (var line : rule.then()) {
              var kind = line.get("action");
              boolean allowed =
                  rule.when().contains("may:" + kind)
                      || (mandate.may().containsKey(kind) && !mandate.never().containsKey(kind));
              assertTrue(allowed, role + "." + rule.id() + " proposes " + kind);
            }
          }
        });
  }

  @Test
  void noSentenceHoldsAClaimAPromisePressureOrAFigure() {
    var never =
        Set.of(Signal.CLAIM, Signal.PROMISE, Signal.PRESSURE, Signal.PRICE, Signal.DISCOUNT);
    DOCUMENT
        .playbooks()
        .forEach((role, playbook) -> {
          for (var rule : playbook.rules()) {
            for (var line : rule.then()) {
              var features = INTERPRETER.agent(line.getOrDefault("say", ""));
              assertTrue(
                  features.stream().noneMatch(feature -> never.contains(feature.name())),
                  role + "." + rule.id() + ": " + features);
            }
          }
        });
  }

  private record Played(String text, Set<String> rules) {}

  /// A file holds conversations, each under a title line that begins with `#`.
  private static Played played(Path file) throws IOException {
    var conversations = new TreeMap<Integer, List<String>>();
    for (var line : Files.readAllLines(file)) {
      if (line.startsWith("#")) conversations.put(conversations.size(), new ArrayList<>());
      if (line.isBlank() || line.startsWith("  ")) continue;
      conversations.lastEntry().getValue().add(line);
    }
    var texts = new ArrayList<String>();
    var rules = new TreeSet<String>();
    for (var script : conversations.values()) {
      var dialogue = new Dialogue(DOCUMENT, INTERPRETER);
      texts.add(dialogue.play(script));
      rules.addAll(dialogue.rules());
    }
    return new Played(String.join("\n", texts), rules);
  }

  private static List<Path> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files
          .filter(file -> file.toString().endsWith(".txt") && !file.equals(NOT_SHOWN))
          .sorted()
          .toList();
    }
  }

  private static void compare(Path file, String text) throws IOException {
    if (Boolean.getBoolean("rewrite")) Files.writeString(file, text);
    assertEquals(Files.readString(file), text);
  }
}
