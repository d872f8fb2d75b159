package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import baton.handoff.port.Vault;
import org.junit.jupiter.api.Test;

class MemoryVaultTest implements VaultContract {
  @Override
  public Vault vault() {
    return new MemoryVault(1);
  }

  @Test
  void theSameSeedSealsToTheSameBytesInWhateverOrder() {
    var one = new MemoryVault(7);
    var two = new MemoryVault(7);
    two.seal(TENANT, "s1", "contact", "something else first");
    assertEquals(one.seal(TENANT, "s1", "contact", "a"), two.seal(TENANT, "s1", "contact", "a"));
    assertEquals(one.subject(TENANT, "ada"), two.subject(TENANT, "ada"));
  }

  @Test
  void anotherSeedSealsToOtherBytes() {
    var one = new MemoryVault(7);
    var two = new MemoryVault(8);
    assertNotEquals(one.seal(TENANT, "s1", "contact", "a"), two.seal(TENANT, "s1", "contact", "a"));
    assertNotEquals(one.subject(TENANT, "ada"), two.subject(TENANT, "ada"));
  }
}
