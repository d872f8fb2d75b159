package baton.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import baton.persistence.policy.Compilation;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.PolicyTests;
import baton.runtime.Rehearsal;
import baton.simulation.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy's own scenarios travel with it, and decide whether it may be active.
class ScenarioTestsTest {
  private static final String BOOKS =
      """
      scenario: books a call
      shows: A visitor books a call.
      include: [buyers.yaml]
      buyer: {zone: America/Denver}
      expect:
        - effect: book
      """;
  private static final String BUYERS =
      """
      replies:
        - {asks: consent.contact, say: "yes"}
        - {asks: product, say: "team, 12 seats"}
        - {asks: time, say: "Tuesday at 10 am"}
        - {asks: slot, say: "yes please"}
      """;

  @TempDir private Path folder;
  private Path policy;

  @BeforeEach
  void aPolicyThatNamesAScenario() throws IOException {
    policy = PolicyFiles.inbound(folder, "scenarios:\n  - tests/books.yaml\n");
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve("tests/buyers.yaml"), BUYERS);
    write(BOOKS);
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("tests/books.yaml"), yaml);
  }

  @Test
  void aPolicyWhoseScenariosAreMetCanBeActive() {
    var document = PolicyCompiler.compile(policy).orThrow();
    assertEquals(
        List.of(new PolicyTests.Result("books a call", 1, "")), Rehearsal.scenarios(document));
    assertEquals(Optional.empty(), Rehearsal.wrong(document));
  }

  @Test
  void theyTravelWithTheStoredForm() throws IOException {
    var document = PolicyCompiler.compile(policy).orThrow();
    Files.delete(folder.resolve("tests/books.yaml"));
    Files.delete(folder.resolve("tests/buyers.yaml"));
    var stored = PolicyCompiler.fromJson(document.json()).orThrow();
    assertEquals(document.policy().hash(), stored.policy().hash());
    assertEquals(
        List.of(new PolicyTests.Result("books a call", 1, "")), Rehearsal.scenarios(stored));
  }

  @Test
  void oneThatIsNotMetIsNamedWithWhatWasExpected() throws IOException {
    write(BOOKS.replace("effect: book", "effect: quote"));
    var document = PolicyCompiler.compile(policy).orThrow();
    assertEquals(
        Optional.of("scenario \"books a call\": it was to quote"), Rehearsal.wrong(document));
  }

  @Test
  void oneThatSpeaksOfWhatThePolicyDoesNotHaveIsNotMet() throws IOException {
    write(BOOKS.replace("effect: book", "holder: bookkeeping"));
    var document = PolicyCompiler.compile(policy).orThrow();
    assertEquals(
        Optional.of(
            "scenario \"books a call\": this policy has no role \"bookkeeping\": correct the name"),
        Rehearsal.wrong(document));
  }

  @Test
  void twoOfOneNameAreNotMet() throws IOException {
    policy = PolicyFiles.inbound(folder, "scenarios: [tests/books.yaml, tests/books.yaml]\n");
    assertEquals(
        Optional.of(
            "scenario \"books a call\": another scenario has this name: rename one of them"),
        Rehearsal.wrong(PolicyCompiler.compile(policy).orThrow()));
  }

  @Test
  void oneThatHasNotTheFormIsAProblemOfThePolicyAtItsPlace() throws IOException {
    write(BOOKS.replace("shows:", "show:"));
    var invalid = assertInstanceOf(Compilation.Invalid.class, PolicyCompiler.compile(policy));
    assertEquals(
        List.of(
            "tests/books.yaml:1:1: \"shows\" is missing: what it shows, in one line",
            "tests/books.yaml:2:1: there is no \"show\" here: remove it; did you mean \"shows\"?"),
        invalid.problems().stream()
            .map(problem -> problem.toString().replace(folder + "/", ""))
            .toList());
  }
}
