package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.handoff.policy.Clause;
import baton.handoff.policy.OutsideTool;
import baton.handoff.policy.OutsideTool.Argument;
import baton.handoff.policy.OutsideTool.ErrorMeans;
import baton.handoff.policy.OutsideTool.Form;
import baton.handoff.policy.OutsideTool.Told;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// An outside tool has kind, mandate and limits before anybody can use it, and says the bounds of
/// all that goes out and comes in.
class ToolProblemsTest {
  private static final String TOOL =
      """
      tools:
        - tool: stock
          id: tool.stock
          owner: Head of Operations
          reason: Whoever asks is told what is there.
          server: warehouse
          calls: check_stock
          description: says how many of a product are in stock
          readOnly: true
          errorMeans: not-done
          arguments:
            product: {type: name, description: its code}
            note: {type: text, maxChars: 200, optional: true}
          facts:
            left: {at: /stock/left, type: whole, atMost: 1000}
            state: {at: /state, type: choice, of: [there, gone]}
      """;

  private static String policy(String tools) {
    return Smallest.YAML
            .replace(
                "actions: [speak, disclose, transfer-to-human, close]",
                "actions: [speak, disclose, transfer-to-human, close, \"tool:stock\"]")
            .replace(
                "    actions: [speak]\n    measure: turns",
                "    actions: [speak, \"tool:stock\"]\n    measure: turns")
        + "\n"
        + tools;
  }

  @Test
  void aToolIsReadAsItIsWritten() {
    assertEquals(
        Map.of(
            "stock",
            new OutsideTool(
                "stock",
                new Clause(
                    "tool.stock", "Head of Operations", "Whoever asks is told what is there."),
                "warehouse",
                "check_stock",
                "says how many of a product are in stock",
                false,
                true,
                ErrorMeans.NOT_DONE,
                new TreeMap<>(
                    Map.of(
                        "product", new Argument(new Form.Name(), true, "its code"),
                        "note", new Argument(new Form.Text(200), false, ""))),
                new TreeMap<>(
                    Map.of(
                        "left", new Told("/stock/left", new Form.Whole(0, 1_000)),
                        "state", new Told("/state", new Form.Choice(List.of("there", "gone"))))))),
        Smallest.compile(policy(TOOL)).orThrow().tools());
  }

  @Test
  void aToolIsUnderTheHash_andInTheReport() {
    var one = Smallest.compile(policy(TOOL)).orThrow();
    var other = Smallest.compile(policy(TOOL.replace("/stock/left", "/left"))).orThrow();
    assertEquals(false, one.policy().hash().equals(other.policy().hash()));
    assertEquals(one.tools(), PolicyCompiler.fromJson(one.json()).orThrow().tools());
    assertEquals(
        """

        Outside tools
          tool:stock             check_stock on warehouse; takes note, product; tells stock.left,
                                 stock.state; changes nothing
        """,
        PolicyReport.of(one).substring(PolicyReport.of(one).indexOf("\nOutside tools")));
  }

  @Test
  void withoutMandateAndLimitNobodyMayUseIt() {
    assertEquals(
        List.of(
            "smallest.yaml:195:11: no role may use it: grant tool:stock in a mandate, or leave this"
                + " tool out",
            "smallest.yaml:195:11: it has no limit: name tool:stock in limits, for instance by"
                + " measure kind:tool:stock"),
        Smallest.problems(Smallest.and(TOOL)));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource
  void itIsShownAsOneProblem(String was, String is, String problem) {
    assertEquals(
        List.of("smallest.yaml:" + problem), Smallest.problems(policy(TOOL.replace(was, is))));
  }

  static Stream<Arguments> itIsShownAsOneProblem() {
    return Stream.of(
        arguments(
            "type: name",
            "type: nam",
            "205:23: expected one of text, name, choice, whole, time, not \"nam\"; did you mean \"name\"?"),
        arguments(", maxChars: 200", "", "206:20: a text has a bound: add maxChars"),
        arguments(
            "type: name,", "type: name, maxChars: 9,", "205:29: a name has no maxChars: remove it"),
        arguments(", atMost: 1000", "", "208:37: a whole number has a bound: add atMost"),
        arguments(
            "atMost: 1000",
            "atLeast: 7, atMost: 1",
            "208:53: atLeast is more than atMost: change one of them"),
        arguments(
            "/stock/left",
            "stock.left",
            "208:18: \"stock.left\" has another form than where it stands in the answer, a JSON Pointer such as /stock/left"),
        arguments(
            "product:",
            "the-product:",
            "205:7: \"the-product\" is no name here: letters, digits and _, a letter first, at most 64"),
        arguments(
            "left:",
            "Left:",
            "208:7: \"Left\" is no name here: a-z, 0-9 and -, a letter first, at most 32"),
        arguments(
            "server: warehouse",
            "server: http://w",
            "199:13: \"http://w\" has another form than a name: a-z, 0-9 and -, at most 64"),
        arguments(
            "readOnly: true",
            "readOnly: \"yes\"",
            "202:15: expected true or false, not \"yes\": true where it only answers and changes nothing: it may be asked again when nobody knows what became of a call"),
        arguments(
            "errorMeans: not-done",
            "errorMeans: nothing",
            "203:17: expected one of unknown, not-done, not \"nothing\""));
  }

  @Test
  void aNameOfTheEnginesOwnFactsIsTaken() {
    var yaml =
        policy(TOOL).replace("tool:stock", "tool:quote").replace("- tool: stock", "- tool: quote");
    assertEquals(
        List.of(
            "smallest.yaml:195:11: facts of \"quote\" are the engine's own: choose another name"),
        Smallest.problems(yaml));
  }
}
