package baton.persistence.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Signs checkpoints with Ed25519 (RFC 8032). The public part is Base64 of its X.509 encoding.
///
/// Keep a copy of the public part where nobody who can write to the database can write: whoever has
/// the private part can sign another past.
public final class CheckpointKey {
  private static final String FILE = "checkpoint-key";
  private static final String PUBLIC_FILE = "checkpoint-key.pub";
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey secret;
  private final String name;

  private CheckpointKey(PrivateKey secret, String name) {
    this.secret = secret;
    this.name = name;
  }

  /// The key in `checkpoint-key` of the data folder, made where there is none, and its public part
  /// beside it in `checkpoint-key.pub`.
  ///
  /// @throws IllegalStateException with one line that says what to do
  public static CheckpointKey load(Path dataFolder) {
    var file = dataFolder.resolve(FILE);
    try {
      if (!Files.exists(file)) create(dataFolder, file);
      var lines = Files.readAllLines(file);
      return of(lines.get(0), lines.get(1));
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException failure) {
      throw new IllegalStateException(
          "the key for checkpoints cannot be read or made: check " + file, failure);
    }
  }

  /// The public part in the data folder.
  ///
  /// @throws IOException where there is none
  public static String publicPart(Path dataFolder) throws IOException {
    return Files.readString(dataFolder.resolve(PUBLIC_FILE)).strip();
  }

  private static CheckpointKey of(String secret, String name) {
    try {
      var decoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret));
      return new CheckpointKey(KeyFactory.getInstance(ALGORITHM).generatePrivate(decoded), name);
    } catch (GeneralSecurityException damaged) {
      throw new IllegalArgumentException("not a key", damaged);
    }
  }

  private static void create(Path folder, Path file) throws IOException {
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
      write(folder.resolve(PUBLIC_FILE), List.of(open), "rw-r--r--");
      write(file, List.of(secret, open), "rw-------");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // in every Java platform since 15
    }
  }

  private static void write(Path file, List<String> lines, String permissions) throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  String name() {
    return name;
  }

  byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// @param key public part
  /// @param signature Base64
  static boolean verifies(String key, byte[] content, String signature) {
    try {
      var decoded = new X509EncodedKeySpec(Base64.getDecoder().decode(key));
      var check = Signature.getInstance(ALGORITHM);
      check.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(decoded));
      check.update(content);
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "CheckpointKey[" + name + "]";
  }
}
