package baton.runtime.models;

import com.typesafe.config.Config;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.Optional;

/// Another way to reach models, found through [java.util.ServiceLoader] on the class path.
///
/// What a model may bring about stays the policy's to say: it can only propose.
public interface ModelProvider {
  /// What `provider` in `baton.conf` calls it: lower-case letters, digits and `-`.
  String name();

  /// Called once for each model, when the engine starts. It makes the model and asks it nothing.
  /// Time-out, further tries and the bound on calls under way are Baton's: the model has none of
  /// its own, and ends a call when its thread is interrupted.
  ///
  /// @param settings the block `models.NAME`, with the provider's own keys in `settings`
  /// @throws IllegalArgumentException where it cannot be used, in one line that an operator is
  ///   shown
  ChatModel model(Config settings);

  /// The same model, where it gives its text as it comes: on the thread that asks, or on others.
  default Optional<StreamingChatModel> streaming(Config settings) {
    return Optional.empty();
  }
}
