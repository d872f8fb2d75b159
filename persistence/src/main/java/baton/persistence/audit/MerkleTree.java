package baton.persistence.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The hash of many heads at once, as RFC 6962, section 2.1 makes it: leaves and inner nodes are
/// hashed under different prefixes, so that none can stand for the other.
final class MerkleTree {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleTree() {}

  /// @param heads in the order of their journals
  /// @return SHA-256, hex
  static String root(List<Head> heads) {
    return HexFormat.of().formatHex(heads.isEmpty() ? digest().digest() : hash(heads));
  }

  private static byte[] hash(List<Head> heads) {
    if (heads.size() == 1) return leaf(heads.getFirst());
    int left = Integer.highestOneBit(heads.size() - 1);
    var digest = digest();
    digest.update(NODE);
    digest.update(hash(heads.subList(0, left)));
    return digest.digest(hash(heads.subList(left, heads.size())));
  }

  private static byte[] leaf(Head head) {
    var digest = digest();
    digest.update(LEAF);
    var text = head.journal() + "\n" + head.row() + "\n" + head.hash();
    return digest.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }
}
