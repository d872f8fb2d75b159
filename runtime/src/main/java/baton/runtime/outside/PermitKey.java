package baton.runtime.outside;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Map;

/// Signs permits for servers outside with Ed25519 (RFC 8037), as compact JWS. The public part is
/// what `/.well-known/jwks.json` answers.
public final class PermitKey {
  private static final String FILE = "permit-key";
  private static final JOSEObjectType TYPE = new JOSEObjectType("baton-permit+jwt");

  private final OctetKeyPair key;
  private final Ed25519Signer signer;

  private PermitKey(OctetKeyPair key) throws JOSEException {
    this.key = key;
    this.signer = new Ed25519Signer(key);
  }

  /// The key in `permit-key` of the data folder, made where there is none.
  ///
  /// @throws IllegalStateException with one line that says what to do
  public static PermitKey load(Path dataFolder) {
    var file = dataFolder.resolve(FILE);
    try {
      if (!Files.exists(file)) keep(made(), file);
      return new PermitKey(OctetKeyPair.parse(Files.readString(file)));
    } catch (IOException | ParseException | JOSEException failure) {
      // Without the cause: its message may hold the key.
      throw new IllegalStateException("the key for permits cannot be read or made: check " + file);
    }
  }

  /// A key that nobody checks anything with, for looking at servers without a call.
  public static PermitKey unkept() {
    try {
      return new PermitKey(made());
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static OctetKeyPair made() throws JOSEException {
    return new OctetKeyPairGenerator(Curve.Ed25519).keyIDFromThumbprint(true).generate();
  }

  private static void keep(OctetKeyPair key, Path file) throws IOException {
    var next = file.resolveSibling(FILE + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, key.toJSONString());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The public part as a JWK set (RFC 7517).
  public Map<String, Object> published() {
    return new JWKSet(key.toPublicJWK()).toJSONObject();
  }

  String signed(JWTClaimsSet claims) {
    var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA).type(TYPE).keyID(key.getKeyID()).build();
    var signed = new SignedJWT(header, claims);
    try {
      signed.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible); // the key was read by the same library
    }
    return signed.serialize();
  }

  @Override
  public String toString() {
    return "PermitKey[" + key.getKeyID() + "]";
  }
}
