package baton.persistence.codec;

import baton.handoff.State;

/// A conversation's state as of one row, and that row's hash, so that the chain goes on from here.
///
/// @param head [Link#hash] of the last row that the state rests on
public record Snapshot(String head, State state) {
  private static final JournalCodec.Rows<JournalCodec.StateRow> ROWS =
      new JournalCodec.Rows<>("a snapshot", JournalCodec.StateRow.class);

  public Snapshot {
    Stored.checked(head);
  }

  public byte[] bytes() {
    return ROWS.write(new JournalCodec.StateRow(JournalCodec.VERSION, head, state));
  }

  /// The inverse of [#bytes].
  ///
  /// @throws Unreadable where they are damaged or of a newer format
  public static Snapshot read(byte[] bytes) {
    var row = ROWS.read(bytes);
    return new Snapshot(row.head(), row.state());
  }

  /// The hash alone: what it covers is nobody's business in a log.
  @Override
  public String toString() {
    return "Snapshot[" + head + "]";
  }
}
