package baton.runtime.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A second place for checkpoints, out of reach for whoever may write to the database.
sealed interface CheckpointCopies {
  /// @throws IOException where it could not be put there; it is tried again with the next one
  void put(Path checkpoint) throws IOException, InterruptedException;

  /// Another folder, such as one on a server of its own. What is there stays as it is.
  record Folder(Path folder) implements CheckpointCopies {
    @Override
    public void put(Path checkpoint) throws IOException {
      Files.createDirectories(folder);
      try {
        Files.copy(checkpoint, folder.resolve(checkpoint.getFileName()));
      } catch (FileAlreadyExistsException kept) {
        // It was put there before.
      }
    }
  }

  /// A web address to which each file is `PUT` under its name, such as a store that keeps what it
  /// has once taken. The answers 200, 201 and 204 mean that it is there.
  record Web(URI address) implements CheckpointCopies {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Override
    public void put(Path checkpoint) throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(address.resolve(checkpoint.getFileName().toString()))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofFile(checkpoint))
              .build();
      try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200 && status != 201 && status != 204) {
          throw new IOException("the answer was " + status);
        }
      }
    }
  }
}
