package baton.agents.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.function.ToLongFunction;

/// How many tokens a call took: as its server counts them, else as they are counted here.
///
/// @param inText how many a text has
public record Tokens(ToLongFunction<String> inText) {
  /// What is longer is taken to have one for every three characters: rather too many.
  private static final int COUNTED_CHARS_MAX = 200_000;

  private static final int CHARS_PER_TOKEN = 3;

  /// @param in read
  /// @param out written
  public record Used(long in, long out) {}

  /// Where nothing better is there.
  public static Tokens byLength() {
    return new Tokens(text -> text.length() / CHARS_PER_TOKEN);
  }

  Used of(List<ChatMessage> asked, ChatResponse answer) {
    var usage = answer.tokenUsage();
    boolean told =
        usage != null && usage.inputTokenCount() != null && usage.outputTokenCount() != null;
    if (told) {
      return new Used(Math.max(0, usage.inputTokenCount()), Math.max(0, usage.outputTokenCount()));
    }
    return new Used(count(asked), count(List.of(answer.aiMessage())));
  }

  private long count(List<? extends ChatMessage> messages) {
    long all = 0;
    for (var message : messages) {
      var text = message.toString();
      all +=
          text.length() > COUNTED_CHARS_MAX
              ? text.length() / CHARS_PER_TOKEN
              : inText.applyAsLong(text);
    }
    return all;
  }
}
