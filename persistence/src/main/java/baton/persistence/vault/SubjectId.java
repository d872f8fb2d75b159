package baton.persistence.vault;

/// The opaque id of a subject: `s` and 20 letters or digits out of the keyed hash of who it is.
final class SubjectId {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private SubjectId() {}

  /// @param lookup an HMAC of tenant and buyer: nobody without its key can go from one to the other
  static String of(byte[] lookup) {
    var id = new StringBuilder("s");
    for (int bit = 0; bit < 100; bit += 5) {
      int at = bit / 8;
      int pair = (lookup[at] & 0xff) << 8 | (lookup[at + 1] & 0xff);
      id.append(BASE32.charAt(pair >> (11 - bit % 8) & 31));
    }
    return id.toString();
  }
}
