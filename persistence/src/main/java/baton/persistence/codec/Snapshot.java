package baton.persistence.codec;

import baton.handoff.State;

/// A conversation's state as of one row, and that row's hash, so that the chain goes on from here.
///
/// @param format of that row, and so of this: whoever can read the one can read the other
/// @param head [Link#hash] of the last row that the state rests on
public record Snapshot(int format, String head, State state) {
  private static final JournalCodec.Rows<JournalCodec.StateRow> ROWS =
      new JournalCodec.Rows<>("a snapshot", JournalCodec.StateRow.class);

  /// Before the first row.
  public static Snapshot blank(State state) {
    return new Snapshot(JournalCodec.NEWEST, Chained.FIRST, state);
  }

  /// As of a row, in the format of that.
  public static Snapshot after(Link link, State state) {
    return new Snapshot(link.format(), link.hash(), state);
  }

  public Snapshot {
    Stored.checked(head);
  }

  public byte[] bytes() {
    return ROWS.write(format, new JournalCodec.StateRow(format, head, state));
  }

  /// The inverse of [#bytes].
  ///
  /// @throws Unreadable where they are damaged or of a newer format
  public static Snapshot read(byte[] bytes) {
    var row = ROWS.read(bytes);
    return new Snapshot(row.v(), row.head(), row.state());
  }

  /// The hash alone: what it covers is nobody's business in a log.
  @Override
  public String toString() {
    return "Snapshot[" + head + "]";
  }
}
