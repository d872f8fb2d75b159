package baton.runtime.mail;

/// What came of sending a letter. Reasons are short codes, never personal text.
public sealed interface Sent {
  /// Whoever delivers it has it.
  record Accepted() implements Sent {}

  /// It was not sent, and will not be.
  ///
  /// @param reason `bad-address`, `bad-subject`, `letter-too-large`, `mail-unreachable`,
  ///   `mail-tls`, `mail-no-answer`, `mail-login`, `mail-broken`, `folder-not-writable`, or `smtp-`
  ///   and the server's reply code
  record Refused(String reason) implements Sent {}

  /// It was handed over, and nobody said whether it was taken.
  ///
  /// @param reason `mail-no-answer` or `mail-broken`
  record Unknown(String reason) implements Sent {}
}
