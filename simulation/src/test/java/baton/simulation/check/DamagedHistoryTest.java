package baton.simulation.check;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import baton.simulation.history.HistoryReader;
import baton.simulation.history.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each checker on the recording of a real engine in which one line was altered by hand: as it is,
/// nothing is wrong with it; altered, the checker says what is.
class DamagedHistoryTest {
  @TempDir Path folder;

  /// @param line what the line that is altered holds, and no other does
  /// @param what a pattern of what is taken out of it
  /// @param put in its place
  /// @param words how the violation begins
  record Damage(Checker checker, String line, String what, String put, String words) {
    @Override
    public String toString() {
      return checker.getClass().getSimpleName();
    }
  }

  static Stream<Damage> damages() {
    return Stream.of(
        new Damage(
            new Numbered(),
            entry(20),
            "\"first\":20",
            "\"first\":21",
            "12: event 21 follows on 19"),
        new Damage(
            new OneHolder(),
            entry(28),
            "\\{\"type\":\"revoked\"[^}]*},",
            "",
            "2: the lease is granted while Held[role=answering, epoch=1] holds"),
        new Damage(
            new OnlyTheHolderProposes(),
            entry(14),
            "\"ask\":13,\"epoch\":1,\"role\"",
            "\"ask\":5,\"epoch\":1,\"role\"",
            "2: answering proposed without being asked as the holder"),
        new Damage(
            new Fenced(),
            "\"type\":\"claimed\",\"n\":2",
            "\"permit\":\"default.b0-1.17\"",
            "\"permit\":\"default.b0-1.9\"",
            "4: no unused permit for claim 2, default.b0-1.9"),
        new Damage(
            new OneKeyPerProposal(),
            entry(17),
            "\"key\":\"default.b0-1.15.4897c2991a4808f0\"",
            "\"key\":\"default.b0-1.7.6a2a10ab869e951e\"",
            "6: default.b0-1.7.6a2a10ab869e951e is of two proposals"),
        new Damage(
            new OneEffectPerKey(),
            "\"type\":\"claimed\",\"n\":3",
            "\"key\":\"default.b0-1.24.4897c2991a4808f0\"",
            "\"key\":\"default.b0-1.15.4897c2991a4808f0\"",
            "6: key default.b0-1.15.4897c2991a4808f0 is claimed again, and nobody knows that nothing"
                + " was done"),
        new Damage(
            new ApprovalBinds(),
            entry(12),
            "\"events\":\\[",
            "\"events\":[{\"type\":\"approval-resolved\",\"approval\":5,\"approved\":false,"
                + "\"operator\":\"kim\",\"reason\":\"\"},",
            "nobody answered approval 5 with false"),
        new Damage(
            new FailClosed(),
            entry(17),
            "\"control\":\\{\"running\":true",
            "\"control\":{\"running\":false",
            "8: permitted while paused"),
        new Damage(
            new LegalTransitions(),
            entry(31),
            "\"cause\":\"hand-back\"",
            "\"cause\":\"requested\"",
            "10: human>answering is not in the table"),
        new Damage(
            new OutcomesJoin(),
            "\"type\":\"settled\",\"claim\":4,\"outcome\"",
            "\\{\"type\":\"confirmed\",\"facts\":\\{}}",
            "{\"type\":\"failed\",\"reason\":\"refused\"}",
            "11: claim 4 is Failed[reason=refused], its event says Confirmed[facts={}]"),
        new Damage(
            new Segmentation(),
            entry(23),
            "(\"type\":\"proposed\".*?)\"role\":\"answering\"",
            "$1\"role\":\"closing\"",
            "13: closing did speak"),
        new Damage(
            new NothingAcknowledgedIsLost(),
            entry(20),
            "(\"type\":\"heard\".*?)\"message\":\"m2\"",
            "$1\"message\":\"m4\"",
            "nothing acknowledged is lost: message m2 of default.b0-1 was acknowledged and is lost"),
        new Damage(
            new StopMeansStop(),
            "\"type\":\"ok\",\"process\":\"operator\",\"at\":\"2026-11-28T04:08:46.466966476Z\"",
            "\"claims\":1",
            "\"claims\":2",
            "stop means stop: claim 2 of default.b0-1 was made after a pause of conversation:b0-1"),
        new Damage(
            new TighteningHolds(),
            "\"type\":\"claimed\",\"n\":3",
            "\"policy\":\"c78705f67173d2d227fea289d048065322283ffebbeddfd97bdd0d623a2f62b5\"",
            "\"policy\":\"a82f22bc2908cbc8e7fd649678feb990206fd52e22a06ad8ce0697b30a08aa64\"",
            "tightening holds: claim 3 of default.b0-1 was made under policy a82f22bc2908"),
        new Damage(
            new TakeOverHolds(),
            "\"type\":\"claimed\",\"n\":4",
            "\"epoch\":5",
            "\"epoch\":1",
            "take-over holds: claim 4 of default.b0-1 has epoch 1, and the operator had had 3"),
        new Damage(
            new Replays(),
            entry(18),
            "\"silentAt\":\"2026-11-28T04:13:46.542Z\"",
            "\"silentAt\":\"2026-11-28T05:13:46.542Z\"",
            "11: decided again, event 18 is another: "));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void givenARecordingWithOneDamagedLine_whenChecked_thenItIsFound(Damage damage)
      throws IOException {
    var file = damaged(damage);
    var violation = assertThrows(Violation.class, () -> check(damage.checker, file)).getMessage();
    assertEquals(
        damage.words, violation.substring(0, Math.min(damage.words.length(), violation.length())));
  }

  @Test
  void givenTheRecordingAsItIs_whenChecked_thenNothingIsFound() throws IOException {
    for (var checker : Checkers.all()) check(checker, Recorded.file());
  }

  /// An opt-out is seen in the authority's row, of which no recording tells: see Mutants.
  @Test
  void givenAllCheckers_thenEachThatCanSeeARecordingIsHere() {
    Set<Class<?>> here = new HashSet<>(Set.of(OptedOut.class));
    here.addAll(damages().map(damage -> damage.checker.getClass()).collect(toSet()));
    assertEquals(Checkers.all().stream().map(Checker::getClass).collect(toSet()), here);
  }

  /// As it is read: what follows on the damage may be no history any more.
  private static void check(Checker checker, Path file) throws IOException {
    HistoryReader.read(file, checker::see);
    checker.end();
  }

  private static String entry(long first) {
    return "\"first\":" + first + ",";
  }

  private Path damaged(Damage damage) throws IOException {
    var recorded = Files.readAllLines(Recorded.file());
    var found = recorded.stream().filter(line -> line.contains(damage.line)).toList();
    assertEquals(1, found.size(), "lines with " + damage.line);
    var altered = found.getFirst().replaceFirst(damage.what, damage.put);
    assertNotEquals(found.getFirst(), altered);
    var lines = recorded.stream().map(line -> line.equals(found.getFirst()) ? altered : line);
    return Files.write(folder.resolve("damaged.jsonl"), lines.toList());
  }
}
