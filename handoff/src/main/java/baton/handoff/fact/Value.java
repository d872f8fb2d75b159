package baton.handoff.fact;

import java.time.Instant;

/// What a fact, a signal or an argument says. Whatever may identify a person is a [Secret].
public sealed interface Value {
  record Text(String text) implements Value {}

  record Whole(long number) implements Value {}

  record Time(Instant at) implements Value {}

  record Amount(Money money) implements Value {}

  record Secret(Sealed sealed) implements Value {}

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Whole(number);
  }

  static Value of(Instant at) {
    return new Time(at);
  }

  static Value of(Money money) {
    return new Amount(money);
  }

  static Value of(Sealed sealed) {
    return new Secret(sealed);
  }

  /// The value as plain words for records and comparisons; a secret shows as `sealed`.
  default String shown() {
    return switch (this) {
      case Text(var text) -> text;
      case Whole(var number) -> Long.toString(number);
      case Time(var at) -> at.toString();
      case Amount(var money) -> money.currency() + " " + money.minor();
      case Secret _ -> "sealed";
    };
  }
}
