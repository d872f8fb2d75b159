package baton.runtime.mail;

/// Gives letters to whoever delivers them. Thread-safe; may block, for a bounded time.
public interface Mail {
  /// Sends it. Whoever calls wrote down before that he would: where this never returns, or with
  /// [Sent.Unknown], nobody may send that letter again by himself.
  Sent send(Letter letter);
}
