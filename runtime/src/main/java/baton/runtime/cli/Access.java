package baton.runtime.cli;

import baton.runtime.http.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the engine is, and the operator's token: options that several commands have.
final class Access {
  static final String NOT_THIS_ENGINES =
      "the operator token is not this engine's: name the engine's folder with --data, or give"
          + " its token with --token";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where Baton listens (default: ${DEFAULT-VALUE}).")
  String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The operator token. Default: read from the data folder.")
  String token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data folder (default: ${DEFAULT-VALUE}).")
  Path data;

  ApiClient client() {
    return new ApiClient(url);
  }

  /// The answer to an operator's request, where it was followed.
  static ApiClient.Answer taken(ApiClient.Answer answer) {
    if (answer.status() != 401) return answer.orFail();
    throw new ApiClient.Failure(NOT_THIS_ENGINES);
  }

  String operatorToken() {
    if (token != null) return token;
    try {
      return Tokens.operatorToken(data);
    } catch (IOException unreadable) {
      throw new ApiClient.Failure(
          "cannot read "
              + data.resolve("operator-token")
              + ": name the folder with --data, or give"
              + " the token with --token");
    }
  }
}
