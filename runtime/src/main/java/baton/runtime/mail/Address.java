package baton.runtime.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// One mailbox on the internet, in ASCII, with the name that may stand before it.
///
/// @param name as people write it, or empty
/// @param local what stands before the last `@`
public record Address(String name, String local, String domain) {
  private static final int CHARS_MAX = 320;
  private static final int LOCAL_CHARS_MAX = 64;

  /// Dot-atom of RFC 5322; a quoted local part is legal, and nobody has one.
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

  /// Names with a dot between them: no address literals, and no machine without a domain but
  /// `localhost`.
  private static final Pattern DOMAIN =
      Pattern.compile("localhost|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

  /// Exactly one address, or empty: nothing that could be a second one or another header.
  public static Optional<Address> parsed(String text) {
    if (text.length() > CHARS_MAX || text.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    try {
      var found = InternetAddress.parse(text.strip(), true);
      if (found.length != 1 || found[0].isGroup()) return Optional.empty();
      return of(Optional.ofNullable(found[0].getPersonal()).orElse(""), found[0].getAddress());
    } catch (AddressException none) {
      return Optional.empty();
    }
  }

  private static Optional<Address> of(String name, String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at > LOCAL_CHARS_MAX) return Optional.empty();
    // An encoded name may hide what the text itself may not hold.
    if (name.codePoints().anyMatch(Character::isISOControl)) return Optional.empty();
    String local = address.substring(0, at);
    return ascii(address.substring(at + 1))
        .filter(domain -> LOCAL.matcher(local).matches() && DOMAIN.matcher(domain).matches())
        .map(domain -> new Address(name, local, domain));
  }

  /// A domain in other letters than ASCII has a spelling in them (RFC 5891).
  private static Optional<String> ascii(String domain) {
    try {
      return Optional.of(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /// `NAME@DOMAIN`.
  public String plain() {
    return local + "@" + domain;
  }

  InternetAddress internet() {
    try {
      var address = new InternetAddress();
      address.setAddress(plain());
      if (!name.isEmpty()) address.setPersonal(name, "UTF-8");
      return address;
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException("UTF-8 is always there", impossible);
    }
  }

  /// A person's address: it stays out of logs.
  @Override
  public String toString() {
    return "Address[sealed]";
  }
}
