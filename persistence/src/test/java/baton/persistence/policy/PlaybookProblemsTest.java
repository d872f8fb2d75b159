package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.handoff.Role;
import baton.handoff.policy.Playbook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A playbook that cannot be played is shown before it is active, at its line.
class PlaybookProblemsTest {
  private static final String HEAD = "playbooks:\n  - role: answering\n";
  private static final String SAY = "then: [{action: speak, say: Hello}]";

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void itIsShownAsOneProblem(String playbook, String problem) {
    assertEquals(List.of("smallest.yaml:" + problem), Smallest.problems(with(playbook)));
  }

  static Stream<Arguments> itIsShownAsOneProblem() {
    return Stream.of(
        arguments(
            "    rules:\n      - {id: a, when: [heard], "
                + SAY
                + "}\n"
                + "      - {id: b, when: [heard, \"signal:yes\"], "
                + SAY
                + "}\n",
            "20:14: the rule \"b\" is never taken: \"a\" (line 19) comes first whenever it fits;"
                + " put it before that one, or remove it"),
        arguments(
            "    rules:\n      - {id: a, when: [heard, \"signal:yes\", \"!heard\"], " + SAY + "}\n",
            "19:45: \"!heard\" contradicts another condition of this rule: remove one"),
        arguments(
            "    rules:\n      - {id: a, when: [heard, \"said:b\"], " + SAY + "}\n",
            "19:31: there is no rule \"b\" here: correct the name; did you mean \"a\"?"),
        arguments(
            "    rules:\n      - {id: a, when: [heard], then: [{action: book}]}\n",
            "19:48: the mandate of answering never grants book: grant it, remove the action, or add"
                + " the condition \"may:book\""),
        arguments(
            "    goals:\n      - {id: g, when: [heard], needs: [mood], "
                + SAY
                + "}\n    rules:\n"
                + "      - {id: a, when: [started], "
                + SAY
                + "}\n",
            "19:40: nothing asks for \"mood\": add a question for it, or a goal that gives it"),
        arguments(
            "    goals:\n      - {id: g, when: [heard], gives: quote, "
                + SAY
                + "}\n    rules:\n"
                + "      - {id: a, when: [started], "
                + SAY
                + "}\n",
            "19:39: nothing here gives \"quote\": add the action to then, or correct the name"),
        arguments(
            "    goals:\n      - {id: g, when: [heard], confirm: \"Right?\", "
                + SAY
                + "}\n    rules:\n      - {id: a, when: [started], "
                + SAY
                + "}\n",
            "19:41: a yes needs a topic: add asks"),
        arguments(
            "    goals:\n      - {id: g, when: [heard]}\n    rules:\n"
                + "      - {id: a, when: [started], "
                + SAY
                + "}\n",
            "19:14: this goal brings nothing about: add needs or then"),
        arguments(
            "    questions:\n      - {fact: mood, ask: How?}\n      - {fact: mood, ask: What?}\n"
                + "    rules:\n      - {id: a, when: [started], "
                + SAY
                + "}\n",
            "20:16: the question for \"mood\" is used twice: remove one"),
        arguments(
            "    rules:\n      - nowhere.yaml\n      - {id: a, when: [heard], " + SAY + "}\n",
            "19:9: \"nowhere.yaml\" cannot be read: put a file of at most 1 MiB there, or correct"
                + " the name"));
  }

  @Test
  void aRuleThatMayNotAlwaysHaveTheLastWordHidesNoOther() {
    var blank = "      - {id: a, when: [heard], then: [{action: speak, say: \"{name}\"}]}\n";
    var on = "      - {id: b, when: [heard], then: [{action: speak, say: Hi, go-on: \"yes\"}]}\n";
    var last = "      - {id: c, when: [heard, \"signal:yes\"], " + SAY + "}\n";
    assertEquals(List.of(), Smallest.problems(with("    rules:\n" + blank + on + last)));
  }

  @Test
  void anActionIsAllowedWhereTheRuleAsksTheMandate() {
    var rule = "      - {id: a, when: [heard, \"may:book\"], then: [{action: book}]}\n";
    assertEquals(List.of(), Smallest.problems(with("    rules:\n" + rule)));
  }

  @Test
  void whatPlaybooksShareStandsWhereItsFileIsNamedBesideThePlaybook() {
    var playbook =
        "role: answering\nrules: [{id: a, when: [started], " + SAY + "}, shared/more.yaml]\n";
    var more = "rules:\n  - {id: b, when: [heard], " + SAY + "}\n";
    var files = Map.of("books/a.yaml", playbook, "books/shared/more.yaml", more);
    var yaml = with("").replace(HEAD, "playbooks: [books/a.yaml]\n");
    var document = compile(yaml, files);
    assertEquals(
        List.of("a", "b"),
        document.orThrow().playbooks().get(new Role("answering")).rules().stream()
            .map(Playbook.Rule::id)
            .toList());
    assertEquals(document, PolicyCompiler.fromJson(document.orThrow().json()));
  }

  @Test
  void aFileThatSharesNothingOrSomethingElseIsShownAtItsPlace() {
    var playbook = "role: answering\nrules: [{id: a, when: [started], " + SAY + "}, more.yaml]\n";
    var files = Map.of("a.yaml", playbook, "more.yaml", "wishes: []\n");
    assertEquals(
        "a.yaml:2:72: \"more.yaml\" holds no rules: name another file\n"
            + "more.yaml:1:1: a shared file holds questions, goals or rules: remove \"wishes\"\n",
        PolicyReport.of(compile(with("").replace(HEAD, "playbooks: [a.yaml]\n"), files)));
  }

  private static Compilation compile(String yaml, Map<String, String> files) {
    return PolicyCompiler.compile(
        "smallest.yaml", yaml, path -> Optional.ofNullable(files.get(path)));
  }

  /// The smallest document with this playbook in the place of its own.
  private static String with(String playbook) {
    int from = Smallest.YAML.indexOf("playbooks:\n");
    int to = Smallest.YAML.indexOf("autonomy:\n");
    return Smallest.YAML.substring(0, from) + HEAD + playbook + "\n" + Smallest.YAML.substring(to);
  }
}
