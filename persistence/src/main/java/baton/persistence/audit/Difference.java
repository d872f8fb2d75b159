package baton.persistence.audit;

/// The first place of one journal that is not as it was written, or not what was decided.
///
/// @param journal whose, such as `conversation default.c-17`
/// @param event number of the event, or 0 where a row as a whole is meant
/// @param row the journal's own number of the row, or 0 where no row is meant
/// @param what in one line, without personal text
public record Difference(String journal, long row, long event, String what) {
  /// One line for people.
  public String line() {
    String where = event > 0 ? ", event " + event : row > 0 ? ", row " + row : "";
    return journal + where + ": " + what;
  }

  static Difference atRow(StoredRow row, String what) {
    return new Difference(shown(row.journal()), row.number(), 0, what);
  }

  static Difference atEvent(StoredRow row, long event, String what) {
    return new Difference(shown(row.journal()), row.number(), event, what);
  }

  /// As people say it: `conversation default.c-1`, `agent booking of default.c-1`.
  static String shown(String journal) {
    var parts = journal.split("\\|", -1);
    if (parts.length == 3 && parts[0].equals("agent"))
      return "agent " + parts[2] + " of " + parts[1];
    if (parts.length == 2 && parts[0].equals("conversation")) return "conversation " + parts[1];
    return "journal " + journal;
  }
}
