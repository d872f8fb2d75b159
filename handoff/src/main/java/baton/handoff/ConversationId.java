package baton.handoff;

/// One buyer's journey within one tenant. Both parts are 1 to 64 of letters, digits, `-` and `_`,
/// so that ids made of several of them can use `.` between.
public record ConversationId(String tenant, String id) {
  /// The tenant of every caller who names none.
  public static final String DEFAULT_TENANT = "default";

  public ConversationId {
    if (!isName(tenant) || !isName(id)) {
      throw new IllegalArgumentException("an id is 1 to 64 letters, digits, - and _");
    }
  }

  public static boolean isName(String text) {
    if (text.isEmpty() || text.length() > 64) return false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!ok) return false;
    }
    return true;
  }

  /// The name that journals and claims use: `tenant.id`.
  public String key() {
    return tenant + "." + id;
  }

  /// The id of the permit or approval that the event with this number gave: `tenant.id.seq`.
  public String numbered(long seq) {
    return key() + "." + seq;
  }

  /// The inverse of [#key]. Also reads the first two parts of [#numbered].
  public static ConversationId parse(String key) {
    String[] parts = key.split("\\.", -1);
    if (parts.length < 2) throw new IllegalArgumentException("not a conversation key");
    return new ConversationId(parts[0], parts[1]);
  }
}
