package baton.persistence.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.handoff.Role;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Model;
import baton.handoff.policy.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A model that could not answer is shown before the policy is active, at its line.
class ModelProblemsTest {
  private static final String MODEL =
      """
      models:
        - role: answering
          id: model.answering
          owner: Head of Support
          reason: It understands more.
          model: sales
          temperature: 20
          limits: {answerWithin: PT15S, tokensPerTurn: 6000, tokensPerConversation: 80000, rounds: 3, answerChars: 1200, memoryLines: 20}
          onFailure: playbook
          prompt: You are {{role}}. {{facts}}
      """;

  /// In which the model is asked.
  private static String withModel(String more) {
    return Smallest.filledByAModel(Smallest.and(more));
  }

  @Test
  void aModelIsReadAsItIsWritten() {
    var document = Smallest.compile(withModel(MODEL)).orThrow();
    assertEquals(
        new Model(
            new Role("answering"),
            new Clause("model.answering", "Head of Support", "It understands more."),
            "sales",
            Optional.of(20),
            Optional.empty(),
            new Model.Limits(Duration.ofSeconds(15), 6_000, 80_000, 3, 1_200, 20),
            Model.OnFailure.PLAYBOOK,
            Template.of("You are {{role}}. {{facts}}"),
            List.of(),
            Optional.empty()),
        document.models().get(new Role("answering")));
  }

  @Test
  void aFileOfItsOwnIsReadInItsPlace() {
    var file = MODEL.substring(MODEL.indexOf("role:")).replace("\n    ", "\n");
    var including = withModel("models: [models/answering.yaml]\n");
    Includes includes =
        path -> path.equals("models/answering.yaml") ? Optional.of(file) : Optional.empty();
    var document = PolicyCompiler.compile(Smallest.FILE, including, includes).orThrow();
    assertEquals("sales", document.models().get(new Role("answering")).name());
  }

  @Test
  void givenARoleThatIsNone_thenItsModelIsOneTooMany() {
    assertEquals(
        List.of(
            "smallest.yaml:195:11: the role \"answerin\" has no mandate: add one, or leave this model"
                + " out"),
        Smallest.problems(Smallest.and(MODEL.replace("role: answering", "role: answerin"))));
  }

  @Test
  void givenThatTheRolesAgentIsItsPlaybook_thenItsModelIsOneTooMany() {
    assertEquals(
        List.of(
            "smallest.yaml:195:11: the agent of the role \"answering\" is its playbook, so this model is"
                + " never asked: write agent: model in its mandate, or leave this model out"),
        Smallest.problems(Smallest.and(MODEL)));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource
  void itIsShownAsOneProblem(String was, String is, String problem) {
    var yaml = withModel(MODEL.replace(was, is));
    assertEquals(List.of("smallest.yaml:" + problem), Smallest.problems(yaml));
  }

  static Stream<Arguments> itIsShownAsOneProblem() {
    return Stream.of(
        arguments("{{facts}}", "{{fact}}", "203:13: {{fact}} is no field of a prompt"),
        arguments("{{facts}}", "{{facts", "203:13: {{ has no end: write {{name}}"),
        arguments(
            "PT15S",
            "PT30S",
            "201:28: longer than timing.think, PT20S: nobody waits for the answer any more"),
        arguments("PT15S", "PT0S", "201:28: no time at all: write how long, as PT15S"));
  }
}
