package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ErasureFileTest {
  private static final Erasure ADA = at("sada", "2026-11-28T18:42:03.123456Z");
  private static final Erasure BOB = at("sbob", "2026-11-29T06:00:00Z");
  private static final Erasure CY = at("scy", "2026-11-30T06:00:00Z");
  private static final String TWO =
      """
      baton-erasures-1
      default sada 2026-11-28T18:42:03.123456Z
      default sbob 2026-11-29T06:00:00Z
      """;

  static {
    // Of each torn line there is a warning.
    ((Logger) LoggerFactory.getLogger(ErasureFile.class)).setLevel(Level.ERROR);
  }

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("node").resolve("erasures");
  }

  @Test
  void givenNoFile_thenThereIsOneThatSaysThatNobodyWasErased() throws IOException {
    assertEquals(List.of(), list().erasures());
    assertEquals("baton-erasures-1\n", Files.readString(file));
    assertEquals(List.of(), list().erasures());
  }

  @Test
  void whatIsKeptIsALineEach_andIsThereAfterAStart() throws IOException {
    var list = list();
    list.keep(List.of(ADA, ADA));
    list.keep(List.of(ADA, BOB));
    assertEquals(TWO, Files.readString(file));
    assertEquals(List.of(ADA, BOB), list.erasures());
    assertEquals(List.of(ADA, BOB), list().erasures());
  }

  @Test
  void whoWasErasedTwiceIsThereOnce() throws IOException {
    list().keep(List.of(ADA, BOB, at("sada", "2026-12-01T00:00:00Z")));
    assertEquals(TWO, Files.readString(file));
  }

  @Test
  void givenTwoNodesOnOneFolder_thenEachTakesInWhatTheOtherAdds() throws IOException {
    var one = list();
    var two = list();
    one.keep(List.of(ADA));
    two.keep(List.of(ADA, BOB));
    assertEquals(TWO, Files.readString(file));
    one.keep(List.of(BOB, CY));
    assertEquals(TWO + "default scy 2026-11-30T06:00:00Z\n", Files.readString(file));
  }

  /// Wherever the power went: what was written to its end stays, and one more can be added.
  @Test
  void givenALastLineThatWasNotWrittenToItsEnd_thenItIsCutOff() throws IOException {
    list();
    for (int length = 0; length <= TWO.length(); length++) {
      Files.writeString(file, TWO.substring(0, length));
      var list = list();
      list.keep(List.of(CY));
      var kept = ErasureFile.read(file);
      assertFalse(kept.isTorn());
      assertEquals(list.erasures(), kept.erasures());
      // A line that lacks but its end is whole.
      int ada = TWO.indexOf("456Z") + 4;
      var before =
          length >= TWO.length() - 1 ? List.of(ADA, BOB) : length >= ada ? List.of(ADA) : List.of();
      assertEquals(before, kept.erasures().subList(0, before.size()), "cut at " + length);
      assertEquals(before.size() + 1, kept.erasures().size(), "cut at " + length);
    }
  }

  @Test
  void givenANodeThatEndedWhileItWrote_thenAnotherOnItsFolderMendsTheFile() throws IOException {
    var list = list();
    list.keep(List.of(ADA));
    Files.writeString(file, TWO.substring(0, TWO.length() - 9));
    list.keep(List.of(BOB));
    assertEquals(TWO, Files.readString(file));
  }

  @Test
  void givenACopyThatIsCutShort_thenThatIsSaidAndItStaysAsItIs() throws IOException {
    list();
    var cut = TWO.substring(0, TWO.length() - 9);
    Files.writeString(file, cut);
    assertEquals(new ErasureFile.Content(List.of(ADA), true), ErasureFile.read(file));
    assertEquals(cut, Files.readString(file));
  }

  @Test
  void givenAnythingElse_thenItIsRefusedInOneLineAndStaysAsItIs() throws IOException {
    list();
    var damaged =
        " is no list of erasures, or damaged %s: put back a copy of one, of this node or another";
    refused(TWO.replace("default sada", "defaultsada"), damaged.formatted("in line 2"));
    refused(TWO.replace("default sbob", "default\u0000sbob"), damaged.formatted("in line 3"));
    refused(TWO.replace("11-29", "13-29"), damaged.formatted("in line 3"));
    refused(TWO.replace("sbob 2026", "sbob +12026"), damaged.formatted("in line 3"));
    refused(TWO + "\n", damaged.formatted("in line 4"));
    refused(TWO.substring("baton-erasures-1\n".length()), damaged.formatted("at its beginning"));
    refused("x", damaged.formatted("at its beginning"));
    refused(
        TWO.replace("erasures-1", "erasures-2"),
        " was written by another version of Baton: use that version");
  }

  @Test
  void givenADamageWhileANodeRuns_thenNothingIsAddedUntilItIsMended() throws IOException {
    var list = list();
    list.keep(List.of(ADA));
    Files.writeString(file, "garbage\n");
    assertThrows(IllegalStateException.class, () -> list.keep(List.of(BOB)));
    assertEquals("garbage\n", Files.readString(file));
    Files.writeString(file, TWO);
    list.keep(List.of(CY));
    assertEquals(List.of(ADA, BOB, CY), list().erasures());
  }

  @Test
  void givenAFileThatCannotBeWritten_thenThatIsSaid() throws IOException {
    Files.createDirectories(file);
    var refusal = assertThrows(IllegalStateException.class, this::list);
    assertEquals(
        "cannot write " + file + ": see who owns it, and whether the disk is full",
        refusal.getMessage());
    var unread = assertThrows(IllegalStateException.class, () -> ErasureFile.read(file));
    assertTrue(unread.getMessage().startsWith("cannot read " + file), unread.getMessage());
  }

  private void refused(String content, String expected) throws IOException {
    Files.writeString(file, content);
    var refusal = assertThrows(IllegalStateException.class, this::list);
    assertEquals(file + expected, refusal.getMessage());
    assertEquals(content, Files.readString(file));
  }

  private ErasureFile list() {
    return ErasureFile.in(file.getParent());
  }

  private static Erasure at(String subject, String at) {
    return new Erasure("default", subject, Instant.parse(at));
  }
}
