package baton.persistence.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// What all journals had come to at one moment, signed. As a file it is two lines: the content as
/// JSON, and the signature over exactly the bytes of the first line.
///
/// It names the heads that have changed since the checkpoint before; all heads together follow from
/// all checkpoints, and their hash is the `root`.
///
/// @param n from 1 without a gap
/// @param previous SHA-256 of the whole file before, hex; zeros for the first
/// @param root of the [MerkleTree] over all heads, by journal
/// @param journals how many there are in all
/// @param changed by journal
/// @param key the public key whose signature follows, see [CheckpointKey]
@JsonPropertyOrder({"v", "n", "at", "previous", "root", "journals", "key", "changed"})
record Checkpoint(
    int v,
    long n,
    String at,
    String previous,
    String root,
    long journals,
    String key,
    List<Head> changed) {
  static final String FIRST = "0".repeat(64);
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  Checkpoint {
    changed = List.copyOf(changed);
  }

  static Checkpoint of(
      long n,
      Instant at,
      String previous,
      String root,
      long journals,
      String key,
      List<Head> changed) {
    return new Checkpoint(VERSION, n, at.toString(), previous, root, journals, key, changed);
  }

  /// The bytes of its file.
  byte[] signed(CheckpointKey by) {
    try {
      byte[] content = MAPPER.writeValueAsBytes(this);
      String signature = Base64.getEncoder().encodeToString(by.sign(content));
      String text = new String(content, StandardCharsets.UTF_8) + "\n" + signature + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// A file that is what its signature says.
  ///
  /// @param key the public key that is trusted
  /// @throws NotGenuine where it is not
  static Checkpoint read(byte[] file, String key) {
    var lines = new String(file, StandardCharsets.UTF_8).split("\n", -1);
    if (lines.length != 3 || !lines[2].isEmpty()) throw new NotGenuine("it is not two lines");
    byte[] content = lines[0].getBytes(StandardCharsets.UTF_8);
    if (!CheckpointKey.verifies(key, content, lines[1])) {
      throw new NotGenuine("its signature is not that of the key");
    }
    try {
      var checkpoint = MAPPER.readValue(content, Checkpoint.class);
      if (checkpoint.v() != VERSION) throw new NotGenuine("it is of another format");
      return checkpoint;
    } catch (IOException damaged) {
      throw new NotGenuine("it cannot be read");
    }
  }

  /// Somebody altered the file, or it is another's.
  static final class NotGenuine extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotGenuine(String why) {
      super(why);
    }
  }
}
