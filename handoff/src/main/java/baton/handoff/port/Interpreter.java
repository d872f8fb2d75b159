package baton.handoff.port;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/// Reads words into signals. Deterministic: the same text, lexicon and time give the same signals.
public interface Interpreter {
  /// What a buyer said.
  ///
  /// @param now the time it was said, to read "tomorrow" against
  /// @param zone the buyer's time zone as far as it is known
  /// @param seal seals a span that may identify a person (name, e-mail, phone)
  List<Signal> buyer(String text, Instant now, ZoneId zone, Function<String, Sealed> seal);

  /// What an agent or operator is about to say: claims, pressure, promises, prices, discounts.
  List<Signal> agent(String text);

  /// The version of the lexicon it reads by.
  String version();
}
