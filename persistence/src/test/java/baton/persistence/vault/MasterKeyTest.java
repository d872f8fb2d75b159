package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  @TempDir private Path folder;

  @Test
  void theFirstStartMakesAFileForItsOwnerAloneAndLeavesNothingElse() throws IOException {
    MasterKey.load(folder.resolve("data"));
    try (var files = Files.list(folder.resolve("data"))) {
      assertEquals(List.of("master-key"), files.map(f -> f.getFileName().toString()).toList());
    }
    var permissions = Files.getPosixFilePermissions(folder.resolve("data/master-key"));
    assertEquals("rw-------", PosixFilePermissions.toString(permissions));
  }

  @Test
  void laterStartsReadTheSameKey() {
    var first = MasterKey.load(folder).lookup("t", "buyer");
    assertArrayEquals(first, MasterKey.load(folder).lookup("t", "buyer"));
  }

  @Test
  void everyFolderGetsAKeyOfItsOwn() {
    var one = MasterKey.load(folder.resolve("1")).lookup("t", "buyer");
    var two = MasterKey.load(folder.resolve("2")).lookup("t", "buyer");
    assertFalse(Arrays.equals(one, two));
  }

  @Test
  void aFileThatOthersMayReadIsRefusedInOneLineThatSaysWhatToDo() throws IOException {
    MasterKey.load(folder);
    var file = folder.resolve("master-key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    var refusal = assertThrows(IllegalStateException.class, () -> MasterKey.load(folder));
    assertTrue(refusal.getMessage().endsWith("chmod 600 " + file), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }

  @Test
  void aDamagedFileIsRefusedAndNotReplacedNorQuoted() throws IOException {
    MasterKey.load(folder);
    var file = folder.resolve("master-key");
    for (var text : List.of("", "baton-master-key-1 c2hvcnQ=", "else", "baton-master-key-1 §§")) {
      Files.writeString(file, text);
      var refusal = assertThrows(IllegalStateException.class, () -> MasterKey.load(folder));
      assertTrue(refusal.getMessage().startsWith("the master key is damaged"));
      assertFalse(refusal.getMessage().contains("c2hv"));
      assertEquals(text, Files.readString(file));
    }
  }

  @Test
  void itNeverShowsItself() {
    assertEquals("MasterKey", MasterKey.of(new byte[32]).toString());
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> MasterKey.of(new byte[31]));
  }

  @Test
  void theSubjectIdIsTheStartOfTheHashInLetters() {
    assertEquals("saaaaaaaaaaaaaaaaaaaa", SubjectId.of(new byte[32]));
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    assertEquals("s77777777777777777777", SubjectId.of(ones));
    byte[] counting = "Subjects are made from hashes".getBytes();
    assertEquals("skn2we2tfmn2hgidbojss", SubjectId.of(counting));
    assertNotEquals(SubjectId.of(ones), SubjectId.of(counting));
  }
}
