package baton.runtime.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The keys that all nodes of a cluster share, as files of one folder.
final class Secrets {
  private static final List<String> FILES =
      List.of("master-key", "token-secret", "operator-token", "permit-key", "checkpoint-key");

  private Secrets() {}

  /// By which nodes see that they have the same, and nobody learns them: the master key alone has
  /// 256 bits that nobody can guess.
  static String digest(Path keys) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (var name : FILES) {
        var file = keys.resolve(name);
        var bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the keys in " + keys, unreadable);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
