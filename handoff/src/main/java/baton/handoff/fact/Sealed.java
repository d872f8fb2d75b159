package baton.handoff.fact;

/// Personal text as it travels and rests: encrypted under a key that can be destroyed.
///
/// @param subject whose data it is: the vault's opaque id, never a name or a number
/// @param purpose what it was taken for; there is one key per subject and purpose
/// @param digest HMAC-SHA-256 of the clear text under the subject's key, hex: equal texts of one
///   subject have equal digests, and nobody can guess them once the key is gone
/// @param ciphertext base64
public record Sealed(String subject, String purpose, String digest, String ciphertext) {}
