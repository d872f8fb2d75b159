package baton.runtime.http;

import java.time.Duration;

/// A cookie for the browser to keep: for this site alone, and out of scripts' sight.
///
/// @param lifetime zero to have it forgotten
public record Cookie(String name, String value, Duration lifetime) {
  static Cookie forgotten(String name) {
    return new Cookie(name, "", Duration.ZERO);
  }

  String header(boolean secure) {
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + lifetime.toSeconds()
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
