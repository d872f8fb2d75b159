package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.runtime.outreach.Invitation;
import java.util.function.Supplier;

/// The addresses that stand in letters.
///
/// @param url where buyers reach this engine, without a slash at its end
public record PublicLinks(Supplier<String> url, Tokens tokens) implements Invitation.Links {
  /// The token stands behind `#`, which no browser sends to anybody: the page reads it.
  @Override
  public String chat(ConversationId conversation) {
    return url.get() + "/chat/" + conversation.id() + "#" + tokens.of(conversation);
  }

  @Override
  public String stop(ConversationId conversation) {
    return url.get() + "/stop/" + tokens.stop(conversation);
  }
}
