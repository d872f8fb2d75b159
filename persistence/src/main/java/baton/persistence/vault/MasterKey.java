package baton.persistence.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// The key over all keys. It wraps what the database keeps, and makes subjects out of buyers.
///
/// Its file must outlive the database: without it nothing that was sealed opens.
public final class MasterKey {
  private static final String FILE = "master-key";
  private static final String FORMAT = "baton-master-key-1 ";
  private static final int SIZE = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Aead wrapping;
  private final Mac lookups;

  private MasterKey(byte[] secret) {
    try {
      wrapping = Keysets.SEALING.given(derived(secret, "wrap"));
      lookups = Keysets.COMPARING.given(derived(secret, "lookup"));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // both are in every Java platform
    }
  }

  /// The key in `master-key` of the data folder, made at the first start.
  ///
  /// @throws IllegalStateException with one line that says what to do
  public static MasterKey load(Path dataFolder) {
    var file = dataFolder.resolve(FILE);
    try {
      if (!Files.exists(file)) create(dataFolder, file);
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalStateException(
            "the master key is open to others than its owner: run chmod 600 " + file);
      }
      return new MasterKey(secret(file));
    } catch (IOException failure) {
      throw new IllegalStateException(
          "the master key cannot be read or made: check who owns " + file, failure);
    }
  }

  /// A key from 32 bytes that somebody else keeps.
  public static MasterKey of(byte[] secret) {
    if (secret.length != SIZE) throw new IllegalArgumentException("a master key has 32 bytes");
    return new MasterKey(secret);
  }

  Aead wrapping() {
    return wrapping;
  }

  byte[] lookup(String tenant, String buyer) {
    try {
      return lookups.computeMac(KeyName.bytes(tenant, buyer));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("no HMAC-SHA-256 here", failure);
    }
  }

  @Override
  public String toString() {
    return "MasterKey";
  }

  private static byte[] secret(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    try {
      byte[] secret = Base64.getDecoder().decode(text.substring(FORMAT.length()));
      if (text.startsWith(FORMAT) && secret.length == SIZE) return secret;
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      // Falls through: their messages would quote the key.
    }
    throw new IllegalStateException("the master key is damaged: put a copy of it back as " + file);
  }

  /// Complete or not at all, and never over one that is there: the file gets its name when it is on
  /// the disk.
  private static void create(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    var fresh =
        Files.createTempFile(
            folder, FILE, ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      byte[] secret = new byte[SIZE];
      new SecureRandom().nextBytes(secret);
      String line = FORMAT + Base64.getEncoder().encodeToString(secret) + "\n";
      try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        out.force(true);
      }
      Files.createLink(file, fresh);
      try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      }
    } catch (FileAlreadyExistsException another) {
      // Another process was first: its key counts.
    } finally {
      Files.delete(fresh);
    }
  }

  private static byte[] derived(byte[] secret, String use) throws GeneralSecurityException {
    byte[] info = ("baton " + use).getBytes(StandardCharsets.US_ASCII);
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(info, SIZE));
  }
}
