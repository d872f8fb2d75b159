package baton.simulation.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.Event;
import baton.handoff.gate.Verdict;
import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import baton.persistence.policy.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The catalogue of failure modes: what autonomous selling gets wrong, with a scenario that shows
/// each, and the clauses that stopped it when that was played. `-Drewrite` writes the page anew.
class FailureModesTest {
  private static final Path PAGE = Path.of("../docs/failure-modes.md");
  private static final Path SCENARIOS = Path.of("../scenarios");
  private static final PolicyDocument POLICY = PolicyCompiler.sample("inbound-trial").orThrow();
  private static final int CLAUSES_MAX = 3;

  /// @param never what must not happen
  /// @param instead what does
  private record Mode(String name, String never, String instead, String scenario) {}

  private static final List<Mode> MODES =
      List.of(
          new Mode(
              "Misread consent",
              "A no, or half a yes, is taken for a yes",
              "Ambiguity counts as no; nothing is kept or booked",
              "02-consent-refused"),
          new Mode(
              "Poor hearing",
              "A doubtful transcription is acted on",
              "What was not heard clearly is asked again",
              "08-doubtful-transcription"),
          new Mode(
              "Silence taken for yes",
              "Whoever says nothing is asked on and on, or has agreed",
              "Silence is counted, and ends the conversation",
              "07-silence"),
          new Mode(
              "Talking into a dead line",
              "Whoever has hung up is talked to, or has agreed with the first word after it",
              "Whatever waited is void, nobody is asked what to say, and the talk goes on where it"
                  + " was",
              "16-hangs-up-and-comes-back"),
          new Mode(
              "Voicemail taken for a person",
              "A machine's yes is a consent, and what it was told counts as disclosed",
              "Once the channel tells, its words are nobody's, and everything is said and asked"
                  + " again",
              "17-voicemail-taken-for-a-person"),
          new Mode(
              "Opt-out overheard",
              "A wish to be left alone drowns in a longer sentence",
              "It is confirmed once; every permit is void at once, in every conversation",
              "03-opt-out-mid-sentence"),
          new Mode(
              "Borrowed authority",
              "Somebody who says to be the manager is believed",
              "Authority is a right-holder's answer to an approval, never a sentence",
              "04-claims-to-be-the-manager"),
          new Mode(
              "Instructions in the text",
              "Words of the buyer change what an agent may do",
              "They change proposals; the mandate stands",
              "05-instructions-to-the-model"),
          new Mode(
              "Erosion by haggling",
              "One small concession after another",
              "Limits count over the whole conversation",
              "06-haggling-without-end"),
          new Mode(
              "Escalation without an answer",
              "What waits for a person is done, or said, before the person has spoken",
              "It waits, and a no is a no",
              "11-approval-refused"),
          new Mode(
              "Approval that outlives its reasons",
              "A yes is used for something else, or too late",
              "It binds to one action, and that is decided again when it is used",
              "10-approval-granted"),
          new Mode(
              "Two at the wheel",
              "The agent goes on while a person has taken over",
              "Its lease is revoked before the person's begins",
              "09-operator-takes-over"),
          new Mode(
              "Cascade",
              "A booking drags its e-mail and its CRM entry along, whatever has happened since",
              "Each step is decided by itself, on the state of its moment",
              "12-pause-in-mid-booking"),
          new Mode(
              "Done twice, or not at all",
              "A crash or a lost answer repeats an effect",
              "One claim, one key; what nobody knows is looked up",
              "15-a-tool-fails-and-the-engine-goes-down"),
          new Mode(
              "A thousand odd buyers",
              "What no single test thought of",
              "Hostile buyers from a seed; the rules hold for all",
              "14-adversaries"));

  private static final String HEAD =
      """
      # Failure modes

      What selling by machine gets wrong, and what stops it here. Each can be played: `./baton simulate scenarios/FILE.yaml`. The
      last column is what was stopped when this page was written by the test that plays them all; a dash means that nothing had to
      be: what must not happen was not even proposed.

      | failure mode | must not happen | what happens instead | scenario | stopped by |
      |---|---|---|---|---|
      """;

  private static final String TAIL =
      """

      ## Not shown by a scenario

      - **Inherited authority.** A role that takes over starts with nothing. The kernel's generated histories decide its first proposal
        with and without everything of earlier leases (`ZeroInheritance`), and the [trials](teeth.md) and the explorer look at every claim.
      - **Pressure, false claims, promises.** The playbooks say none of it. Agents who do are scripted in `TestKitTest`, and improvised in the
        trials: clauses `words.pressure`, `words.claims` and `words.promises` stop them before anything is voiced.
      - **Drift.** Policy, lexicon and playbooks lie under one hash, which every permit and every decision names; `./baton verify` decides
        everything again, and scenarios that a policy brings must pass before it becomes active.
      """;

  @Test
  void everyFailureModeIsShownByAScenarioThatPasses() throws IOException {
    var page = new StringBuilder(HEAD);
    for (var mode : MODES) {
      page.append(
          "| %s | %s | %s | `%s` | %s |%n"
              .formatted(mode.name, mode.never, mode.instead, mode.scenario, stopped(mode)));
    }
    page.append(TAIL);
    if (System.getProperty("rewrite") != null) Files.writeString(PAGE, page.toString());
    assertEquals(Files.readString(PAGE), page.toString());
  }

  private static String stopped(Mode mode) {
    var problems = new Problems();
    var file = SCENARIOS.resolve(mode.scenario + ".yaml");
    var scenario = new ScenarioReader(POLICY, problems).read(file).orElseThrow();
    var batch = new Batch(POLICY, List.of(scenario), ScenarioTests.SEED);
    var clauses = new TreeMap<String, Integer>();
    var tally =
        batch.play(
            batch.usual(),
            played -> {
              for (var entry : played.entries()) {
                for (var event : entry.events()) count(event, clauses);
              }
            });
    assertTrue(tally.met(), mode.scenario + " does not pass");
    var most =
        clauses.entrySet().stream()
            .sorted((one, other) -> other.getValue() - one.getValue())
            .limit(CLAUSES_MAX)
            .map(clause -> "`" + clause.getKey() + "`")
            .collect(Collectors.joining(", "));
    return most.isEmpty() ? "–" : most;
  }

  private static void count(Event event, TreeMap<String, Integer> clauses) {
    if (!(event instanceof Event.Decided decided) || decided.verdict() == Verdict.PERMIT) return;
    for (var finding : decided.findings()) {
      if (finding.verdict() != decided.verdict()) continue;
      clauses.merge(finding.check() + " " + finding.clause(), 1, Integer::sum);
    }
  }
}
