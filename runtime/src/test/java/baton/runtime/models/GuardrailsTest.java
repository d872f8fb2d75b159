package baton.runtime.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.agents.model.Guard;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Guardrails of LangChain4j: they can hold words back, and nothing else.
class GuardrailsTest {
  private record Named(String name, Function<String, OutputGuardrailResult> looks)
      implements GuardrailProvider {
    @Override
    public OutputGuardrail guardrail() {
      return new OutputGuardrail() {
        @Override
        public OutputGuardrailResult validate(AiMessage message) {
          return looks.apply(message.text());
        }
      };
    }
  }

  private static Optional<String> objection(Function<String, OutputGuardrailResult> looks) {
    var guards = new Guardrails(List.of(new Named("acme", looks))).of(List.of("acme"));
    Guard.Opinion opinion = guards.getFirst().of("Hello!", Duration.ofSeconds(1));
    return opinion.objection();
  }

  @Test
  void givenOneThatIsContent_thenTheWordsGoOn() {
    assertEquals(Optional.empty(), objection(_ -> OutputGuardrailResult.success()));
  }

  @Test
  void givenOneThatIsNot_orBreaks_orWouldSaySomethingElse_thenTheWordsAreHeldBack() {
    var held = Optional.of("guardrail-acme");
    assertEquals(held, objection(_ -> OutputGuardrailResult.failure(List.of())));
    assertEquals(held, objection(_ -> OutputGuardrailResult.successWith("Buy now!")));
    assertEquals(held, objection(_ -> null));
    assertEquals(
        held,
        objection(_ -> {
          throw new IllegalStateException("broken");
        }));
  }

  /// A policy that names it is refused before; but should one vanish, nothing is said.
  @Test
  void givenOneThatIsNotHere_thenItObjectsToEverything() {
    var guard = new Guardrails(List.of()).of(List.of("acme")).getFirst();
    assertEquals(
        Optional.of("guardrail-acme"), guard.of("Hello!", Duration.ofSeconds(1)).objection());
  }

  @Test
  void givenAPolicyThatNamesOneWhichIsNotHere_thenItSaysWhichAreThere() {
    var policy = Modelled.guarded("acme");
    assertEquals(
        Optional.of(
            "the guardrail acme is not here: there are other; others are found in the jars that"
                + " BATON_CLASSPATH names"),
        new Guardrails(List.of(new Named("other", null))).missing(policy));
    assertEquals(
        Optional.empty(), new Guardrails(List.of(new Named("acme", null))).missing(policy));
  }

  @Test
  void givenTwoOfOneName_thenThatIsOneLine() {
    assertEquals(
        "two guardrails on the class path are called acme: leave one out",
        assertThrows(
                IllegalStateException.class,
                () -> new Guardrails(List.of(new Named("acme", null), new Named("acme", null))))
            .getMessage());
  }
}
