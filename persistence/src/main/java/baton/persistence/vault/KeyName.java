package baton.persistence.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which key is meant: whose data, taken for what.
record KeyName(String tenant, String subject, String purpose) {
  /// The key under which texts of one subject are compared, whatever they were taken for.
  static final String DIGEST = "digest";

  /// What nearly every buyer has texts for: their keys are made when the buyer is met.
  static final List<String> USUAL = List.of("identity", "transcript");

  /// The one key of a database that belongs to no subject: it shows which master key is the right
  /// one.
  static final KeyName MASTER = new KeyName("", "", "master-key");

  /// For personal text, so not one of the vault's own.
  static KeyName of(String tenant, String subject, String purpose) {
    boolean own = purpose.equals(DIGEST) || purpose.equals(MASTER.purpose);
    if (own || purpose.isEmpty() || subject.isEmpty() || tenant.isEmpty()) {
      throw new IllegalArgumentException(
          "a key needs a tenant, a subject and a purpose of its own");
    }
    return new KeyName(tenant, subject, purpose);
  }

  KeyName digest() {
    return new KeyName(tenant, subject, DIGEST);
  }

  /// What a ciphertext is bound to, so that it opens nowhere else.
  byte[] bound() {
    return bytes(tenant, subject, purpose);
  }

  /// Each part with its length before it: no two lists of parts give the same bytes.
  static byte[] bytes(String... parts) {
    int size = 0;
    var encoded = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      size += Integer.BYTES + encoded[i].length;
    }
    var all = ByteBuffer.allocate(size);
    for (byte[] part : encoded) all.putInt(part.length).put(part);
    return all.array();
  }
}
