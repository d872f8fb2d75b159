package baton.persistence.vault;

import baton.handoff.fact.Sealed;
import baton.handoff.port.Vault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The vault in memory, for tests and simulations: keys and nonces follow from a seed and what is
/// sealed, so that a run can be repeated byte for byte. It protects nobody.
public final class MemoryVault implements Vault {
  private static final int NONCE = 12;

  private final byte[] seed;
  private final Set<KeyName> keys = new HashSet<>();
  private final Set<KeyName> erased = new HashSet<>();

  public MemoryVault(long seed) {
    this.seed = ByteBuffer.allocate(Long.BYTES).putLong(seed).array();
  }

  @Override
  public synchronized String subject(String tenant, String buyer) {
    var subject = SubjectId.of(hmac(seed, KeyName.bytes("lookup", tenant, buyer)));
    keys.add(new KeyName(tenant, subject, KeyName.DIGEST));
    for (var purpose : KeyName.USUAL) keys.add(KeyName.of(tenant, subject, purpose));
    return subject;
  }

  /// @throws Erased where the subject's keys have been destroyed
  @Override
  public Sealed seal(String tenant, String subject, String purpose, String clear) {
    var name = KeyName.of(tenant, subject, purpose);
    use(name);
    byte[] text = clear.getBytes(StandardCharsets.UTF_8);
    byte[] digest = hmac(key(name.digest()), text);
    byte[] nonce = Arrays.copyOf(hmac(key(name), text), NONCE);
    byte[] body = gcm(Cipher.ENCRYPT_MODE, name, nonce, text);
    return new Sealed(
        subject,
        purpose,
        HexFormat.of().formatHex(digest),
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(NONCE + body.length).put(nonce).put(body).array()));
  }

  /// @throws IllegalStateException where it was changed, or sealed elsewhere
  @Override
  public Optional<String> open(String tenant, Sealed sealed) {
    var name = KeyName.of(tenant, sealed.subject(), sealed.purpose());
    synchronized (this) {
      if (!keys.contains(name)) {
        throw new IllegalStateException("a sealed text has no key here: it was sealed elsewhere");
      }
      if (erased.contains(name.digest())) return Optional.empty();
    }
    byte[] bytes = decoded(sealed.ciphertext());
    byte[] nonce = Arrays.copyOf(bytes, NONCE);
    byte[] text =
        gcm(Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(bytes, NONCE, bytes.length));
    return Optional.of(new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized int erase(String tenant, String subject) {
    if (!erased.add(new KeyName(tenant, subject, KeyName.DIGEST))) return 0;
    return (int)
        keys.stream()
            .filter(key -> key.tenant().equals(tenant) && key.subject().equals(subject))
            .count();
  }

  private synchronized void use(KeyName name) {
    if (erased.contains(name.digest())) throw new Erased(name.subject());
    keys.add(name.digest());
    keys.add(name);
  }

  private byte[] key(KeyName name) {
    return hmac(seed, name.bound());
  }

  private byte[] gcm(int mode, KeyName name, byte[] nonce, byte[] input) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key(name), "AES"), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(name.bound());
      return cipher.doFinal(input);
    } catch (GeneralSecurityException changed) {
      throw new IllegalStateException("a sealed text does not open: it was changed");
    }
  }

  private static byte[] decoded(String ciphertext) {
    try {
      byte[] bytes = Base64.getDecoder().decode(ciphertext);
      if (bytes.length >= NONCE) return bytes;
    } catch (IllegalArgumentException changed) {
      // Falls through: its message quotes the text.
    }
    throw new IllegalStateException("a sealed text does not open: it was changed");
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has HMAC-SHA-256
    }
  }
}
