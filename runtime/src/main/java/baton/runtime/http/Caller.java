package baton.runtime.http;

import baton.handoff.ConversationId;

/// Who asks.
public sealed interface Caller {
  record Anonymous() implements Caller {}

  /// Whoever holds a conversation's token.
  record Buyer(ConversationId conversation) implements Caller {}

  record Operator(String name) implements Caller {}

  default boolean isOperator() {
    return this instanceof Operator;
  }
}
