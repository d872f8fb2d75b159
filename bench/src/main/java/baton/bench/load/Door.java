package baton.bench.load;

import java.io.IOException;
import java.util.Optional;

/// Where buyers come in: at the engine in this process, or over HTTP at one anywhere.
public interface Door {
  /// Opens a conversation. Returns when it is the buyer's turn.
  Talk open(String conversation) throws Exception;

  /// What a conversation that went to its end has in it and should not, or the reverse.
  Optional<String> wrong(String conversation) throws Exception;

  /// One conversation that is going on.
  interface Talk extends AutoCloseable {
    /// Says the message of that number, counted from 1. Returns when it is the buyer's turn again.
    void say(int message) throws Exception;

    @Override
    void close() throws IOException;
  }
}
