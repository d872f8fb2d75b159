package baton.runtime.http;

import baton.handoff.ConversationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The bearer tokens: one for operators, and one for each conversation, which is derived from the
/// server's secret and so need not be stored.
public final class Tokens {
  /// The only operator there is until operators sign in.
  static final String OPERATOR = "operator";

  private final byte[] secret;
  private final byte[] operator;

  /// @param secret at least 32 bytes that nobody can guess
  public Tokens(byte[] secret, String operator) {
    if (secret.length < 32 || operator.length() < 32) {
      throw new IllegalArgumentException("secrets have at least 32 bytes");
    }
    this.secret = secret.clone();
    this.operator = bytes(operator);
  }

  /// Reads `token-secret` and `operator-token` in the data folder, and makes them at first start,
  /// readable by their owner only. The folder is this process's alone.
  public static Tokens in(Path data) {
    try {
      Files.createDirectories(data);
      byte[] secret = HexFormat.of().parseHex(kept(data.resolve("token-secret")));
      return new Tokens(secret, kept(data.resolve("operator-token")));
    } catch (IOException outage) {
      throw new UncheckedIOException("cannot read or write tokens in " + data, outage);
    } catch (IllegalArgumentException damaged) {
      throw new IllegalStateException(
          "token-secret or operator-token in "
              + data
              + " is damaged: delete it, and all tokens are given out anew",
          damaged);
    }
  }

  /// The operator token that [#in] keeps.
  public static String operatorToken(Path data) throws IOException {
    return Files.readString(data.resolve("operator-token")).strip();
  }

  /// `ID.HMAC`: the same for the same conversation, as long as the secret is.
  public String of(ConversationId conversation) {
    return conversation.id() + "." + proof("conversation-token", conversation.key());
  }

  /// `ID.HMAC` again, good for opting out alone: it stands in addresses, which travel far.
  public String stop(ConversationId conversation) {
    return conversation.id() + "." + proof("stop-token", conversation.key());
  }

  /// Whose opt-out a token of [#stop] is for, or empty where it is nobody's.
  Optional<ConversationId> stopped(String tenant, String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || !ConversationId.isName(token.substring(0, dot))) return Optional.empty();
    var conversation = new ConversationId(tenant, token.substring(0, dot));
    return MessageDigest.isEqual(bytes(stop(conversation)), bytes(token))
        ? Optional.of(conversation)
        : Optional.empty();
  }

  /// What only this server can say about `text`, and for one purpose alone.
  String proof(String purpose, String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(purpose + ":" + text));
  }

  /// Takes the same time for every token.
  boolean isOperator(String token) {
    return MessageDigest.isEqual(operator, bytes(token));
  }

  /// Changes with the operator token, and says nothing about it.
  String operatorMark() {
    return proof("operator-mark", HexFormat.of().formatHex(operator));
  }

  /// Whose token it is, or empty where it is nobody's.
  Optional<Caller> caller(String tenant, String token) {
    if (isOperator(token)) {
      return Optional.of(new Caller.Operator(OPERATOR));
    }
    int dot = token.indexOf('.');
    if (dot < 0 || !ConversationId.isName(token.substring(0, dot))) return Optional.empty();
    var conversation = new ConversationId(tenant, token.substring(0, dot));
    return MessageDigest.isEqual(bytes(of(conversation)), bytes(token))
        ? Optional.of(new Caller.Buyer(conversation))
        : Optional.empty();
  }

  private byte[] hmac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has HmacSHA256
    }
  }

  private static String kept(Path file) throws IOException {
    if (!Files.exists(file)) make(file);
    return Files.readString(file).strip();
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String text = HexFormat.of().formatHex(random) + "\n";
    // Written whole under another name first: a crash must not leave half a secret behind.
    var half = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
    if (Files.getFileStore(half).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(half, text, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
