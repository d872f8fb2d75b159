package baton.persistence.codec;

import baton.handoff.Entry;

/// A row of a conversation's journal: one [Entry], chained to the row before.
public final class Link implements Chained {
  private static final JournalCodec.Rows<JournalCodec.EntryRow> ROWS =
      new JournalCodec.Rows<>("a conversation's row", JournalCodec.EntryRow.class);

  private final int format;
  private final Entry entry;
  private final Stored stored;

  private Link(int format, Entry entry, Stored stored) {
    this.format = format;
    this.entry = entry;
    this.stored = stored;
  }

  /// Encodes once, in the newest format.
  ///
  /// @param previousHash [#hash] of the row before, or [#FIRST]
  public static Link of(String previousHash, Entry entry) {
    return of(JournalCodec.NEWEST, previousHash, entry);
  }

  /// Encodes once.
  ///
  /// @param format from [JournalCodec#OLDEST] to [JournalCodec#NEWEST]
  /// @param previousHash [#hash] of the row before, or [#FIRST]
  public static Link of(int format, String previousHash, Entry entry) {
    var row = new JournalCodec.EntryRow(format, Stored.checked(previousHash), entry);
    return new Link(format, entry, Stored.of(previousHash, ROWS.write(format, row)));
  }

  /// Decodes, and keeps the bytes as they are.
  ///
  /// @throws Unreadable where they are damaged or of a newer format
  public static Link read(byte[] bytes) {
    var row = ROWS.read(bytes);
    return new Link(row.v(), row.entry(), Stored.of(row.previous(), bytes));
  }

  /// In which it is stored.
  public int format() {
    return format;
  }

  public Entry entry() {
    return entry;
  }

  @Override
  public String previous() {
    return stored.previous();
  }

  @Override
  public byte[] bytes() {
    return stored.bytes();
  }

  @Override
  public String hash() {
    return stored.hash();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Link that && stored.equals(that.stored);
  }

  @Override
  public int hashCode() {
    return stored.hashCode();
  }

  /// The hash alone: what it covers is nobody's business in a log.
  @Override
  public String toString() {
    return "Link[" + hash() + "]";
  }
}
