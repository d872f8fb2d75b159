package baton.runtime.outside;

import baton.handoff.Outcome;

/// Why a server did not answer. Nothing in it was said by the server.
final class Unheard extends Exception {
  private static final long serialVersionUID = 1;

  /// Whether the server may know of the call.
  enum Sent {
    NEVER,
    PERHAPS
  }

  private final Sent sent;
  private final String code;

  /// @param code a short word for the record
  Unheard(Sent sent, String code) {
    super(code, null, false, false);
    this.sent = sent;
    this.code = code;
  }

  String code() {
    return code;
  }

  Outcome ofCall() {
    return switch (sent) {
      case NEVER -> new Outcome.Failed(code);
      case PERHAPS -> new Outcome.Unknown(code);
    };
  }

  /// That a question did not get through says nothing about what it is about.
  Outcome ofLookUp() {
    return new Outcome.Unknown(code);
  }
}
