package baton.runtime.outreach;

import java.time.LocalDate;
import java.util.Optional;

/// A lead as a row of a file has it: every field read, checked and in its one form.
///
/// @param line where the row begins
/// @param id who it is; empty where the e-mail address stands for it
/// @param email in lower case
/// @param phone in E.164
/// @param zone an IANA name
/// @param consent where the lead's yes to being contacted comes from, as the file says
record LeadRow(
    long line,
    Optional<String> id,
    String email,
    Optional<String> name,
    Optional<String> phone,
    String zone,
    String region,
    String segment,
    Optional<ConsentNote> consent) {

  /// Who the vault knows the lead as: the same as of a buyer who opens a chat under this id.
  String buyer() {
    return id.orElse(email);
  }

  /// What somebody wrote down of a consent that was given elsewhere. It is provenance and permits
  /// nothing: in a conversation the buyer is asked.
  record ConsentNote(LocalDate date, String source) {}

  /// What is wrong with a row. Quotes nothing of it.
  ///
  /// @param column empty where it is the row as a whole
  /// @param wrong what is wrong and what to do
  record Fault(long line, String column, String wrong) {}
}
