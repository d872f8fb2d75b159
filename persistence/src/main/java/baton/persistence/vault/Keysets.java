package baton.persistence.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig2026;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/// One kind of keyset and what it is used as: [#SEALING] is AES-256-GCM, [#COMPARING] HMAC-SHA-256.
record Keysets<P>(Class<P> primitive, Parameters parameters, Configuration configuration) {
  static final Keysets<Aead> SEALING = sealing();
  static final Keysets<Mac> COMPARING = comparing();

  /// @param wrapped for one name
  /// @param opened ready for use
  record Fresh<P>(byte[] wrapped, P opened) {}

  /// A new random keyset.
  Fresh<P> fresh(Aead wrapping, KeyName name) throws GeneralSecurityException {
    var keyset = KeysetHandle.generateNew(parameters, configuration);
    return new Fresh<>(
        TinkProtoKeysetFormat.serializeEncryptedKeyset(
            keyset, wrapping, name.bound(), configuration),
        keyset.getPrimitive(configuration, primitive));
  }

  /// One that was wrapped for this name, ready for use.
  P opened(byte[] wrapped, Aead wrapping, KeyName name) throws GeneralSecurityException {
    return TinkProtoKeysetFormat.parseEncryptedKeyset(
            wrapped, wrapping, name.bound(), configuration)
        .getPrimitive(configuration, primitive);
  }

  /// For a key of 32 bytes that was made elsewhere.
  P given(byte[] secret) throws GeneralSecurityException {
    var bytes = SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get());
    Key key =
        switch (parameters) {
          case AesGcmParameters gcm ->
              AesGcmKey.builder().setParameters(gcm).setKeyBytes(bytes).build();
          case HmacParameters hmac ->
              HmacKey.builder().setParameters(hmac).setKeyBytes(bytes).build();
          default -> throw new GeneralSecurityException("neither of the two kinds");
        };
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
        .build()
        .getPrimitive(configuration, primitive);
  }

  private static Keysets<Aead> sealing() {
    try {
      var parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(32)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
      return new Keysets<>(Aead.class, parameters, AeadConfig2026.get());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // AES-GCM is in every Java platform
    }
  }

  private static Keysets<Mac> comparing() {
    try {
      var parameters =
          HmacParameters.builder()
              .setKeySizeBytes(32)
              .setTagSizeBytes(32)
              .setHashType(HmacParameters.HashType.SHA256)
              .setVariant(HmacParameters.Variant.NO_PREFIX)
              .build();
      return new Keysets<>(Mac.class, parameters, MacConfig2026.get());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // HMAC-SHA-256 is in every Java platform
    }
  }
}
