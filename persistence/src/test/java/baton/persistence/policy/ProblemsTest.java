package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each thing that can be wrong with a document is said in one line, at its place, with what to do.
class ProblemsTest {
  @Test
  void nothingIsWrongWithTheSmallestDocument() {
    assertEquals(List.of(), Smallest.problems(Smallest.YAML));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource
  void oneChangeIsShownAsOneProblem(String text, String other, String problem) {
    assertEquals(
        List.of("smallest.yaml:" + problem), Smallest.problems(Smallest.with(text, other)));
  }

  static Stream<Arguments> oneChangeIsShownAsOneProblem() {
    return Stream.of(
        // What YAML leaves open.
        arguments(
            "inbound: true",
            "inbound: yes",
            "6:10: yes is read differently by different readers: put the text in quotes, or write"
                + " true or false"),
        arguments(
            "zone: Europe/Berlin",
            "zone: Europe/Berlin\nzone: Europe/Paris",
            "9:1: the key \"zone\" is there twice (first in line 8): remove one"),
        arguments(
            "owner: Head of Support\npurpose",
            "owner: &head Head of Support\npurpose",
            "4:8: anchors (&) are not read: write the value out where it is needed"),
        arguments(
            "atMost: 40",
            "atMost: 40.5",
            "105:13: 40.5 is not a whole number of at most 15 digits: write whole numbers of the"
                + " smallest unit, or put the text in quotes"),
        arguments(
            "atMost: 40",
            "atMost:",
            "105:12: there is no value here: write one, or remove the key"),
        arguments(
            "text: Goodbye!",
            "text: !!str Goodbye!",
            "157:11: tags (!) are not read: write the plain value"),
        arguments(
            "text: Goodbye!",
            "text: \"\\uD83D\"",
            "157:11: half of a surrogate pair is no text: write the whole character"),
        // What the schema asks for.
        arguments("format: 1", "format: 2", "1:9: expected 1, not 2"),
        arguments(
            "title: Questions about the product\n",
            "",
            "1:1: \"title\" is missing: what people call this policy, one line"),
        arguments(
            "    answerWithin: PT60S\n",
            "",
            "90:5: \"answerWithin\" is missing: how long the next role may take to accept, as"
                + " PT20S"),
        arguments(
            "    owner: Head of Support\n    reason: Whoever asks for a person gets one.\n",
            "    reason: Whoever asks for a person gets one.\n",
            "90:5: \"owner\" is missing: who answers for it: a person or an office, not a team"
                + " without a head"),
        arguments(
            "    measure: turns",
            "    mesure: turns\n    measure: turns",
            "104:5: there is no \"mesure\" here: remove it; did you mean \"measure\"?"),
        arguments(
            "then: escalate",
            "then: permit",
            "106:11: expected one of defer, escalate, deny, not \"permit\""),
        arguments(
            "answerWithin: PT60S",
            "answerWithin: 60",
            "96:19: expected text, not 60: a length of time in ISO 8601, as PT20S, PT24H or P7D"),
        arguments(
            "answerWithin: PT60S",
            "answerWithin: 60 s",
            "96:19: \"60 s\" has another form than a length of time in ISO 8601, as PT20S, PT24H or"
                + " P7D"),
        arguments(
            "silencesMax: 3",
            "silencesMax: 0",
            "190:16: expected at least 1, not 0: after how many silences in a row the conversation"
                + " is closed"),
        arguments(
            "signal: want-human, weight: 90",
            "signal: want-human, weight: 101",
            "15:36: expected at most 100, not 101: confidence in percent"),
        // What a document says against itself.
        arguments(
            "    to: human",
            "    to: selling",
            "94:9: the role \"selling\" has no mandate: add one, or correct the name"),
        arguments(
            "actions: [quote, concede]",
            "actions: [quote, speak]",
            "47:26: the mandate of answering permits what it also forbids: \"speak\" is granted in"
                + " line 42; remove one of them"),
        arguments(
            "    level: bounded",
            "    level: assist\n    right: sign-off",
            "34:12: nobody holds the right \"sign-off\": add it to rights with holder operator"),
        arguments(
            "    level: bounded",
            "    level: assist",
            "33:12: the level assist needs a right: say which, held by operator"),
        arguments(
            "    line: moment\n",
            "    line: momento\n",
            "118:3: the engine says fixed lines that are missing: add \"moment\" (said while a"
                + " decision waits for a person)"),
        arguments(
            "disclosure: ai\n    line: disclosure-ai",
            "disclosure: ai\n    line: disclosure-robot",
            "113:11: there is no line \"disclosure-robot\": add it to lines, or correct the name"),
        arguments(
            "id: pass.to-human",
            "id: limit.turns",
            "100:9: the clause id \"limit.turns\" is used twice (first in line 90): give each"
                + " clause its own"),
        arguments(
            "id: pass.to-human",
            "id: engine",
            "90:9: the clause id \"engine\" is the engine's own: choose another"),
        arguments(
            "actions: [quote, concede]",
            "actions: [quot, concede]",
            "47:19: there is no action \"quot\": see the list in docs/policy.md; did you mean"
                + " \"quote\"?"),
        arguments(
            "measure: turns",
            "measure: kind:boook",
            "104:14: there is no action \"boook\": see the list in docs/policy.md; did you mean"
                + " \"book\"?"),
        arguments(
            "zone: Europe/Berlin",
            "zone: Europe/Atlantis",
            "8:7: there is no time zone \"Europe/Atlantis\": write an IANA name such as"
                + " Europe/Berlin"),
        arguments(
            "freshFor: PT24H",
            "freshFor: PT0S",
            "173:15: a length of time is longer than nothing: raise it"),
        arguments(
            "start: answering",
            "start: human",
            "7:8: the role human cannot start: name a role of an agent"),
        arguments(
            "disclosure: ai, line",
            "disclosure: al, line",
            "22:44: there is no disclosure \"al\": add it to disclosures, or correct the name; did"
                + " you mean \"ai\"?"),
        arguments(
            "when: [started]",
            "when: [beginning]",
            "20:16: \"beginning\" is no condition: see the list in docs/policy.md"),
        arguments(
            "  - role: answering\n    rules",
            "  - role: human\n    rules",
            "37:12: the role \"answering\" has no playbook: add one to playbooks, or name another"
                + " agent"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void oneSectionMoreIsShownAsOneProblem(String section, String problem) {
    var yaml =
        Smallest.and(section.replace("WHO", "owner: Head of Support, reason: For the test."));
    assertEquals(List.of("smallest.yaml:" + problem), Smallest.problems(yaml));
  }

  static Stream<Arguments> oneSectionMoreIsShownAsOneProblem() {
    return Stream.of(
        arguments(
            "custom:\n  - {id: c, WHO, actions: [speak], then: deny, when: 'hour >'}",
            "195:96: the condition cannot be compiled, at its character 7: mismatched input"
                + " '<EOF>'"),
        arguments(
            "custom:\n  - {id: c, WHO, actions: [speak], then: deny, when: 'hours > 3'}",
            "195:96: the condition cannot be compiled, at its character 1: undeclared reference to"
                + " 'hours'"),
        arguments(
            "custom:\n  - {id: c, WHO, actions: [speak], then: deny, when: 'hour + 3'}",
            "195:96: the condition gives int, not true or false: compare it with something"),
        arguments(
            "custom:\n  - {id: c, WHO, actions: [speak], then: deny, when: '[1].all(x, x > 0)'}",
            "195:96: the condition cannot be compiled, at its character 8: undeclared reference to"
                + " 'all'"),
        arguments(
            "custom:\n  - {id: c, WHO, actions: [speak], then: permit, when: 'hour > 3'}",
            "195:84: expected one of defer, escalate, deny, not \"permit\""),
        arguments(
            "rights:\n  - {id: r, WHO, right: low, actions: [concede], measure: percent, upTo: 120,"
                + " holder: operator}",
            "195:116: percent goes up to 100, not 120: lower upTo"),
        arguments(
            "rights:\n  - {id: r, WHO, right: low, actions: [concede], measure: percent, upTo: 10,"
                + " holder: answering}",
            "195:128: nobody holds the right \"low\": the role answering may not concede; grant it"
                + " there, or name another holder"),
        arguments(
            "rights:\n  - {id: r, WHO, right: low, actions: [speak], measure: percent, upTo: 10,"
                + " holder: operator}",
            "195:99: only concede has a percent: name it alone, or measure amount or any"),
        arguments(
            "rights:\n  - {id: r, WHO, right: low, actions: [speak], measure: amount, holder:"
                + " operator}",
            "195:99: upTo is missing: say up to which amount"),
        arguments(
            "hours:\n  - {id: h, WHO, actions: [speak], days: [monday], from: \"18:00\", until:"
                + " \"09:00\", inbound: true}",
            "195:116: until comes before from: write hours within one day"),
        arguments(
            "language:\n  - {id: w, WHO, signal: claim, roles: [humans], then: deny}",
            "195:83: the role \"humans\" has no mandate: add one, or correct the name; did you mean"
                + " \"human\"?"));
  }

  @Test
  void aSafeStateHumanNeedsOperators() {
    int from = Smallest.YAML.indexOf("  - role: human");
    int to = Smallest.YAML.indexOf("  - role: engine");
    var yaml = Smallest.YAML.substring(0, from) + Smallest.YAML.substring(to);
    assertEquals(
        List.of(
            "smallest.yaml:78:9: the role \"human\" has no mandate: add one, or correct the name",
            "smallest.yaml:176:13: the safe state human needs operators: add a mandate for the role"
                + " human, or choose return or close"),
        Smallest.problems(yaml));
  }

  @Test
  void aRoleThatNoWayLeadsToIsShown() {
    var clause = "{id: %s, owner: Head of Support, reason: For the test., actions: [speak]}";
    var scope =
        "{id: s, owner: Head of Support, reason: For the test., products: [], channels: [chat],"
            + " segments: [], crmFields: []}";
    var mandate =
        "mandates:\n  - {role: selling, agent: robot, may: ["
            + clause.formatted("m")
            + "], never: [], scope: "
            + scope
            + "}\n";
    assertEquals(
        List.of(
            "smallest.yaml:36:12: no transition leads to the role \"selling\": add one, or remove"
                + " the mandate"),
        Smallest.problems(Smallest.with("mandates:\n", mandate)));
  }

  @Test
  void allProblemsAreShownByTheirPlace() {
    var yaml =
        Smallest.with("zone: Europe/Berlin", "zone: nowhere")
            .replace("start: answering", "start: asking")
            .replace("bounceMax: 2", "bounceMax: 0")
            .replace("thinking: human", "thinking: hope");
    var lines =
        switch (Smallest.compile(yaml)) {
          case Compilation.Compiled _ -> List.<Integer>of();
          case Compilation.Invalid(var problems) -> problems.stream().map(Problem::line).toList();
        };
    assertEquals(List.of(7, 8, 95, 192), lines);
  }

  @Test
  void brokenYamlIsShownWhereItBreaks() {
    assertEquals(
        List.of("smallest.yaml:2:16: this is not YAML: expected ',' or ']', but got <stream end>"),
        Smallest.problems("format: 1\nchannels: [chat"));
  }

  @Test
  void anEmptyFileASecondDocumentAndTooMuchAreRefused() {
    assertEquals(
        List.of("smallest.yaml:1:1: the file is empty: write a document, see docs/policy.md"),
        Smallest.problems(""));
    assertEquals(
        List.of("smallest.yaml:194:1: a second document begins here: write one document a file"),
        Smallest.problems(Smallest.and("---\na: b\n")));
    assertEquals(
        List.of("smallest.yaml:1:1: larger than 1 MiB: a policy is text, not data"),
        Smallest.problems(Smallest.and("#".repeat(PolicyCompiler.SIZE_MAX_BYTES))));
  }

  @Test
  void whatIsNestedTooDeepIsRefusedWithoutBeingRead() {
    var deep = "[".repeat(10_000);
    assertEquals(
        List.of("smallest.yaml:1:34: nested deeper than 32 levels: flatten it"),
        Smallest.problems(deep));
  }

  @Test
  void anAliasIsRefused() {
    var problems =
        Smallest.problems(
            Smallest.with("owner: Head of Support\npurpose", "owner: &o Head of Support\npurpose")
                .replace("agent: operator", "agent: *o"));
    assertEquals("smallest.yaml:4:8", problems.getFirst().substring(0, 17));
    assertEquals(
        List.of("smallest.yaml:57:12: aliases (*) are not read: write the value out"),
        problems.subList(1, problems.size()));
  }

  @Test
  void whatIsIncludedIsCheckedUnderItsOwnName() {
    var yaml = Smallest.YAML;
    int from = yaml.indexOf("lexicon:");
    int to = yaml.indexOf("playbooks:");
    var document = yaml.substring(0, from) + "lexicon: words/en.yaml\n" + yaml.substring(to);
    var lexicon =
        "version: v1\nlanguage: en\nentries:\n  - {signal: yes, weight: 500, phrases: [y]}\n";
    var found =
        PolicyCompiler.compile(
            "policies/smallest.yaml",
            document,
            path -> java.util.Optional.of(lexicon).filter(_ -> path.equals("words/en.yaml")));
    assertEquals(
        "policies/words/en.yaml:4:14: yes is read differently by different readers: put the text in"
            + " quotes, or write true or false\n"
            + "policies/words/en.yaml:4:27: expected at most 100, not 500: confidence in percent\n",
        PolicyReport.of(found));
  }

  @ParameterizedTest
  @MethodSource
  void anIncludeStaysBelowItsDocument(String path) {
    int from = Smallest.YAML.indexOf("lexicon:");
    int to = Smallest.YAML.indexOf("playbooks:");
    var yaml =
        Smallest.YAML.substring(0, from)
            + "lexicon: '"
            + path
            + "'\n"
            + Smallest.YAML.substring(to);
    var found = PolicyCompiler.compile("s.yaml", yaml, _ -> java.util.Optional.of("version: v"));
    assertEquals(
        "s.yaml:11:10: \""
            + path
            + "\" cannot be included: name a .yaml file beside this one or in a"
            + " folder below it\n",
        PolicyReport.of(found));
  }

  static Stream<String> anIncludeStaysBelowItsDocument() {
    return Stream.of("../secrets.yaml", "/etc/x.yaml", "a/../../b.yaml", "C:\\x.yaml", "notes.txt");
  }

  @Test
  void noTruncationOfTheSmallestDocumentThrows() {
    IntStream.range(0, Smallest.YAML.length() / 23)
        .map(n -> n * 23)
        .mapToObj(end -> Smallest.problems(Smallest.YAML.substring(0, end)))
        .forEach(problems -> assertFalse(problems.isEmpty()));
  }
}
