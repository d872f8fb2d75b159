package baton.runtime.cluster;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// PEM files (RFC 7468), read and written.
final class Pem {
  private static final int SIZE_MAX_BYTES = 256 * 1024;

  private Pem() {}

  /// At least one.
  static List<X509Certificate> certificates(Path file) {
    var found = new ArrayList<X509Certificate>();
    try {
      for (var part : parts(file)) {
        if (part instanceof X509CertificateHolder holder) {
          found.add(new JcaX509CertificateConverter().getCertificate(holder));
        }
      }
    } catch (CertificateException damaged) {
      found.clear();
    }
    if (!found.isEmpty()) return found;
    throw new CertificatesUnusable(
        "there is no certificate in "
            + file
            + ": give it in PEM, from -----BEGIN CERTIFICATE----- on");
  }

  static PrivateKey key(Path file) {
    var parts = parts(file);
    if (isOpenToAll(file)) {
      throw new CertificatesUnusable(
          "the key in " + file + " is open to everybody: run chmod 600 " + file);
    }
    try {
      for (var part : parts) {
        switch (part) {
          case PrivateKeyInfo key -> {
            return new JcaPEMKeyConverter().getPrivateKey(key);
          }
          case PEMKeyPair pair -> {
            return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
          }
          case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
              throw new CertificatesUnusable(
                  "the key in " + file + " has a pass phrase: give it without one");
          default -> {} // parameters of a curve, certificates
        }
      }
    } catch (IOException damaged) {
      // Falls through: its message may quote the key.
    }
    throw new CertificatesUnusable(
        "there is no private key in "
            + file
            + ": give it in PEM, from -----BEGIN PRIVATE KEY----- on");
  }

  private static List<Object> parts(Path file) {
    var parts = new ArrayList<Object>();
    try (var parser = new PEMParser(new StringReader(text(file)))) {
      for (var part = parser.readObject(); part != null; part = parser.readObject()) {
        parts.add(part);
      }
    } catch (IOException | RuntimeException damaged) {
      if (damaged instanceof CertificatesUnusable told) throw told;
      // What comes after it is not read; nor is its message, which may quote a key.
    }
    return parts;
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(SIZE_MAX_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new CertificatesUnusable(
          "cannot read " + file + ": check that it is there and whose it is");
    }
  }

  private static boolean isOpenToAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false; // it was read a moment ago; a file system without owners tells nothing
    }
  }

  static String of(X509Certificate certificate) {
    try {
      return written("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException impossible) {
      throw new IllegalStateException(impossible); // it was read or made here
    }
  }

  static String of(PrivateKey key) {
    return written("PRIVATE KEY", key.getEncoded());
  }

  private static String written(String kind, byte[] content) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(kind, content));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible); // into memory
    }
    return text.toString();
  }

  /// Complete or not at all, and never over one that is there: of several at once the first counts.
  static void create(Path file, String content, String permissions) throws IOException {
    var whole = beside(file, content, permissions);
    try {
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException another) {
      // Another node was first.
    } finally {
      Files.delete(whole);
    }
  }

  /// In the place of the one that is there, at once.
  static void replace(Path file, String content, String permissions) throws IOException {
    Files.move(beside(file, content, permissions), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path beside(Path file, String content, String permissions) throws IOException {
    var whole =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    try (var out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    return whole;
  }
}
