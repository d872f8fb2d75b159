package baton.persistence.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.db.Locks.Level;
import org.junit.jupiter.api.Test;

final class LocksTest {
  @Test
  void givenTwoLevelsThenEveryKeyOfTheWiderOneIsLower() {
    var levels = Level.values();
    for (int i = 1; i < levels.length; i++) {
      for (int name = 0; name < 1_000; name++) {
        long wide = Locks.key(levels[i - 1], "t", "n" + name);
        long narrow = Locks.key(levels[i], "t", "n" + (999 - name));
        assertTrue(0 < wide && wide < narrow);
      }
    }
  }

  @Test
  void givenOneNameInTwoTenantsThenTheKeysDiffer() {
    assertNotEquals(Locks.key(Level.CAMPAIGN, "a", "c"), Locks.key(Level.CAMPAIGN, "b", "c"));
    assertNotEquals(Locks.key(Level.CAMPAIGN, "ab", "c"), Locks.key(Level.CAMPAIGN, "a", "bc"));
  }

  /// Nodes of two versions must agree on keys: they are part of the database's contract.
  @Test
  void givenANameThenItsKeyNeverChanges() {
    assertEquals(4138006353400537567L, Locks.key(Level.CAMPAIGN, "default", "inbound-trial"));
  }
}
