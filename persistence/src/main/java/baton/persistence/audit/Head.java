package baton.persistence.audit;

/// How far a journal had come, and the hash of its last row.
///
/// @param hash SHA-256 of the stored bytes, hex
record Head(String journal, long row, String hash) {}
