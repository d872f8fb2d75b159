package baton.persistence.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.fact.Sealed;
import baton.handoff.port.Vault;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every vault does.
interface VaultContract {
  String TENANT = "default";

  /// A vault that knows nobody yet, or none of the buyers that another call's vault knows.
  Vault vault();

  @Test
  default void whatWasSealedOpens() {
    var vault = vault();
    var subject = vault.subject(TENANT, "opens");
    for (var text : new String[] {"", "Ada", "grüezi 👋🏽", "x".repeat(10_000), "a\u0000b"}) {
      var sealed = vault.seal(TENANT, subject, "conversation", text);
      assertEquals(Optional.of(text), vault.open(TENANT, sealed));
      assertEquals(subject, sealed.subject());
      assertEquals("conversation", sealed.purpose());
    }
  }

  @Test
  default void nothingSealedShowsTheText() {
    var vault = vault();
    var subject = vault.subject(TENANT, "ada@example.com");
    var sealed = vault.seal(TENANT, subject, "contact", "ada@example.com");
    assertTrue(sealed.digest().matches("[0-9a-f]{64}"));
    var bytes = new String(Base64.getDecoder().decode(sealed.ciphertext()));
    assertFalse(bytes.contains("ada"));
    assertFalse(subject.contains("ada"));
  }

  @Test
  default void equalTextsOfOneSubjectHaveEqualDigestsWhateverTheyWereTakenFor() {
    var vault = vault();
    var ada = vault.subject(TENANT, "digest-ada");
    var bob = vault.subject(TENANT, "digest-bob");
    var first = vault.seal(TENANT, ada, "contact", "secret");
    assertEquals(first.digest(), vault.seal(TENANT, ada, "contact", "secret").digest());
    assertEquals(first.digest(), vault.seal(TENANT, ada, "crm", "secret").digest());
    assertNotEquals(first.digest(), vault.seal(TENANT, ada, "contact", "Secret").digest());
    assertNotEquals(first.digest(), vault.seal(TENANT, bob, "contact", "secret").digest());
  }

  @Test
  default void aBuyerIsTheSameSubjectEverAfterAndAnotherOneElsewhere() {
    var vault = vault();
    var subject = vault.subject(TENANT, "buyer-1");
    assertTrue(subject.matches("s[a-z2-7]{20}"));
    assertEquals(subject, vault.subject(TENANT, "buyer-1"));
    assertNotEquals(subject, vault.subject("other", "buyer-1"));
    var many =
        IntStream.range(0, 200)
            .mapToObj(i -> vault.subject(TENANT, "many-" + i))
            .collect(Collectors.toSet());
    assertEquals(200, many.size());
  }

  @Test
  default void whatWasChangedOrMovedDoesNotOpen() {
    var vault = vault();
    var ada = vault.subject(TENANT, "moved-ada");
    var bob = vault.subject(TENANT, "moved-bob");
    var sealed = vault.seal(TENANT, ada, "contact", "secret");
    vault.seal(TENANT, ada, "crm", "x");
    vault.seal(TENANT, bob, "contact", "x");
    vault.seal("other", ada, "contact", "x");
    refused(vault, TENANT, with(sealed, bob, "contact", sealed.ciphertext()));
    refused(vault, TENANT, with(sealed, ada, "crm", sealed.ciphertext()));
    refused(vault, "other", sealed);
    refused(vault, TENANT, with(sealed, ada, "unheard-of", sealed.ciphertext()));
    refused(vault, TENANT, with(sealed, ada, "contact", "not base64!"));
    refused(vault, TENANT, with(sealed, ada, "contact", ""));
    byte[] bytes = Base64.getDecoder().decode(sealed.ciphertext());
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      refused(
          vault, TENANT, with(sealed, ada, "contact", Base64.getEncoder().encodeToString(bytes)));
      bytes[i] ^= 1;
    }
  }

  @Test
  default void onceErasedNothingOpensAndNothingMoreIsSealed() {
    var vault = vault();
    var ada = vault.subject(TENANT, "erased-ada");
    var bob = vault.subject(TENANT, "erased-bob");
    var contact = vault.seal(TENANT, ada, "contact", "secret");
    var crm = vault.seal(TENANT, ada, "crm", "secret");
    var others = vault.seal(TENANT, bob, "contact", "his");
    var elsewhere = vault.seal("other", ada, "contact", "hers");

    assertEquals(
        5, vault.erase(TENANT, ada), "two purposes, the digest, and two that every buyer has");

    assertEquals(Optional.empty(), vault.open(TENANT, contact));
    assertEquals(Optional.empty(), vault.open(TENANT, crm));
    assertThrows(Erased.class, () -> vault.seal(TENANT, ada, "contact", "again"));
    assertThrows(Erased.class, () -> vault.seal(TENANT, ada, "never-used", "again"));
    assertEquals(Optional.of("his"), vault.open(TENANT, others));
    assertEquals(Optional.of("hers"), vault.open("other", elsewhere));
    assertEquals(0, vault.erase(TENANT, ada), "there is nothing left to destroy");
    assertEquals(ada, vault.subject(TENANT, "erased-ada"));
  }

  @Test
  default void aSubjectThatNothingWasSealedForIsErasedAllTheSame() {
    var vault = vault();
    var subject = vault.subject(TENANT, "erased-early");
    assertEquals(3, vault.erase(TENANT, subject), "the digest, and two that every buyer has");
    assertThrows(Erased.class, () -> vault.seal(TENANT, subject, "transcript", "text"));
    assertThrows(Erased.class, () -> vault.seal(TENANT, subject, "contact", "text"));
  }

  @Test
  default void aSubjectThatWasNeverMetIsErasedAllTheSame() {
    var vault = vault();
    var subject = "s-0123456789abcdef0123456789abcdef";
    assertEquals(0, vault.erase(TENANT, subject));
    assertThrows(Erased.class, () -> vault.seal(TENANT, subject, "contact", "text"));
  }

  @Test
  default void theVaultsOwnPurposesAndEmptyNamesAreRefused() {
    var vault = vault();
    for (var purpose : Set.of("digest", "master-key", "")) {
      assertThrows(IllegalArgumentException.class, () -> vault.seal(TENANT, "s1", purpose, "text"));
    }
    assertThrows(IllegalArgumentException.class, () -> vault.seal(TENANT, "", "contact", "text"));
    assertThrows(IllegalArgumentException.class, () -> vault.seal("", "s1", "contact", "text"));
  }

  private static Sealed with(Sealed sealed, String subject, String purpose, String ciphertext) {
    return new Sealed(subject, purpose, sealed.digest(), ciphertext);
  }

  private static void refused(Vault vault, String tenant, Sealed sealed) {
    var refusal = assertThrows(IllegalStateException.class, () -> vault.open(tenant, sealed));
    assertFalse(refusal.getMessage().contains("secret"));
  }
}
