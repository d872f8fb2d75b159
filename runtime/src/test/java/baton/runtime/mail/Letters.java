package baton.runtime.mail;

import java.util.Optional;

/// Letters for tests.
final class Letters {
  private Letters() {}

  static Letter plain(String key) {
    return letter(key, "zoe@kunde.example", "Your appointment");
  }

  static Letter letter(String key, String to, String subject) {
    return new Letter(key, to, subject, "Hello,\nZoë & Ω.\n.\nA dot alone.\n", Optional.empty());
  }
}
