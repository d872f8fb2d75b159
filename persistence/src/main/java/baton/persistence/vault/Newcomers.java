package baton.persistence.vault;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Subjects that came here first, a fixed number of them: what key one lacks is known without a
/// look at the table, once for each purpose.
final class Newcomers {
  private record Who(String tenant, String subject) {}

  private final Map<Who, Set<String>> purposes;

  Newcomers(int most) {
    purposes =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Who, Set<String>> eldest) {
            return size() > most;
          }
        };
  }

  synchronized void add(String tenant, String subject) {
    purposes.put(new Who(tenant, subject), new HashSet<>());
  }

  /// Whether there was no such key when the subject came, and none has been asked for since.
  synchronized boolean lacks(KeyName name) {
    var asked = purposes.get(new Who(name.tenant(), name.subject()));
    return asked != null && asked.add(name.purpose());
  }
}
