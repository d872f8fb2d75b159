package baton.persistence.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of a row and what follows from them.
record Stored(String previous, byte[] bytes, String hash) {
  static Stored of(String previous, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Stored(previous, bytes, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }

  /// Two rows are equal when their bytes are.
  @Override
  public boolean equals(Object other) {
    return other instanceof Stored that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  static String checked(String hash) {
    if (!isHash(hash)) throw new IllegalArgumentException("a hash is 64 lower-case hex digits");
    return hash;
  }

  private static boolean isHash(String hash) {
    if (hash.length() != 64) return false;
    for (int i = 0; i < 64; i++) if (!isHex(hash.charAt(i))) return false;
    return true;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
