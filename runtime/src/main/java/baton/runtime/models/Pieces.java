package baton.runtime.models;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The text of one answer on its way from the thread that reads it to the one that waits for it.
final class Pieces {
  /// Empty at the end.
  private final BlockingQueue<Optional<String>> queue = new LinkedBlockingQueue<>();

  private volatile boolean begun;

  boolean noneHasCome() {
    return !begun;
  }

  /// The whole answer; its pieces are queued as they come.
  ChatResponse asked(StreamingChatModel model, ChatRequest request)
      throws InterruptedException, ExecutionException {
    var whole = new CompletableFuture<ChatResponse>();
    model.chat(
        request,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String text) {
            add(text);
          }

          @Override
          public void onPartialToolCall(PartialToolCall call) {
            add("");
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            whole.completeExceptionally(error);
          }
        });
    return whole.get();
  }

  private void add(String text) {
    begun = true;
    queue.add(Optional.of(text));
  }

  void end() {
    queue.add(Optional.empty());
  }

  /// Until the end.
  ///
  /// @param leftNs how long the whole may take from now
  /// @param firstNs how long the first piece may
  void handOut(Consumer<String> text, LongSupplier leftNs, long firstNs)
      throws InterruptedException, TimeoutException {
    long waitNs = Math.min(firstNs, leftNs.getAsLong());
    while (true) {
      var piece = queue.poll(waitNs, TimeUnit.NANOSECONDS);
      if (piece == null) throw new TimeoutException();
      if (piece.isEmpty()) return;
      if (!piece.get().isEmpty()) text.accept(piece.get());
      waitNs = leftNs.getAsLong();
    }
  }
}
