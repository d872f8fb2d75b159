package baton.persistence.audit;

import java.util.List;

/// What an audit has read, and what it found wrong.
///
/// @param journals of conversations and agents
/// @param events of conversations
/// @param textsGone sealed texts whose key is destroyed or not there: erased, and nothing is wrong
/// @param differences the first of each journal, by journal; at most [#DIFFERENCES_MAX]
/// @param differencesMore how many there are beyond these
public record AuditReport(
    long conversations,
    long journals,
    long rows,
    long events,
    long claims,
    long textsGone,
    int checkpoints,
    List<Difference> differences,
    long differencesMore) {
  static final int DIFFERENCES_MAX = 50;

  public AuditReport {
    differences = List.copyOf(differences);
  }

  public boolean whole() {
    return differences.isEmpty();
  }
}
