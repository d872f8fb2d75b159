package baton.persistence.policy;

import baton.handoff.policy.PolicyDocument;
import java.util.List;
import java.util.stream.Collectors;

/// What came of compiling a policy document.
public sealed interface Compilation {
  record Compiled(PolicyDocument document) implements Compilation {}

  /// @param problems at least one, by place
  record Invalid(List<Problem> problems) implements Compilation {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /// The document, for callers who know that it is valid.
  ///
  /// @throws IllegalArgumentException with all problems, where it is not
  default PolicyDocument orThrow() {
    return switch (this) {
      case Compiled(var document) -> document;
      case Invalid(var problems) ->
          throw new IllegalArgumentException(
              problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    };
  }
}
