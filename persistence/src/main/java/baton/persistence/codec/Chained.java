package baton.persistence.codec;

/// One row of a journal as it is stored. Each covers the bytes of the one before by their hash.
public sealed interface Chained permits Link, AgentLink {
  /// What the first row of every journal names as the hash before it.
  String FIRST = "0".repeat(64);

  /// Hash of the row before, hex.
  String previous();

  /// The stored bytes themselves, never re-encoded ones. A copy is not made: do not write to it.
  byte[] bytes();

  /// SHA-256 of [#bytes], hex.
  String hash();
}
