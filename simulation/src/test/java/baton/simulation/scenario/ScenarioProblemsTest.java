package baton.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.persistence.policy.Problem;
import baton.persistence.policy.Problems;
import baton.simulation.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is wrong with a scenario is said in one line, at its place, with what to do.
class ScenarioProblemsTest {
  private static final String RIGHT =
      """
      scenario: a test
      shows: What is wrong with one line.
      traits:
        mood: {calm: 3, cross: 1}
      buyer: {zone: America/Denver}
      replies:
        - {asks: consent.contact, say: "yes"}
      expect:
        - effect: book
      """;

  @TempDir private Path folder;

  @Test
  void nothingIsWrongWithTheOneThatIsRight() throws IOException {
    assertEquals(List.of(), problems(RIGHT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "buyer: {zone: | buyer: {zon: | 5:9: there is no \"zon\" here: remove it; did you mean"
            + " \"zone\"?",
        "effect: book | efect: book | 9:5: there is no \"efect\" here: remove it; did you mean"
            + " \"effect\"?",
        "effect: book | effect: buy | 9:13: this policy has no action \"buy\": correct the name",
        "effect: book | effect: speak | 9:13: no role of this policy has a tool do speak: expect"
            + " what is done outside, or words with said",
        "effect: book | holder: bookin | 9:13: this policy has no role \"bookin\": correct the"
            + " name; did you mean \"booking\"?",
        "effect: book | said: {line: stoped} | 9:18: this policy has no line \"stoped\": correct"
            + " the name; did you mean \"stopped\"?",
        "effect: book | denied: concede by right.consession-20 | 9:13: this policy has no clause"
            + " \"right.consession-20\": correct the name; did you mean \"right.concession-20\"?",
        "effect: book | denied: concede | 9:13: \"concede\" names no action and clause: write it as"
            + " in concede by limit.concessions",
        "effect: book | waits: concession-30 | 9:12: this policy has no right \"concession-30\":"
            + " correct the name; did you mean \"concession-10\"?",
        "effect: book | {effect: book, at-least: 60, at-most: 50} | 9:5: at-least is more than"
            + " at-most: this can never be met, correct one",
        "effect: book | {effect: book, closed: ordered} | 9:5: an expectation is one of holder,"
            + " closed, effect, no-effect, said, never-said, denied, deferred, escalated, waits,"
            + " person-asked, opted-out, consent, fact: write one of them",
        "consent.contact | consent.contract | 7:12: this policy has no question about"
            + " \"consent.contract\": correct the name; did you mean \"consent.contact\"?",
        "say: \"yes\" | fault: pause | 7:36: \"pause\" is no fault: write one of crash, slow-tool"
            + " KIND, lost-answer KIND, failing-tool KIND REASON, answers-twice KIND, pause SCOPE,"
            + " resume SCOPE, doubtful-transcription PERCENT, silence DURATION, hangs-up,"
            + " reaches-voicemail",
        "say: \"yes\" | fault: slow-tool bok | 7:36: this policy has no action that can take place"
            + " called \"bok\": correct the name; did you mean \"book\"?",
        "say: \"yes\" | say: \"{seats} of us\" | 7:34: there is no trait \"seats\" to fill {seats}"
            + " with: add it",
        "say: \"yes\" | say: \"yes\", trait: {mood: angry} | 7:55: the trait mood is never"
            + " \"angry\": correct it",
        "say: \"yes\" | say: \"yes\", grants: kim | 7:5: a reply does one thing, such as say, or"
            + " several in order under do: write one of the two",
        "America/Denver | America/Dallas | 5:15: \"America/Dallas\" is no time zone: write an IANA"
            + " name such as America/Denver",
        "say: \"yes\" | say: yes | 7:34: yes is read differently by different readers: put the text"
            + " in quotes, or write true or false",
      })
  void oneChangeIsShownAsOneProblem(String text, String other, String problem) throws IOException {
    var problems = problems(RIGHT.replace(text.strip(), other.strip()));
    assertEquals(problem.strip(), problems.getFirst());
  }

  @Test
  void whatExcludesEachOtherCanNeverBeMet() throws IOException {
    assertEquals(
        List.of(
            "10:5: to book (line 9) and not to book exclude each other: take one out",
            "12:5: to be closed for ordered (line 11) and to be with booking in the end exclude"
                + " each other: take one out",
            "14:5: to say \"good morning\" (line 13) and never to say \"morning\" exclude each"
                + " other: take one out"),
        problems(
            RIGHT
                + """
                  - no-effect: book
                  - closed: ordered
                  - holder: booking
                  - said: "good morning"
                  - never-said: "morning"
                """));
  }

  @Test
  void sharesThatExcludeEachOtherCanNeverBeMetWhereTheyComeToMoreThanAll() throws IOException {
    var ordered = "  - {closed: ordered, at-least: 40}\n";
    assertEquals(List.of(), problems(RIGHT + ordered + "  - {closed: silence, at-least: 60}\n"));
    assertEquals(
        List.of(
            "11:5: to be closed for ordered (line 10) and to be closed for silence exclude each"
                + " other: take one out",
            "12:5: to book (line 9) and not to book exclude each other: take one out"),
        problems(
            RIGHT
                + ordered
                + "  - {closed: silence, at-least: 61}\n"
                + "  - {no-effect: book, at-least: 1}\n"));
  }

  @Test
  void buyersThatIncludeThemselvesAreACycle() throws IOException {
    Files.writeString(folder.resolve("one.yaml"), "include: [two.yaml]\n");
    Files.writeString(folder.resolve("two.yaml"), "include: [one.yaml]\n");
    assertEquals(
        List.of(
            "two.yaml:1:11: \"one.yaml\" includes itself (one.yaml → two.yaml → one.yaml): take one"
                + " of these includes out"),
        problems(RIGHT + "include: [one.yaml]\n"));
  }

  @Test
  void buyersThatNobodyKnowsAreSaid() throws IOException {
    assertEquals(
        List.of(
            "10:11: there are no buyers called \"crowds\": name crowd, adversaries or a .yaml file;"
                + " did you mean \"crowd\"?"),
        problems(RIGHT + "include: [crowds]\n"));
  }

  /// The buyers that come with the simulator have the form that others must have.
  @ParameterizedTest
  @CsvSource({"crowd", "adversaries"})
  void theBuyersThatComeWithTheSimulatorAreRight(String name) throws IOException {
    var resource = "/baton/simulation/buyers/" + name + ".yaml";
    try (var in = ScenarioReader.class.getResourceAsStream(resource)) {
      Files.write(folder.resolve("own.yaml"), in.readAllBytes());
    }
    assertEquals(List.of(), problems(RIGHT + "include: [own.yaml]\n"));
  }

  /// Without the scenario's own file name.
  private List<String> problems(String yaml) throws IOException {
    var file = Files.writeString(folder.resolve("s.yaml"), yaml);
    var problems = new Problems();
    new ScenarioReader(PolicyFiles.inbound(), problems).read(file);
    return problems.sorted(file.toString()).stream()
        .map(Problem::toString)
        .map(line -> line.replace(file + ":", "").replace(folder + "/", ""))
        .toList();
  }
}
