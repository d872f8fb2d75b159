package baton.persistence.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Follows the rows of one journal by their stored bytes alone: numbers without a gap, nothing
/// marked as deleted, each row naming the SHA-256 of the one before. It shares no code with the
/// writer of the chain, so that a mistake in one is seen by the other.
final class ChainCheck {
  private static final List<byte[]> BEGINNINGS =
      Stream.of("{\"v\":1,\"previous\":\"", "{\"v\":2,\"previous\":\"")
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();
  private static final int BEGINNING = BEGINNINGS.getFirst().length;
  private static final int HEX_DIGITS = 64;
  private static final String FIRST = "0".repeat(HEX_DIGITS);

  private long row;
  private String head = FIRST;

  /// What is wrong with the next row, if anything. Nothing may follow a row that is wrong.
  Optional<Difference> next(StoredRow stored) {
    if (stored.number() != row + 1) {
      return wrong(stored, "row " + (row + 1) + " was expected: rows are missing");
    }
    if (stored.deleted()) return wrong(stored, "it is marked as deleted");
    if (BEGINNINGS.stream().noneMatch(one -> startsWith(stored.bytes(), one))) {
      return wrong(stored, "it does not begin as a row of format 1 or 2 does");
    }
    if (!previous(stored.bytes()).equals(head)) {
      return wrong(stored, "it does not name the hash of the row before it");
    }
    row = stored.number();
    head = sha256(stored.bytes());
    return Optional.empty();
  }

  long row() {
    return row;
  }

  String head() {
    return head;
  }

  private static Optional<Difference> wrong(StoredRow stored, String what) {
    return Optional.of(Difference.atRow(stored, what));
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length > start.length + HEX_DIGITS
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static String previous(byte[] bytes) {
    return new String(bytes, BEGINNING, HEX_DIGITS, StandardCharsets.US_ASCII);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }
}
