package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a document says twice, or says against itself, is shown at the second place.
class ContradictionsTest {
  private static final String WHO = "owner: O, reason: R";
  private static final String SCOPE =
      "scope: {id: s, " + WHO + ", products: [], channels: [chat], segments: [], crmFields: []}";

  @ParameterizedTest(name = "{2}")
  @MethodSource
  void itIsShownAsOneProblem(String text, String other, String problem) {
    assertEquals(
        List.of("smallest.yaml:" + problem), Smallest.problems(Smallest.with(text, other)));
  }

  static Stream<Arguments> itIsShownAsOneProblem() {
    return Stream.of(
        arguments(
            "transitions:\n",
            "  - {role: human, agent: x, may: [], never: [], " + SCOPE + "}\ntransitions:\n",
            "89:12: the role \"human\" has two mandates (first in line 56): put them together"),
        arguments(
            "transitions:\n",
            "  - {role: operator, agent: x, may: [], never: [], "
                + SCOPE
                + "}\ntransitions:\n  - {id: o, "
                + WHO
                + ", from: human, to: operator, bounceMax: 1, answerWithin: PT1S, otherwise:"
                + " return}\n",
            "89:12: operator stands for people who are asked for an approval: call the role"
                + " otherwise"),
        arguments(
            "actions: [quote, concede]",
            "actions: [quote, concede, quote]",
            "47:35: \"quote\" is named twice here (first in line 47): one clause answers for it"),
        arguments(
            "actions: [speak, disclose, transfer-to-human, close]\n    level",
            "actions: [speak, disclose, transfer-to-human]\n    level",
            "42:55: the autonomy of \"close\" is not said: name it in an autonomy clause"),
        arguments(
            "        actions: [speak, disclose, transfer-to-human, close]\n    never",
            "        actions: [speak, disclose, transfer-to-human, close, \"tool:x\"]\n    never",
            "42:62: the autonomy of \"tool:x\" is not said: name it in an autonomy clause"),
        arguments(
            "to answer.\n      products: []\n      channels: [chat]",
            "to answer.\n      products: []\n      channels: [mail]",
            "53:18: the policy has no channel \"mail\": add it to channels, or remove it here"),
        arguments(
            "    to: human",
            "    to: answering",
            "94:9: a transition leads from a role to another one: change to"),
        arguments(
            "    to: human",
            "    to: engine",
            "94:9: the role engine never holds a conversation: remove this edge"),
        arguments(
            "transitions:\n",
            "transitions:\n  - {id: t, "
                + WHO
                + ", from: answering, to: human, bounceMax: 1, answerWithin: PT1S, otherwise:"
                + " return}\n",
            "95:9: the transition from answering to human is there twice (first in line 90): put"
                + " them together"),
        arguments(
            "reason: The engine says its fixed lines and ends conversations.\n"
                + "        actions: [speak, close]",
            "reason: The engine says its fixed lines and ends conversations.\n"
                + "        actions: [close]",
            "36:3: the role engine may not speak: give it a mandate with speak, or nobody can say"
                + " the fixed lines"),
        arguments(
            "      products: []\n"
                + "      channels: [chat]\n"
                + "      segments: [\"*\"]\n"
                + "      crmFields: []\n"
                + "  - role: human",
            "      products: []\n"
                + "      channels: [chat]\n"
                + "      segments: [\"*\"]\n"
                + "      crmFields: []\n"
                + "      priceTo: {currency: XQQ, minor: 5}\n"
                + "  - role: human",
            "56:27: there is no currency \"XQQ\": write an ISO 4217 code such as USD"),
        arguments(
            "    level: bounded",
            "    level: bounded\n    right: x",
            "34:12: only the level assist asks for a right: remove it, or set assist"),
        arguments(
            "transitions:\n",
            "rights:\n  - {id: r, "
                + WHO
                + ", right: x, actions: [speak], measure: any, upTo: 5,"
                + " holder: operator}\ntransitions:\n",
            "90:82: a right over any measure has no threshold: remove upTo"),
        arguments(
            "transitions:\n",
            "rights:\n  - {id: r, "
                + WHO
                + ", right: x, actions: [speak], measure: any, holder:"
                + " operator}\n  - {id: q, "
                + WHO
                + ", right: x, actions: [close], measure: any,"
                + " holder: answering}\ntransitions:\n",
            "91:41: the right \"x\" has two holders: give one of them another name"),
        arguments(
            "transitions:\n",
            "fairness:\n  - {id: f, "
                + WHO
                + ", actions: [concede], measure: percent, atMost: 101}\n"
                + "transitions:\n",
            "90:80: percent goes up to 100, not 101: lower atMost"),
        arguments(
            "lines:\n",
            "lines:\n  - {id: l, "
                + WHO
                + ", line: sorry, text: T, engine: true, afterOptOut:"
                + " false}\n",
            "143:11: the line \"sorry\" is there twice (first in line 118): remove one"),
        arguments(
            "text: Goodbye!\n    engine: true",
            "text: Goodbye!\n    engine: false",
            "158:13: the engine itself says \"goodbye\": set engine: true"),
        arguments(
            "afterOptOut: true",
            "afterOptOut: false",
            "166:18: \"stopped\" is said to a buyer who has opted out: set afterOptOut: true"),
        arguments(
            "disclosures:\n",
            "disclosures:\n  - {id: d, "
                + WHO
                + ", disclosure: ai, line: sorry, actions: [close],"
                + " rearm: true}\n",
            "114:11: the disclosure \"ai\" has two lines: give one of them another name"),
        arguments(
            "playbooks:\n",
            "playbooks:\n  - {role: selling, rules: [{id: r, when: [heard], then: []}]}\n",
            "17:12: the role \"selling\" has no mandate: add one, or leave this playbook out"),
        arguments(
            "playbooks:\n",
            "playbooks:\n  - {role: answering, rules: [{id: r, when: [heard], then: []}]}\n",
            "18:11: the role \"answering\" has two playbooks (the other is smallest.yaml): leave"
                + " one out"),
        arguments(
            "      - id: call-a-person",
            "      - id: introduce",
            "23:13: the rule id \"introduce\" is used twice: give each its own"),
        arguments(
            "when: [started]",
            "when: [\"done:boook\"]",
            "20:16: there is no action \"boook\": see the list in docs/policy.md; did you mean"
                + " \"book\"?"),
        arguments(
            "{action: transfer-to-human, reason",
            "{action: transfer-to-humans, reason",
            "26:22: there is no action \"transfer-to-humans\": see the list in docs/policy.md; did"
                + " you mean \"transfer-to-human\"?"),
        arguments(
            "facts: [\"*\"]",
            "facts: [seats, seats]",
            "172:20: the freshness of \"seats\" is said twice (first in line 172): remove one"),
        arguments(
            "timing:\n  id: timing",
            "timing:\n  <<: x\n  id: timing",
            "176:3: merge keys (<<) are not read: write the members out"),
        arguments(
            "timing:\n  id: timing",
            "timing:\n  [a]: x\n  id: timing",
            "176:3: a key must be text"));
  }
}
