package baton.runtime.http;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What a route answers.
sealed interface Answer {
  /// @param value written as JSON
  record Value(int status, Object value) implements Answer {}

  record Text(int status, Format format, String text) implements Answer {}

  enum Format {
    PLAIN,
    YAML
  }

  /// Server-sent events.
  record Stream(Source<ByteString, NotUsed> events) implements Answer {}

  static Answer ok(Object value) {
    return new Value(200, value);
  }
}
