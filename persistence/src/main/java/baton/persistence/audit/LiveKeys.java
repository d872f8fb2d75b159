package baton.persistence.audit;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// Which sealed texts can still be opened: those whose key is there.
///
/// @param names each as `TENANT SUBJECT PURPOSE`
record LiveKeys(Set<String> names) {
  /// A sealed value as the codec writes it: members in order, none of them with a quote in it.
  private static final Pattern SEALED =
      Pattern.compile(
          "\"ciphertext\":\"[^\"]*\",\"digest\":\"[^\"]*\",\"purpose\":\"([^\"]*)\","
              + "\"subject\":\"([^\"]*)\"");

  static String name(String tenant, String subject, String purpose) {
    return tenant + " " + subject + " " + purpose;
  }

  /// How many sealed texts of a row cannot be opened any more.
  long gone(String tenant, byte[] row) {
    var found = SEALED.matcher(new String(row, StandardCharsets.UTF_8));
    long gone = 0;
    while (found.find()) {
      if (!names.contains(name(tenant, found.group(2), found.group(1)))) gone++;
    }
    return gone;
  }
}
