package baton.runtime.http;

import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// What a route answers.
public sealed interface Answer {
  /// @param value written as JSON
  record Value(int status, Object value) implements Answer {}

  record Text(int status, Format format, String text) implements Answer {}

  enum Format {
    PLAIN,
    YAML,
    CSV
  }

  /// Server-sent events.
  record Stream(Source<ByteString, NotUsed> events) implements Answer {}

  /// A page, or a part of one.
  ///
  /// @param nonce of its inline scripts and styles; no other inline script runs
  record Page(int status, String nonce, String html, List<Cookie> cookies) implements Answer {
    public Page {
      cookies = List.copyOf(cookies);
    }
  }

  /// Go and look there, by GET.
  record Elsewhere(String address, List<Cookie> cookies) implements Answer {
    public Elsewhere {
      cookies = List.copyOf(cookies);
    }
  }

  /// Done, and there is nothing to show.
  record Nothing(List<Cookie> cookies) implements Answer {
    public Nothing {
      cookies = List.copyOf(cookies);
    }
  }

  /// A file of ours.
  ///
  /// @param unchanging whether this address will never have another content
  record File(String mediaType, ByteString bytes, boolean unchanging) implements Answer {}

  /// Something to keep or to print.
  ///
  /// @param name what a browser calls the file
  record Document(String mediaType, String name, ByteString bytes) implements Answer {}

  /// A file that is made while it is read.
  ///
  /// @param name what a browser calls it
  record Download(String mediaType, String name, Source<ByteString, NotUsed> bytes)
      implements Answer {}

  static Answer ok(Object value) {
    return new Value(200, value);
  }
}
