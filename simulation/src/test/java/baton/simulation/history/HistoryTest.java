package baton.simulation.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.handoff.port.Controls.Mode;
import baton.handoff.port.Controls.Scope;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The form of a history: what is written comes back, and nothing else is taken for one.
class HistoryTest {
  private static final String INVOKE =
      "{'type':'invoke','process':'b1','at':'2026-11-28T03:00:00Z','number':7,'operation':"
          + "{'type':'control','scope':'engine','mode':'paused'}}";
  private static final String OK =
      "{'type':'ok','process':'b1','at':'2026-11-28T03:00:01Z','number':7,'claims':3}";

  @TempDir Path folder;

  @Test
  void givenARecordedHistory_whenReadAndWrittenAgain_thenItIsTheSameBytes() throws IOException {
    var recorded = Recorded.file();
    var again = folder.resolve("again.jsonl");
    try (var writer = HistoryWriter.to(again)) {
      for (var line : Files.readAllLines(recorded)) {
        if (line.startsWith("{\"type\":\"policy\"")) writer.policy(Recorded.policy(line));
      }
      HistoryReader.read(recorded, writer::append);
    }
    // Of processes a reader hears nothing, and policies stand before all that names them.
    assertEquals(
        sorted(
            Files.readString(recorded)
                .replaceAll("\"process\":\"(operator|b[0-9]+)\"", "\"process\":\"unnamed\"")),
        sorted(Files.readString(again)));
  }

  @Test
  void givenAHistoryOfAnEarlierFormat_whenRead_thenItTellsTheSame() throws IOException {
    assertEquals(Recorded.occurrences(), Recorded.occurrences(Recorded.inFormat1()));
  }

  private static List<String> sorted(String lines) {
    return lines.lines().sorted().toList();
  }

  @Test
  void givenOneLineOfEachAnswer_whenRead_thenTheyComeInOrder() throws IOException {
    var seen = new ArrayList<Occurrence>();
    HistoryReader.read(file(INVOKE + "\n" + OK + "\n"), seen::add);
    assertEquals(
        List.of(
            new Occurrence.Invoked(
                Instant.parse("2026-11-28T03:00:00Z"),
                7,
                new Occurrence.Operation.Control(Scope.parse("engine").orElseThrow(), Mode.PAUSED)),
            new Occurrence.Returned(
                Instant.parse("2026-11-28T03:00:01Z"), 7, Occurrence.Result.OK, 3)),
        seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'killed','at':'2026-11-28T03:00:00Z','process':'e','x':1} | unknown member 'x': take it out
          {'type':'born','at':'2026-11-28T03:00:00Z','process':'e'} | unknown type 'born': read it with the version that wrote it
          {'type':'killed','at':'2026-11-28T03:00:00Z'} | 'process' is missing: record it anew
          {'type':'killed','at':'yesterday','process':'e'} | 'at' is not of its form: record it anew
          {'type':'killed','type':'killed'} | it is no JSON object, or names a member twice: record it anew
          [] | it is no JSON object, or names a member twice: record it anew
          {'type':'ok','process':'b','at':'2026-11-28T03:00:00Z','number':8,'claims':1} | operation 8 is not open: no invoke, or two answers
          {'type':'ok','process':'b','at':'2026-11-28T03:00:00Z','number':7,'claims':-1} | 'claims' is no number from 0 on: record it anew
          {'type':'invoke','process':'b','at':'2026-11-28T03:00:00Z','number':6,'operation':{'type':'activate','campaign':'c','policy':'p'}} | operation 6 comes after 7: they must rise
          {'type':'invoke','process':'b','at':'2026-11-28T03:00:00Z','number':8,'operation':{'type':'shout'}} | unknown type 'shout': read it with the version that wrote it
          {'type':'invoke','process':'b','at':'2026-11-28T03:00:00Z','number':8,'operation':{'type':'control','scope':'all','mode':'paused'}} | 'scope' is not of its form: record it anew
          {'type':'policy','hash':'x','document':{'format':1}} | this version does not compile the policy: use the one that wrote it
          {'type':'settled','claim':1,'outcome':{'type':'perhaps'}} | 'outcome' is none that this version knows: use the one that wrote it
          """)
  void givenALineThatIsNoOccurrence_whenRead_thenTheErrorNamesIt(String line, String words)
      throws IOException {
    var file = file(INVOKE + "\n" + line + "\n");
    var error = assertThrows(Unreadable.class, () -> HistoryReader.read(file, _ -> {}));
    assertEquals("line 2: " + words, error.getMessage());
  }

  @Test
  void givenALastLineThatWasCutOff_whenRead_thenTheErrorNamesIt() throws IOException {
    var file = file(INVOKE + "\n" + OK);
    var error = assertThrows(Unreadable.class, () -> HistoryReader.read(file, _ -> {}));
    assertEquals("line 2: the last line was cut off: take it out", error.getMessage());
  }

  @Test
  void givenNothing_whenRead_thenThatIsNoHistory() throws IOException {
    var file = file("");
    var error = assertThrows(Unreadable.class, () -> HistoryReader.read(file, _ -> {}));
    assertEquals("line 1: the history is empty: record one", error.getMessage());
  }

  @Test
  void givenBytesThatAreNoText_whenRead_thenTheErrorSaysSo() throws IOException {
    var file = folder.resolve("bytes.jsonl");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    var error = assertThrows(Unreadable.class, () -> HistoryReader.read(file, _ -> {}));
    assertEquals("line 1: it is no UTF-8: record it anew", error.getMessage());
  }

  @Test
  void givenAnEntryBeforeItsPolicy_whenRead_thenTheErrorNamesThePolicy() throws IOException {
    var lines = Files.readAllLines(Recorded.file());
    var entry = lines.stream().filter(line -> line.contains("\"type\":\"journaled\"")).findFirst();
    var file = raw(entry.orElseThrow() + "\n");
    var error = assertThrows(Unreadable.class, () -> HistoryReader.read(file, _ -> {}));
    assertEquals(
        "line 1: no policy line of hash "
            + PolicyCompiler.compile(Recorded.POLICY).orThrow().policy().hash()
            + " stands before it",
        error.getMessage());
  }

  @Test
  void givenAPolicyThatWasChanged_whenRead_thenItsHashTells() throws IOException {
    var lines = Files.readAllLines(Recorded.file());
    var policy = lines.stream().filter(line -> line.contains("\"type\":\"policy\"")).findFirst();
    var file = raw(policy.orElseThrow().replace("Goodbye!", "Good day!") + "\n");
    var error = assertThrows(Unreadable.class, () -> HistoryReader.read(file, _ -> {}));
    assertEquals("line 1: the document has another hash", error.getMessage());
  }

  @Test
  void givenAnAnswerToNothing_whenWritten_thenItIsRefused() throws IOException {
    try (var writer = HistoryWriter.to(folder.resolve("new.jsonl"))) {
      var answer = new Occurrence.Returned(Instant.EPOCH, 1, Occurrence.Result.OK, 0);
      var error = assertThrows(IllegalArgumentException.class, () -> writer.append(answer));
      assertEquals("operation 1 is not open", error.getMessage());
    }
  }

  /// @param text with apostrophes for quotes
  private Path file(String text) throws IOException {
    return raw(text.replace('\'', '"'));
  }

  private Path raw(String text) throws IOException {
    return Files.writeString(folder.resolve("history.jsonl"), text);
  }
}
