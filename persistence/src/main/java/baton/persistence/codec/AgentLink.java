package baton.persistence.codec;

import baton.handoff.agent.AgentEvent;

/// A row of an agent's own journal: one [AgentEvent], chained to the row before.
public final class AgentLink implements Chained {
  private static final JournalCodec.Rows<JournalCodec.AgentRow> ROWS =
      new JournalCodec.Rows<>("an agent's row", JournalCodec.AgentRow.class);

  private final AgentEvent event;
  private final Stored stored;

  private AgentLink(AgentEvent event, Stored stored) {
    this.event = event;
    this.stored = stored;
  }

  /// Encodes once, in the newest format.
  ///
  /// @param previousHash [#hash] of the row before, or [#FIRST]
  public static AgentLink of(String previousHash, AgentEvent event) {
    return of(JournalCodec.NEWEST, previousHash, event);
  }

  /// Encodes once.
  ///
  /// @param format from [JournalCodec#OLDEST] to [JournalCodec#NEWEST]
  /// @param previousHash [#hash] of the row before, or [#FIRST]
  public static AgentLink of(int format, String previousHash, AgentEvent event) {
    var row = new JournalCodec.AgentRow(format, Stored.checked(previousHash), event);
    return new AgentLink(event, Stored.of(previousHash, ROWS.write(format, row)));
  }

  /// Decodes, and keeps the bytes as they are.
  ///
  /// @throws Unreadable where they are damaged or of a newer format
  public static AgentLink read(byte[] bytes) {
    var row = ROWS.read(bytes);
    return new AgentLink(row.event(), Stored.of(row.previous(), bytes));
  }

  public AgentEvent event() {
    return event;
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
    return other instanceof AgentLink that && stored.equals(that.stored);
  }

  @Override
  public int hashCode() {
    return stored.hashCode();
  }

  /// The hash alone: what it covers is nobody's business in a log.
  @Override
  public String toString() {
    return "AgentLink[" + hash() + "]";
  }
}
