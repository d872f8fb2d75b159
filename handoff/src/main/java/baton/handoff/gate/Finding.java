package baton.handoff.gate;

import baton.handoff.policy.Clause;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one check found. Words are made from it on reading, see [Explanation].
///
/// @param check the check's name, as in [Gate#CHECKS]
/// @param clause the policy clause it rests on, or `engine` where the kernel itself insists
/// @param owner who answers for that clause
/// @param code which sentence explains it, a name known to [Explanation]
/// @param details what the sentence needs: never personal text
/// @param facts names of the facts that were read
public record Finding(
    String check,
    Verdict verdict,
    String clause,
    String owner,
    String code,
    SortedMap<String, String> details,
    List<String> facts) {
  /// The code of words that were refused so that they can be put in another way.
  public static final String REFRAME = "reframe";

  public Finding {
    details =
        details.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(details));
    facts = List.copyOf(facts);
  }

  static Finding of(
      String check, Verdict verdict, Clause clause, String code, Map<String, String> details) {
    return new Finding(
        check,
        verdict,
        clause.id(),
        clause.owner(),
        code,
        details.isEmpty() ? Collections.emptySortedMap() : new TreeMap<>(details),
        List.of());
  }

  static Finding permit(String check) {
    return permit(check, Clause.ENGINE);
  }

  static Finding permit(String check, Clause clause) {
    return of(check, Verdict.PERMIT, clause, "nothing-against", Map.of());
  }

  Finding reading(List<String> names) {
    return new Finding(check, verdict, clause, owner, code, details, names);
  }
}
