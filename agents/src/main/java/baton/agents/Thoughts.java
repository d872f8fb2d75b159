package baton.agents;

/// An agent's answer as it comes, part by part. Used by one thread at a time.
@FunctionalInterface
public interface Thoughts extends AutoCloseable {
  /// The next part; may block. An interrupt means that nobody waits for it any more.
  Thought next();

  /// Nobody asks for the rest.
  @Override
  default void close() {}
}
