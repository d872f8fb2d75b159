package baton.runtime.models;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// What an [OpenAiServer] does with a request.
public sealed interface Reply {
  /// Stands in the message of every refusal, and must be seen nowhere.
  String SECRET = "you said: my name is Ada Lovelace";

  /// The tokens of a request and its answer.
  record Usage(int in, int out) {}

  /// @param id as the model gives it
  /// @param arguments as text, which is not always JSON
  record Call(String id, String name, String arguments) {}

  record Text(String text, Optional<Usage> usage) implements Reply {}

  record Calls(List<Call> calls, Optional<Usage> usage) implements Reply {}

  /// The model will not, and says so in the field for it.
  record Refusal(String text) implements Reply {}

  /// Of an answer in events: each piece when the test lets it go.
  record Pieces(List<String> pieces, Semaphore steps) implements Reply {}

  /// An answer in events that ends in the middle of one, or never.
  record Broken(List<String> pieces, boolean hangs) implements Reply {}

  /// Events without end, as fast as they are read.
  record Babble() implements Reply {}

  record Status(int status, String code, Map<String, String> headers) implements Reply {}

  /// A body with the status 200 that is whatever the test wants.
  record Body(String body) implements Reply {}

  /// What is no HTTP.
  record Garbage() implements Reply {}

  /// Nothing, until whoever asked has gone.
  record Hang() implements Reply {}

  /// Breaks the connection.
  record Reset() implements Reply {}

  /// Breaks it within the body.
  record Cut() implements Reply {}

  /// A body that never ends, as fast as it is read.
  record Endless() implements Reply {}

  /// A body that never ends, a blank now and then.
  record Trickle() implements Reply {}

  record Late(Duration by, Reply then) implements Reply {}

  /// Waits for the test.
  record Held(CountDownLatch until, Reply then) implements Reply {}

  static Reply text(String text) {
    return new Text(text, Optional.of(new Usage(12, 3)));
  }

  static Reply call(String name, String arguments) {
    return calls(List.of(new Call("call-1", name, arguments)));
  }

  static Reply calls(List<Call> calls) {
    return new Calls(calls, Optional.of(new Usage(12, 3)));
  }

  static Reply status(int status) {
    return new Status(status, "", Map.of());
  }
}
