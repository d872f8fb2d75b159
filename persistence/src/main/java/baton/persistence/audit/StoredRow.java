package baton.persistence.audit;

/// A row of a journal as it lies in the table, before anything believes it.
///
/// @param journal the persistence id, `conversation|TENANT.ID` or `agent|TENANT.ID|ROLE`
/// @param number from 1 without a gap
record StoredRow(
    String journal, long number, boolean deleted, int serializer, String manifest, byte[] bytes) {
  static final String CONVERSATION = "conversation|";
  static final String AGENT = "agent|";

  boolean isOfConversation() {
    return journal.startsWith(CONVERSATION);
  }
}
