package baton.runtime.cli;

import baton.runtime.http.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the engine is, and the operator's token: options that several commands have.
final class Access {
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
